package dev.vorrang.scoring.engine;

import com.sun.management.OperatingSystemMXBean;
import dev.vorrang.embedded.EmbeddedKafka;
import dev.vorrang.schemas.Position;
import dev.vorrang.schemas.SensorReading;
import dev.vorrang.schemas.Topics;
import dev.vorrang.schemas.serde.AvroSerdes;
import dev.vorrang.scoring.engine.StreamsSettings.Guarantee;
import dev.vorrang.scoring.engine.batch.BatchSettings;
import dev.vorrang.scoring.engine.batch.Outcome;
import dev.vorrang.scoring.engine.metrics.ScoringMetrics;
import dev.vorrang.scoring.machine.AlertRoutes;
import dev.vorrang.scoring.machine.MachineModel;
import dev.vorrang.scoring.machine.MachineSettings;
import dev.vorrang.scoring.machine.MachineState;
import dev.vorrang.scoring.machine.MachineStream;
import dev.vorrang.scoring.machine.MachineTypes;
import dev.vorrang.scoring.machine.ModelInput;
import dev.vorrang.scoring.machine.PendingStep;
import dev.vorrang.scoring.machine.StepScorer;
import dev.vorrang.scoring.machine.model.MachineModels;
import dev.vorrang.scoring.model.ModelOptions;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;

/**
 * Readings a second through the states of machines (windows, judgement) and the general anomaly model, and through the whole machine
 * stream, side by side in one run: two threads, 1,000 machines, 1, 4 and 20 sensors each; and 40 machines that the judgement knows for two
 * hours, with what a machine takes. The rate by CPU is that of two idle processors. Run it from the module's folder, after {@code mvn
 * test-compile}, with the class path of the tests: {@code java -cp … dev.vorrang.scoring.engine.MachineThroughputBenchmark [states]};
 * {@code states} leaves the stream out.
 */
final class MachineThroughputBenchmark {

    private static final int MACHINES = 1_000;
    private static final int THREADS = 2;
    private static final int BATCH = 1_024;
    private static final int KNOWN_MACHINES = 40;
    private static final int KNOWN_ROUNDS = 720;
    private static final int ROUNDS = 720;
    private static final int INTERVAL_SECONDS = 10;

    private static final Position NOWHERE = new Position("", 0, 0L);

    private MachineThroughputBenchmark() {}

    public static void main(String[] args) throws Exception {
        var options = new ModelOptions(
                List.of(1, 256), java.util.OptionalInt.of(1), java.util.OptionalInt.empty(), Optional.empty());
        try (var model = MachineModels.load(Path.of("../models/machine-anomaly/1"), options)) {
            for (int sensors : new int[] {1, 4, 20}) {
                int rounds = 4_000 / (20 + 10 * sensors);
                states(model, MACHINES, sensors, 0, rounds);
                System.out.printf(
                        "new machines                     %2d sensors %s%n",
                        sensors, states(model, MACHINES, sensors, 0, 2 * rounds));
            }
            for (int sensors : new int[] {1, 4, 20}) {
                System.out.printf(
                        "machines that are known          %2d sensors %s%n",
                        sensors, states(model, KNOWN_MACHINES, sensors, KNOWN_ROUNDS, ROUNDS));
            }
            if (args.length > 0) {
                return;
            }
            var folder = Files.createTempDirectory("throughput");
            try (var kafka = EmbeddedKafka.start(folder.resolve("broker"), 0, Traffic.BROKER_SETTINGS)) {
                for (var guarantee : Guarantee.values()) {
                    for (int sensors : new int[] {1, 4, 20}) {
                        stream(kafka, model, guarantee, sensors, 40_000);
                        double rate = stream(kafka, model, guarantee, sensors, 4_000_000 / (20 + 4 * sensors));
                        System.out.printf("stream, %-24s %2d sensors %8.0f readings/s%n", guarantee, sensors, rate);
                    }
                }
            }
        }
    }

    /** @param known rounds of readings that the machines have had before */
    private static String states(MachineModel model, int machines, int sensors, int known, int rounds)
            throws Exception {
        var threads = Executors.newFixedThreadPool(THREADS);
        var system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        try {
            var states = new ArrayList<Map<String, MachineState>>();
            var before = new ArrayList<Callable<Void>>();
            var work = new ArrayList<Callable<Void>>();
            for (int thread = 0; thread < THREADS; thread++) {
                Map<String, MachineState> own = new HashMap<>();
                states.add(own);
                List<SensorReading> readings = readings(thread, machines / THREADS, sensors, known + rounds);
                int first = machines / THREADS * known;
                before.add(() -> score(model, own, readings.subList(0, first)));
                work.add(() -> score(model, own, readings.subList(first, readings.size())));
            }
            for (var done : threads.invokeAll(before)) {
                done.get();
            }
            long cpu = system.getProcessCpuTime();
            long start = System.nanoTime();
            for (var done : threads.invokeAll(work)) {
                done.get();
            }
            double count = (double) machines * rounds;
            double seconds = (System.nanoTime() - start) / 1e9;
            double cpuSeconds = (system.getProcessCpuTime() - cpu) / 1e9;
            double bytes = states.stream()
                    .flatMap(own -> own.values().stream())
                    .mapToInt(state -> state.snapshot().length)
                    .average()
                    .orElse(0);
            return String.format(
                    Locale.ROOT,
                    "%8.0f readings/s, by CPU %8.0f; %4.0f KiB a machine",
                    count / seconds,
                    THREADS * count / cpuSeconds,
                    bytes / 1_024);
        } finally {
            threads.shutdown();
        }
    }

    private static Void score(MachineModel model, Map<String, MachineState> states, List<SensorReading> readings) {
        var scorer = new StepScorer(List.of(model), BatchSettings.defaults());
        var pending = new ArrayList<PendingStep>();
        var owners = new ArrayList<MachineState>();
        for (SensorReading reading : readings) {
            MachineState state = states.computeIfAbsent(
                    reading.getMachine(),
                    machine -> new MachineState(machine, MachineSettings.defaults(), List.of(model)));
            state.accept(reading).ifPresent(step -> {
                pending.add(step);
                owners.add(state);
            });
            if (pending.size() == BATCH) {
                conclude(scorer, pending, owners);
            }
        }
        conclude(scorer, pending, owners);
        return null;
    }

    private static void conclude(StepScorer scorer, List<PendingStep> pending, List<MachineState> owners) {
        List<List<Optional<ModelInput>>> inputs =
                pending.stream().map(PendingStep::inputs).toList();
        var outcomes = scorer.predict(inputs);
        for (int i = 0; i < pending.size(); i++) {
            var scored = (Outcome.Scored<Prediction<List<float[]>>>) outcomes.get(i);
            owners.get(i).conclude(pending.get(i), scored.score(), NOWHERE, Instant.EPOCH);
        }
        pending.clear();
        owners.clear();
    }

    private static double stream(EmbeddedKafka kafka, MachineModel model, Guarantee guarantee, int sensors, int count)
            throws Exception {
        var topics = new Topics("run" + System.nanoTime() + ".");
        String id = topics.machineReadings().name() + "-bench";
        try (var traffic = new Traffic(kafka.bootstrapServers(), topics, topics.machineReadings(), topics.machine())) {
            for (SensorReading reading : readings(0, MACHINES, sensors, count / MACHINES)) {
                traffic.send(topics.machineReadings(), reading.getMachine(), reading);
            }
            traffic.flush();
            var stream = new MachineStream(
                    new StreamEnvironment(
                            new AvroSerdes(new FixedRegistry()),
                            new ScoringMetrics(new SimpleMeterRegistry(), MachineStream.ID),
                            Clock.systemUTC()),
                    topics,
                    new StepScorer(List.of(model), BatchSettings.defaults()),
                    MachineTypes.none(MachineSettings.defaults()),
                    AlertRoutes.of(List.of()),
                    new BatchSettings(BATCH, java.time.Duration.ZERO, 50),
                    MachineStream.DEFAULT_MACHINES_AT_HAND,
                    false);
            var settings = StreamsSettings.of(
                            kafka.bootstrapServers(), id, Files.createTempDirectory("throughput-state"))
                    .withGuarantee(guarantee)
                    .withThreads(THREADS);
            long start = System.nanoTime();
            try (var streams = new ScoringStreams(stream, settings)) {
                streams.start();
                traffic.awaitAllCommitted(settings.applicationId());
                return count / ((System.nanoTime() - start) / 1e9);
            }
        }
    }

    /** In the order of time. */
    private static List<SensorReading> readings(int seed, int machines, int sensors, int rounds) {
        var random = new Random(seed);
        var readings = new ArrayList<SensorReading>(machines * rounds);
        for (int round = 0; round < rounds; round++) {
            for (int machine = 0; machine < machines; machine++) {
                Map<String, Double> values = new HashMap<>();
                for (int sensor = 0; sensor < sensors; sensor++) {
                    values.put("sensor-" + sensor, 20 + random.nextGaussian());
                }
                readings.add(SensorReading.newBuilder()
                        .setId(seed + "-" + round + "-" + machine)
                        .setMachine("machine-" + seed + "-" + machine)
                        .setTime(Instant.ofEpochSecond(1_800_000_000L + (long) INTERVAL_SECONDS * round))
                        .setValues(values)
                        .setSource("bench:")
                        .build());
            }
        }
        return readings;
    }
}
