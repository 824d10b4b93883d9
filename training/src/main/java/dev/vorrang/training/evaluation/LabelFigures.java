package dev.vorrang.training.evaluation;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * How well labels are told apart: conditions of a machine, topics of a mail. Figures of a label that never occurs and is never told
 * are NaN, and count in no mean.
 *
 * @param labels the labels
 * @param confusion {@code [true label][told label]}, number of answers
 * @param reliability whether the probabilities are what they say
 */
public record LabelFigures(List<String> labels, long[][] confusion, Reliability reliability) {

    public LabelFigures {
        labels = List.copyOf(labels);
    }

    /**
     * Compares; the label with the highest probability is told.
     *
     * @param labels the labels
     * @param truth the true label of each answer, a place in labels
     * @param probabilities {@code [answer][label]}
     */
    public static LabelFigures of(List<String> labels, int[] truth, double[][] probabilities) {
        int[] told =
                Arrays.stream(probabilities).mapToInt(LabelFigures::highest).toArray();
        double[] confidences = IntStream.range(0, told.length)
                .mapToDouble(i -> probabilities[i][told[i]])
                .toArray();
        return of(labels, truth, told, confidences, Reliability.BINS);
    }

    /**
     * Compares.
     *
     * @param labels the labels
     * @param truth the true label of each answer, a place in labels
     * @param told the label that each answer tells, a place in labels
     * @param confidences probability of the label that is told, 0 to 1
     * @param bins bins of the reliability, 1 or more
     */
    public static LabelFigures of(List<String> labels, int[] truth, int[] told, double[] confidences, int bins) {
        var confusion = new long[labels.size()][labels.size()];
        var right = new boolean[truth.length];
        for (int i = 0; i < truth.length; i++) {
            confusion[truth[i]][told[i]]++;
            right[i] = told[i] == truth[i];
        }
        return new LabelFigures(labels, confusion, Reliability.of(confidences, right, bins));
    }

    private static int highest(double[] probabilities) {
        int highest = 0;
        for (int i = 1; i < probabilities.length; i++) {
            if (probabilities[i] > probabilities[highest]) {
                highest = i;
            }
        }
        return highest;
    }

    /** Number of answers. */
    public long answers() {
        return IntStream.range(0, labels.size()).mapToLong(this::occurs).sum();
    }

    /** Share of the answers that are right. */
    public double accuracy() {
        long right = IntStream.range(0, labels.size())
                .mapToLong(label -> confusion[label][label])
                .sum();
        return (double) right / answers();
    }

    /** Share of the answers that told a label which are right. */
    public double precision(int label) {
        return (double) confusion[label][label] / told(label);
    }

    /** Share of the answers on a label that told it. */
    public double recall(int label) {
        return (double) confusion[label][label] / occurs(label);
    }

    /** Harmonic mean of precision and recall of a label; 0 where it is never told rightly. */
    public double f1(int label) {
        return 2.0 * confusion[label][label] / (occurs(label) + told(label));
    }

    /** Mean of F1 over the labels that occur or are told, each counting the same. */
    public double macroF1() {
        return mean(label -> occurs(label) + told(label) > 0, this::f1);
    }

    /** Mean of F1 over the labels that occur, each counting the same. */
    public double macroF1OfOccurring() {
        return mean(label -> occurs(label) > 0, this::f1);
    }

    /** Mean of the recall over the labels that occur, each counting the same. */
    public double macroRecall() {
        return mean(label -> occurs(label) > 0, this::recall);
    }

    private double mean(IntPredicate counted, IntToDoubleFunction figure) {
        return IntStream.range(0, labels.size())
                .filter(counted)
                .mapToDouble(figure)
                .average()
                .orElse(Double.NaN);
    }

    /** Answers on a label. */
    public long occurs(int label) {
        return Arrays.stream(confusion[label]).sum();
    }

    /** Answers that told a label. */
    public long told(int label) {
        return IntStream.range(0, labels.size())
                .mapToLong(other -> confusion[other][label])
                .sum();
    }
}
