package dev.vorrang.training.evaluation;

import java.util.ArrayList;
import java.util.List;
import org.apache.commons.math3.stat.descriptive.DescriptiveStatistics;

/**
 * How well alerts match true faults. Rates are NaN where there is nothing to divide by.
 *
 * @param faults that are known
 * @param raised of those, in whose time an alert was raised
 * @param blamable of the raised ones, whose sensors are known
 * @param right of those, with one of them as the first that the alert blames
 * @param delayHours hours from the beginning of each raised fault to its first alert
 * @param falseAlerts alerts that were raised outside of all faults, for each machine and day
 * @param falseHours hours outside of all faults in which an alert was open, for each machine and day
 */
public record AlertFigures(
        int faults,
        int raised,
        int blamable,
        int right,
        List<Double> delayHours,
        double falseAlerts,
        double falseHours) {

    private static final double HOUR_MS = 3_600_000;
    private static final double DAY_MS = 24 * HOUR_MS;

    public AlertFigures {
        delayHours = List.copyOf(delayHours);
    }

    /**
     * A fault or an alert.
     *
     * @param from its beginning in ms since 1970
     * @param to its end, not before
     * @param sensors that it is about, of an alert the main contributor first; empty if they are not known
     */
    public record Span(long from, long to, List<String> sensors) {

        public Span {
            sensors = List.copyOf(sensors);
        }

        /** The same with another end. */
        public Span until(long end) {
            return new Span(from, end, sensors);
        }

        boolean holds(long time) {
            return time >= from && time <= to;
        }

        private double overlap(Span other) {
            return Math.max(0, Math.min(to, other.to) - Math.max(from, other.from));
        }
    }

    /**
     * A machine that was watched.
     *
     * @param watched from when to when; faults and alerts that begin outside do not count
     * @param faults that do not overlap
     * @param alerts in the order of their beginning
     */
    public record Machine(Span watched, List<Span> faults, List<Span> alerts) {

        public Machine {
            faults =
                    faults.stream().filter(fault -> watched.holds(fault.from())).toList();
            alerts =
                    alerts.stream().filter(alert -> watched.holds(alert.from())).toList();
        }
    }

    /** Compares alerts with faults. */
    public static AlertFigures of(List<Machine> machines) {
        int faults = 0;
        int blamable = 0;
        int right = 0;
        int falseAlerts = 0;
        double falseMillis = 0;
        double watched = 0;
        var delays = new ArrayList<Double>();
        for (Machine machine : machines) {
            watched += machine.watched().to() - machine.watched().from();
            faults += machine.faults().size();
            for (Span fault : machine.faults()) {
                var first = machine.alerts().stream()
                        .filter(alert -> fault.holds(alert.from()))
                        .findFirst();
                if (first.isPresent()) {
                    delays.add((first.get().from() - fault.from()) / HOUR_MS);
                    List<String> blamed = first.get().sensors();
                    blamable += fault.sensors().isEmpty() ? 0 : 1;
                    right += !blamed.isEmpty() && fault.sensors().contains(blamed.get(0)) ? 1 : 0;
                }
            }
            falseAlerts += (int) machine.alerts().stream()
                    .filter(alert -> machine.faults().stream().noneMatch(fault -> fault.holds(alert.from())))
                    .count();
            falseMillis += falseMillis(machine);
        }
        double days = watched / DAY_MS;
        return new AlertFigures(
                faults, delays.size(), blamable, right, delays, falseAlerts / days, falseMillis / HOUR_MS / days);
    }

    /** Time in which at least one alert is open and no fault is. */
    private static double falseMillis(Machine machine) {
        double all = 0;
        long covered = Long.MIN_VALUE;
        for (Span alert : machine.alerts()) {
            long from = Math.max(alert.from(), covered);
            long to = Math.min(alert.to(), machine.watched().to());
            if (to > from) {
                var open = new Span(from, to, List.of());
                all += to
                        - from
                        - machine.faults().stream().mapToDouble(open::overlap).sum();
                covered = to;
            }
        }
        return all;
    }

    /** Median of the delays in hours, NaN if nothing was raised. */
    public double medianDelay() {
        return new DescriptiveStatistics(
                        delayHours.stream().mapToDouble(Double::doubleValue).toArray())
                .getPercentile(50);
    }
}
