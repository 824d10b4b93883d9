package dev.vorrang.app.streams.mail.evaluate;

import dev.vorrang.training.evaluation.CoverageCurve;
import dev.vorrang.training.evaluation.LabelFigures;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * How good a head is on rows.
 *
 * @param labels how well its labels are told apart, abstained or not
 * @param curve what abstaining gains
 * @param coverage share of the rows that it answers, at its threshold; NaN without rows
 * @param answeredAccuracy share of those that are right; NaN without any
 */
record HeadFigures(LabelFigures labels, CoverageCurve curve, double coverage, double answeredAccuracy) {

    /** Bins of the reliability, as in the cards of models. */
    private static final int BINS = 15;

    /**
     * Compares.
     *
     * @param counted which rows count, by their place among all mails
     */
    static HeadFigures of(HeadTruth truth, MailAnswers.Head answers, IntPredicate counted) {
        int[] rows = IntStream.range(0, truth.mails().length)
                .filter(row -> counted.test(truth.mails()[row]))
                .toArray();
        int[] labels = IntStream.of(rows).map(row -> truth.truth()[row]).toArray();
        int[] told = IntStream.of(rows)
                .map(row -> answers.told()[truth.mails()[row]])
                .toArray();
        double[] confidences = IntStream.of(rows)
                .mapToDouble(row -> answers.confidences()[truth.mails()[row]])
                .toArray();
        var right = new boolean[rows.length];
        int answered = 0;
        int answeredRight = 0;
        for (int i = 0; i < rows.length; i++) {
            right[i] = labels[i] == told[i];
            if (!answers.abstained()[truth.mails()[rows[i]]]) {
                answered++;
                answeredRight += right[i] ? 1 : 0;
            }
        }
        return new HeadFigures(
                LabelFigures.of(truth.labels(), labels, told, confidences, BINS),
                CoverageCurve.of(confidences, right),
                (double) answered / rows.length,
                (double) answeredRight / answered);
    }
}
