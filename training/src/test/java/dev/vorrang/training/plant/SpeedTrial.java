package dev.vorrang.training.plant;

import dev.vorrang.scoring.machine.MachineModel;
import dev.vorrang.scoring.machine.model.MachineModels;
import dev.vorrang.scoring.model.ModelOptions;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/**
 * Measures how many readings windows, judgement and model take, without Kafka. {@code java -cp … dev.vorrang.training.plant.SpeedTrial
 * MODEL_DIR} prints the readings a second of two threads, each with 25 machines of 20 sensors that read every ten seconds, once the
 * machines have run for 14 hours.
 */
public final class SpeedTrial {

    private static final int THREADS = 2;
    private static final int MACHINES = 25;
    private static final int SENSORS = 20;
    private static final int BEFORE = 5_000;
    private static final int MEASURED = 5_000;

    private final List<AlertDetector> detectors;
    private final Random random;
    private final double[] loads = new double[MACHINES];
    private int number;

    private SpeedTrial(MachineModel model, long seed) {
        List<String> sensors =
                IntStream.range(0, SENSORS).mapToObj(i -> "sensor-" + i).toList();
        detectors = IntStream.range(0, MACHINES)
                .<AlertDetector>mapToObj(machine -> new StreamDetector(model, sensors))
                .toList();
        random = new Random(seed);
    }

    /**
     * Takes readings of each machine.
     *
     * @return time that it took, in ns
     */
    private long take(int readings) {
        long before = System.nanoTime();
        for (int i = 0; i < readings; i++) {
            Instant time = Instant.EPOCH.plusSeconds(10L * number++);
            for (int machine = 0; machine < MACHINES; machine++) {
                detectors.get(machine).add(new SimulatedMachine.Values(time, values(machine)));
            }
        }
        return System.nanoTime() - before;
    }

    /** Sensors that follow a load that wanders, and are noisy. */
    private double[] values(int machine) {
        loads[machine] = 0.95 * loads[machine] + 0.3 * random.nextGaussian();
        var values = new double[SENSORS];
        for (int i = 0; i < SENSORS; i++) {
            values[i] = 50 + 10 * i + loads[machine] * (i % 5) + 0.2 * random.nextGaussian();
        }
        return values;
    }

    public static void main(String[] arguments) throws Exception {
        try (MachineModel model = MachineModels.load(Path.of(arguments[0]), ModelOptions.defaults())) {
            var trials = new ArrayList<SpeedTrial>();
            for (int thread = 0; thread < THREADS; thread++) {
                trials.add(new SpeedTrial(model, thread));
            }
            all(trials, BEFORE);
            double slowest = all(trials, MEASURED) / 1e9;
            System.out.printf(Locale.ROOT, "%.0f readings/s%n", (double) THREADS * MACHINES * MEASURED / slowest);
        }
    }

    /** Lets each take readings in a thread of its own; tells the longest time in ns. */
    private static long all(List<SpeedTrial> trials, int readings) throws Exception {
        var threads = Executors.newFixedThreadPool(THREADS);
        try {
            long slowest = 0;
            for (Future<Long> time : threads.invokeAll(trials.stream()
                    .<Callable<Long>>map(trial -> () -> trial.take(readings))
                    .toList())) {
                slowest = Math.max(slowest, time.get());
            }
            return slowest;
        } finally {
            threads.shutdown();
        }
    }
}
