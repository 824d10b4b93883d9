package dev.vorrang.app.streams.machine.evaluate;

import dev.vorrang.app.evaluate.Outcome.Cell;
import dev.vorrang.app.evaluate.Outcome.Chart;
import dev.vorrang.app.evaluate.Outcome.Table;
import dev.vorrang.training.evaluation.AlertFigures;
import dev.vorrang.training.evaluation.AlertFigures.Span;
import dev.vorrang.training.machine.baseline.Baseline;
import dev.vorrang.training.machine.baseline.Comparison;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The alerts that the stream would raise beside those of baselines that raise as few false ones. */
final class AlertComparison {

    /** Minutes of a machine below which minutes tell nothing, as where times are counts. */
    private static final int FEWEST_MINUTES = 15;

    private static final String STREAM = "Vorrang";

    private final List<AnomalyTrace> traces;
    private final AlertFigures figures;
    private final List<Comparison> baselines;

    private AlertComparison(List<AnomalyTrace> traces, AlertFigures figures, List<Comparison> baselines) {
        this.traces = traces;
        this.figures = figures;
        this.baselines = baselines;
    }

    /**
     * Compares; empty if the recordings are too short.
     *
     * @param traces one or more, each with a row
     */
    static Optional<AlertComparison> of(List<AnomalyTrace> traces, List<String> sensors) {
        List<Comparison.Subject> subjects =
                traces.stream().map(trace -> trace.subject(sensors)).toList();
        if (subjects.stream().anyMatch(subject -> subject.means().size() < FEWEST_MINUTES)) {
            return Optional.empty();
        }
        var machines = new ArrayList<AlertFigures.Machine>();
        for (int i = 0; i < traces.size(); i++) {
            Comparison.Subject subject = subjects.get(i);
            machines.add(new AlertFigures.Machine(
                    subject.watched(), subject.faults(), traces.get(i).alerts()));
        }
        var figures = AlertFigures.of(machines);
        List<Comparison> baselines = Baseline.all().stream()
                .map(baseline -> Comparison.of(baseline, subjects, figures.falseAlerts()))
                .toList();
        return Optional.of(new AlertComparison(traces, figures, baselines));
    }

    Table table() {
        var rows = new ArrayList<List<Cell>>();
        rows.add(row(STREAM, Double.NaN, figures));
        baselines.forEach(each -> rows.add(row(each.name(), each.limit(), each.figures())));
        return new Table(
                "alerts",
                "Alerts beside baselines",
                "Faults in whose time an alert was raised, and false alerts and hours with one for each machine and day. The baselines"
                        + " learn in the first three days, at most the first third, which counts for none. Their limit is the lowest at"
                        + " which they raise no more false alerts: chosen with the truth in hand, so too good.",
                List.of(
                        "",
                        "faults",
                        "raised",
                        "sensor known",
                        "right sensor",
                        "median delay h",
                        "false alerts",
                        "false hours",
                        "limit"),
                rows);
    }

    private static List<Cell> row(String name, double limit, AlertFigures of) {
        return List.of(
                Cell.name(name),
                Cell.figure(of.faults(), 0),
                Cell.figure(of.raised(), 0),
                Cell.figure(of.blamable(), 0),
                Cell.figure(of.right(), 0),
                Cell.figure(of.medianDelay(), 2),
                Cell.figure(of.falseAlerts(), 3),
                Cell.figure(of.falseHours(), 3),
                Cell.figure(limit, 2));
    }

    /** The alerts of all of them over time. */
    Chart chart(AnomalyTrace trace) {
        int place = traces.indexOf(trace);
        Map<String, List<Span>> alerts = new LinkedHashMap<>();
        alerts.put(STREAM, trace.alerts());
        baselines.forEach(each -> alerts.put(each.name(), each.alerts().get(place)));
        return AnomalyCharts.alerts(trace, alerts);
    }
}
