package dev.vorrang.app.streams.mail.evaluate;

import dev.vorrang.app.evaluate.ConfusionMap;
import dev.vorrang.app.evaluate.Drawing;
import dev.vorrang.app.evaluate.LabelTables;
import dev.vorrang.app.evaluate.Outcome.Cell;
import dev.vorrang.app.evaluate.Outcome.Chart;
import dev.vorrang.app.evaluate.Outcome.Measure;
import dev.vorrang.app.evaluate.Outcome.Table;
import dev.vorrang.app.evaluate.Thinning;
import dev.vorrang.training.evaluation.CoverageCurve;
import dev.vorrang.training.evaluation.LabelFigures;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** The figures, tables and charts of one head of a mail model. */
final class HeadPart {

    /** A table of more columns is no longer read; a drawing takes its place. */
    private static final int MOST_COLUMNS = 20;

    private static final int MOST_PAIRS = 30;
    private static final List<Double> COVERAGES = List.of(1.0, 0.95, 0.9, 0.8, 0.7, 0.6, 0.5);
    private static final int STRETCHES = 300;

    private record Pair(int truth, int told, long mails) {}

    private HeadPart() {}

    static List<Measure> measures(HeadFigures figures, HeadTruth truth, double threshold) {
        LabelFigures labels = figures.labels();
        var measures = new ArrayList<>(List.of(
                new Measure("rows", "Mails", labels.answers(), 0, "Rows that have a label for this head."),
                new Measure(
                        "accuracy",
                        "Accuracy",
                        labels.accuracy(),
                        4,
                        "Share of all answers that are right, whether the model abstains or not."),
                new Measure(
                        "macroF1",
                        "Macro-F1",
                        labels.macroF1OfOccurring(),
                        4,
                        "Mean of F1 over the labels that occur, so that a rare label counts as much as a frequent one."),
                new Measure(
                        "macroRecall",
                        "Macro recall",
                        labels.macroRecall(),
                        4,
                        "Mean over the labels that occur of the share of their mails that is found."),
                new Measure(
                        "expectedCalibrationError",
                        "Expected calibration error",
                        labels.reliability().expectedCalibrationError(),
                        4,
                        "How far the probability of an answer is from the share of such answers that are right, over 15 equal"
                                + " bins; 0 is best."),
                new Measure(
                        "calibrationErrorByChance",
                        "The same by chance",
                        labels.reliability().errorByChance(),
                        4,
                        "What so few mails would show on average if every probability were right; an error near it is none."),
                new Measure(
                        "threshold",
                        "Threshold",
                        threshold,
                        4,
                        "Below this probability the model abstains; from its card."),
                new Measure(
                        "coverage",
                        "Coverage",
                        figures.coverage(),
                        4,
                        "Share of the mails that it does not abstain on."),
                new Measure(
                        "answeredAccuracy",
                        "Accuracy of the answered",
                        figures.answeredAccuracy(),
                        4,
                        "Share of those that are right.")));
        long unknown = IntStream.of(truth.truth())
                .filter(label -> !truth.isKnown(label))
                .count();
        if (unknown > 0) {
            measures.add(new Measure(
                    "unknownLabelRows",
                    "Mails of unknown labels",
                    unknown,
                    0,
                    "Their label is none of the model's, so every answer to them is counted as wrong."));
        }
        return measures;
    }

    static List<Table> tables(HeadFigures figures, HeadTruth truth) {
        var tables = new ArrayList<Table>();
        if (truth.labels().size() > truth.known()) {
            tables.add(unknown(truth));
        }
        tables.add(coverage(figures.curve()));
        tables.add(LabelTables.labels(figures.labels(), "labels", "Labels", "label", "mails"));
        if (truth.labels().size() <= MOST_COLUMNS) {
            tables.add(LabelTables.confusion(figures.labels()));
        }
        tables.add(pairs(figures.labels()));
        return tables;
    }

    private static Table unknown(HeadTruth truth) {
        return new Table(
                "unknownLabels",
                "Labels that the model does not know",
                "Mails of these labels are counted as wrong. A mapping translates labels.",
                List.of("label", "mails"),
                truth.unknown().stream()
                        .map(entry -> List.of(Cell.name(entry.getKey()), Cell.figure(entry.getValue(), 0)))
                        .toList());
    }

    private static Table coverage(CoverageCurve curve) {
        return new Table(
                "coverages",
                "What abstaining gains",
                "The accuracy of the answers that are given if the least certain are left to people: from the threshold on a line"
                        + " answers that share of the mails.",
                List.of("answered", "threshold", "accuracy"),
                COVERAGES.stream()
                        .map(share -> {
                            CoverageCurve.Point point = curve.at(share);
                            return List.of(
                                    Cell.name(Math.round(100 * share) + " %"),
                                    Cell.figure(point.confidence(), 4),
                                    Cell.figure(point.accuracy(), 4));
                        })
                        .toList());
    }

    private static Table pairs(LabelFigures figures) {
        int labels = figures.labels().size();
        var pairs = new ArrayList<Pair>();
        for (int truth = 0; truth < labels; truth++) {
            for (int told = 0; told < labels; told++) {
                if (truth != told && figures.confusion()[truth][told] > 0) {
                    pairs.add(new Pair(truth, told, figures.confusion()[truth][told]));
                }
            }
        }
        return new Table(
                "confusions",
                "Most often confused",
                "The pairs of a true label and another that was told, and what share of the mails of the true label that is.",
                List.of("true → told", "mails", "share"),
                pairs.stream()
                        .sorted(Comparator.comparingLong(Pair::mails).reversed())
                        .limit(MOST_PAIRS)
                        .map(pair -> List.of(
                                Cell.name(figures.labels().get(pair.truth()) + " → "
                                        + figures.labels().get(pair.told())),
                                Cell.figure(pair.mails(), 0),
                                Cell.figure((double) pair.mails() / figures.occurs(pair.truth()), 3)))
                        .toList());
    }

    static List<Chart> charts(HeadFigures figures, HeadTruth truth) {
        var charts = new ArrayList<Chart>();
        charts.add(LabelTables.reliability(figures.labels().reliability(), "answer"));
        charts.add(curve(figures));
        int seen = ConfusionMap.seen(figures.labels()).length;
        if (truth.labels().size() > MOST_COLUMNS && seen <= ConfusionMap.MOST_LABELS) {
            charts.add(ConfusionMap.of(figures.labels()));
        }
        return charts;
    }

    private static Chart curve(HeadFigures figures) {
        List<CoverageCurve.Point> points = Thinning.evenly(figures.curve().points(), STRETCHES);
        var shown = new ArrayList<>(points);
        shown.add(figures.curve().at(1));
        var drawing = new Drawing("share of the mails answered", "accuracy of the answered", 480, 400);
        drawing.chart().getStyler().setXAxisMin(0.0).setXAxisMax(1.0);
        drawing.chart().getStyler().setYAxisMax(1.0);
        Drawing.line(
                drawing.chart()
                        .addSeries(
                                "any threshold",
                                shown.stream()
                                        .mapToDouble(CoverageCurve.Point::coverage)
                                        .toArray(),
                                shown.stream()
                                        .mapToDouble(CoverageCurve.Point::accuracy)
                                        .toArray()),
                Drawing.SIGNAL,
                1.8f);
        if (figures.coverage() > 0) {
            drawing.mark("the model's", figures.coverage(), figures.answeredAccuracy(), Drawing.ALARM);
        }
        return new Chart(
                "Accuracy over coverage",
                "How right the answers are if only the most certain are given; the point is where the model's own threshold lies.",
                drawing.svg(),
                false);
    }
}
