package dev.vorrang.training.plant;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Measures how well a detector finds the faults of simulated plants. {@code java -cp … dev.vorrang.training.plant.PlantTrial FIRST_SEED
 * LAST_SEED [KIND,…]} prints the figures of the judgement and of limits by running state.
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
    private static final double[] LIMITS = {3, 4, 6, 9, 14};
    private static final double EWMA_WEIGHT = 1 / 30.0;

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
            plants.add(arguments.length < 3 ? week : week.of(List.of(arguments[2].split(","))));
        }
        System.out.println(of(plants, JudgeDetector::new).line("judgement"));
        for (double limit : LIMITS) {
            System.out.println(
                    of(plants, sensors -> new StateLimits(sensors, limit, 1)).line(limit + " sigma by state"));
        }
        for (double limit : LIMITS) {
            System.out.println(of(plants, sensors -> new StateLimits(sensors, limit, EWMA_WEIGHT))
                    .line("EWMA by state, " + limit + " sigma"));
        }
    }
}
