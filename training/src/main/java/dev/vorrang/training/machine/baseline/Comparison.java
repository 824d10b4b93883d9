package dev.vorrang.training.machine.baseline;

import dev.vorrang.training.evaluation.AlertFigures;
import dev.vorrang.training.evaluation.AlertFigures.Span;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A baseline with the lowest limit at which it raises no more false alerts than the detector that it is compared with.
 *
 * @param name of the baseline
 * @param limit the lowest, in the baseline's own unit
 * @param figures what it reaches
 * @param alerts of each machine
 */
public record Comparison(String name, double limit, AlertFigures figures, List<List<Span>> alerts) {

    /** Limits that are tried: sizes that one in 10, 10^1.1, 10^1.2, … minutes exceeds. */
    private static final int STEPS_OF_TEN = 10;

    private static final int MOST_STEPS = 60;

    /**
     * A machine as the baselines see it.
     *
     * @param sensors names of the sensors
     * @param means minutes of the machine, at least one
     * @param learning number of the first minutes, which are taken as normal
     * @param faults true faults
     */
    public record Subject(List<String> sensors, MinuteMeans means, int learning, List<Span> faults) {

        /** The time after the first minutes. */
        public Span watched() {
            int last = means.size() - 1;
            return new Span(means.millis()[Math.min(learning, last)], means.millis()[last], List.of());
        }
    }

    /**
     * Compares.
     *
     * @param falseAlerts most false alerts for each machine and day
     */
    public static Comparison of(Baseline baseline, List<Subject> subjects, double falseAlerts) {
        List<List<Severity>> severities = subjects.stream()
                .map(subject -> baseline.severities(subject.means(), subject.learning()))
                .toList();
        Comparison best = null;
        for (double limit : limits(severities)) {
            var trial = at(baseline.name(), limit, subjects, severities);
            if (best != null && !(trial.figures().falseAlerts() <= falseAlerts)) {
                return best;
            }
            best = trial;
        }
        return best;
    }

    /** Falling; nothing exceeds the first. */
    private static double[] limits(List<List<Severity>> severities) {
        double[] largest = severities.stream()
                .flatMap(List::stream)
                .mapToDouble(Severity::largest)
                .sorted()
                .toArray();
        if (largest.length == 0) {
            return new double[] {0};
        }
        var limits = new double[MOST_STEPS + 1];
        for (int step = 0; step <= MOST_STEPS; step++) {
            double above = largest.length * Math.pow(10, -(double) (MOST_STEPS - step) / STEPS_OF_TEN);
            limits[step] = largest[Math.max(0, largest.length - 1 - (int) above)];
        }
        return Arrays.stream(limits).distinct().toArray();
    }

    private static Comparison at(String name, double limit, List<Subject> subjects, List<List<Severity>> severities) {
        var rule = new LimitRule(limit);
        var alerts = new ArrayList<List<Span>>();
        var machines = new ArrayList<AlertFigures.Machine>();
        for (int i = 0; i < subjects.size(); i++) {
            Subject subject = subjects.get(i);
            List<Span> raised = rule.alerts(severities.get(i), subject.sensors());
            alerts.add(raised);
            machines.add(new AlertFigures.Machine(subject.watched(), subject.faults(), raised));
        }
        return new Comparison(name, limit, AlertFigures.of(machines), alerts);
    }
}
