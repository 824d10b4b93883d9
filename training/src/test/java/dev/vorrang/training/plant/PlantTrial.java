package dev.vorrang.training.plant;

import dev.vorrang.scoring.machine.MachineModel;
import dev.vorrang.scoring.machine.model.MachineModels;
import dev.vorrang.scoring.model.ModelOptions;
import dev.vorrang.training.evaluation.AlertFigures;
import dev.vorrang.training.machine.baseline.Baseline;
import dev.vorrang.training.machine.baseline.Comparison;
import dev.vorrang.training.machine.baseline.MinuteMeans;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Measures how well a detector finds the faults of simulated plants. {@code java -cp … dev.vorrang.training.plant.PlantTrial FIRST_SEED
 * LAST_SEED MODEL_DIR [KIND,…]} prints the figures of the machine stream with a model, of its judgement alone, and of baselines that
 * raise no more false alerts than the stream.
 *
 * @param faults in all
 * @param raised faults in whose time an alert was raised
 * @param right of those, with a sensor of the fault as the first to blame, or without a sensor where it has none
 * @param falseEarly alerts that fall in no fault, for each machine and day of the first three days
 * @param falseLate the same for later days
 * @param delays from the beginning of each fault that was raised to its first alert, in hours, rising
 * @param missed faults that were not raised, by type
 */
public record PlantTrial(
        int faults,
        int raised,
        int right,
        double falseEarly,
        double falseLate,
        List<Double> delays,
        Map<FaultType, Integer> missed) {

    private static final int EARLY_DAYS = 3;

    /** @param detector makes one for a machine with these sensors */
    public static PlantTrial of(List<SimulatedPlant> plants, Function<List<String>, AlertDetector> detector) {
        var sum = new Sum();
        plants.forEach(plant -> {
            for (SimulatedMachine machine : plant.build()) {
                sum.add(machine, plant, detector.apply(machine.sensors()));
            }
        });
        return sum.trial();
    }

    private static final class Sum {

        private int faults;
        private int right;
        private int early;
        private int late;
        private double earlyDays;
        private double lateDays;
        private final List<Double> delays = new ArrayList<>();
        private final Map<FaultType, Integer> missed = new TreeMap<>();

        void add(SimulatedMachine machine, SimulatedPlant plant, AlertDetector detector) {
            var alerts = new ArrayList<AlertDetector.Raised>();
            for (int i = 0; i < plant.readings(); i++) {
                machine.next().ifPresent(sample -> alerts.addAll(detector.add(sample)));
            }
            alerts.addAll(detector.end());
            Instant lateFrom = plant.start().plus(Duration.ofDays(EARLY_DAYS));
            earlyDays += EARLY_DAYS;
            lateDays += plant.length().toDays() - EARLY_DAYS;
            for (AlertDetector.Raised alert : alerts) {
                if (machine.faults().stream().noneMatch(fault -> fault.activeAt(alert.time()))) {
                    early += alert.time().isBefore(lateFrom) ? 1 : 0;
                    late += alert.time().isBefore(lateFrom) ? 0 : 1;
                }
            }
            machine.faults().forEach(fault -> found(fault, alerts));
        }

        private void found(PlantFault fault, List<AlertDetector.Raised> alerts) {
            faults++;
            var first = alerts.stream()
                    .filter(alert -> fault.activeAt(alert.time()))
                    .findFirst();
            if (first.isEmpty()) {
                missed.merge(fault.type(), 1, Integer::sum);
                return;
            }
            delays.add(Duration.between(fault.start(), first.get().time()).toSeconds() / 3_600.0);
            List<String> blamed = first.get().sensors();
            boolean hit = blamed.isEmpty()
                    ? fault.sensors().isEmpty()
                    : fault.sensors().contains(blamed.get(0));
            right += hit ? 1 : 0;
        }

        PlantTrial trial() {
            delays.sort(null);
            return new PlantTrial(
                    faults, delays.size(), right, early / earlyDays, late / lateDays, List.copyOf(delays), missed);
        }
    }

    /** Median of the delays in hours, NaN if nothing was raised. */
    public double medianDelay() {
        return delays.isEmpty() ? Double.NaN : delays.get(delays.size() / 2);
    }

    private String line(String name) {
        return String.format(
                Locale.ROOT,
                "%-28s raised %3d of %3d  right sensor %3d  false a machine-day %.3f (days 0-2) %.3f (later)  median delay %.1f h  missed %s",
                name,
                raised,
                faults,
                right,
                falseEarly,
                falseLate,
                medianDelay(),
                missed);
    }

    public static void main(String[] arguments) {
        var plants = new ArrayList<SimulatedPlant>();
        for (long seed = Long.parseLong(arguments[0]); seed <= Long.parseLong(arguments[1]); seed++) {
            SimulatedPlant week = SimulatedPlant.week(seed);
            plants.add(arguments.length < 4 ? week : week.of(List.of(arguments[3].split(","))));
        }
        PlantTrial stream;
        try (MachineModel model = MachineModels.load(Path.of(arguments[2]), ModelOptions.defaults())) {
            stream = of(plants, sensors -> new StreamDetector(model, sensors));
        }
        System.out.println(stream.line("stream"));
        System.out.println(of(plants, JudgeDetector::new).line("judgement alone"));
        printBaselines(plants, stream.falseLate());
    }

    private static void printBaselines(List<SimulatedPlant> plants, double falseAlerts) {
        List<Comparison.Subject> subjects = plants.stream()
                .flatMap(plant -> plant.build().stream().map(machine -> subject(machine, plant)))
                .toList();
        for (Baseline baseline : Baseline.all()) {
            var compared = Comparison.of(baseline, subjects, falseAlerts);
            var figures = compared.figures();
            System.out.printf(
                    Locale.ROOT,
                    "%-28s raised %3d of %3d  right sensor %3d of %3d  false a machine-day %.3f, hours %.3f (later)  median delay %.1f h  limit %.2f%n",
                    compared.name(),
                    figures.raised(),
                    figures.faults(),
                    figures.right(),
                    figures.blamable(),
                    figures.falseAlerts(),
                    figures.falseHours(),
                    figures.medianDelay(),
                    compared.limit());
        }
    }

    private static Comparison.Subject subject(SimulatedMachine machine, SimulatedPlant plant) {
        var samples = new ArrayList<SimulatedMachine.Values>();
        for (int i = 0; i < plant.readings(); i++) {
            machine.next().ifPresent(samples::add);
        }
        var means = MinuteMeans.of(
                samples.stream()
                        .mapToLong(sample -> sample.time().toEpochMilli())
                        .toArray(),
                samples.stream().map(SimulatedMachine.Values::values).toArray(double[][]::new));
        long learnt = plant.start().plus(Duration.ofDays(EARLY_DAYS)).toEpochMilli();
        int learning = (int) Arrays.stream(means.millis())
                .takeWhile(minute -> minute <= learnt)
                .count();
        List<AlertFigures.Span> faults = machine.faults().stream()
                .map(fault -> new AlertFigures.Span(
                        fault.start().toEpochMilli(), fault.end().toEpochMilli(), fault.sensors()))
                .toList();
        return new Comparison.Subject(machine.sensors(), means, learning, faults);
    }
}
