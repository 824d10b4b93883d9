package dev.vorrang.app.streams.mail.evaluate;

import dev.vorrang.app.evaluate.Drawing;
import dev.vorrang.app.evaluate.Outcome.Chart;
import dev.vorrang.app.evaluate.Outcome.Measure;
import dev.vorrang.app.evaluate.Thinning;
import dev.vorrang.training.evaluation.OutOfScopeFigures;
import java.util.List;
import java.util.stream.IntStream;

/** How well a head tells mails that belong to none of its labels, which it should abstain on. */
final class OutOfScopeEvaluation {

    private static final double LOST = 0.05;
    private static final int STRETCHES = 300;

    private final OutOfScopeFigures figures;
    private final double caught;
    private final double lost;

    /**
     * @param truth only mails whose label the model knows are in scope
     * @param answers answers to the mails of the truth
     * @param strangers answers to mails that belong to no label
     */
    OutOfScopeEvaluation(HeadTruth truth, MailAnswers.Head answers, MailAnswers.Head strangers) {
        int[] known = IntStream.range(0, truth.mails().length)
                .filter(row -> truth.isKnown(truth.truth()[row]))
                .map(row -> truth.mails()[row])
                .toArray();
        figures = OutOfScopeFigures.of(
                IntStream.of(known)
                        .mapToDouble(mail -> answers.confidences()[mail])
                        .toArray(),
                strangers.confidences());
        lost = IntStream.of(known)
                .map(mail -> answers.abstained()[mail] ? 1 : 0)
                .average()
                .orElse(Double.NaN);
        caught = IntStream.range(0, strangers.abstained().length)
                .map(mail -> strangers.abstained()[mail] ? 1 : 0)
                .average()
                .orElse(Double.NaN);
    }

    List<Measure> measures() {
        return List.of(
                new Measure(
                        "outOfScope.mails",
                        "Out of scope, mails",
                        figures.outOfScope(),
                        0,
                        "Mails that belong to no topic; the model should abstain on them."),
                new Measure(
                        "outOfScope.caught",
                        "Out of scope, caught",
                        caught,
                        4,
                        "Share of them that the model abstains on, at its threshold."),
                new Measure(
                        "outOfScope.lost",
                        "In scope, abstained",
                        lost,
                        4,
                        "Share of the mails of known topics that it abstains on, at the same threshold."),
                new Measure(
                        "outOfScope.caughtAt5Percent",
                        "Caught at 5 % abstained",
                        figures.caughtWhenLosing(LOST),
                        4,
                        "Share that would be caught with the threshold that abstains on 5 % of the mails in scope."),
                new Measure(
                        "outOfScope.auroc",
                        "Out of scope, AUROC",
                        figures.auroc(),
                        4,
                        "Chance that the model is surer of a mail in scope than of one that is not; 0.5 is guessing, 1 is best."));
    }

    Chart chart() {
        List<OutOfScopeFigures.Point> points = Thinning.evenly(figures.points(), STRETCHES);
        double[] losing = IntStream.rangeClosed(0, points.size())
                .mapToDouble(i -> i < points.size() ? points.get(i).lost() : 1)
                .toArray();
        double[] catching = IntStream.rangeClosed(0, points.size())
                .mapToDouble(i -> i < points.size() ? points.get(i).caught() : 1)
                .toArray();
        var drawing = new Drawing("share of the mails in scope abstained on", "share out of scope caught", 480, 400);
        drawing.chart().getStyler().setXAxisMin(0.0).setXAxisMax(1.0);
        drawing.chart().getStyler().setYAxisMin(0.0).setYAxisMax(1.0);
        Drawing.dashes(drawing.chart().addSeries("guessing", new double[] {0, 1}, new double[] {0, 1}), Drawing.TRUTH);
        Drawing.line(drawing.chart().addSeries("any threshold", losing, catching), Drawing.SIGNAL, 1.8f);
        drawing.mark("the model's", lost, caught, Drawing.ALARM);
        return new Chart(
                "Mails that belong to no topic",
                "What a threshold catches of them, over what it costs; the point is where the model's own threshold lies.",
                drawing.svg(),
                false);
    }
}
