package dev.vorrang.training.evaluation;

import java.util.List;
import java.util.stream.IntStream;

/**
 * How well conditions are told apart. Figures of a condition that never occurs and is never told are NaN, and count in no mean.
 *
 * @param labels the conditions
 * @param confusion {@code [true condition][told condition]}, number of verdicts
 * @param reliability whether the probabilities are what they say
 */
public record FaultFigures(List<String> labels, long[][] confusion, Reliability reliability) {

    public FaultFigures {
        labels = List.copyOf(labels);
    }

    /**
     * Compares; the condition with the highest probability is told.
     *
     * @param labels the conditions
     * @param truth the true condition of each verdict, a place in labels
     * @param probabilities {@code [verdict][condition]}
     */
    public static FaultFigures of(List<String> labels, int[] truth, double[][] probabilities) {
        var confusion = new long[labels.size()][labels.size()];
        var confidences = new double[truth.length];
        var right = new boolean[truth.length];
        for (int i = 0; i < truth.length; i++) {
            int told = highest(probabilities[i]);
            confusion[truth[i]][told]++;
            confidences[i] = probabilities[i][told];
            right[i] = told == truth[i];
        }
        return new FaultFigures(labels, confusion, Reliability.of(confidences, right));
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

    /** Number of verdicts. */
    public long verdicts() {
        return IntStream.range(0, labels.size()).mapToLong(this::occurs).sum();
    }

    /** Share of the verdicts that are right. */
    public double accuracy() {
        long right = IntStream.range(0, labels.size())
                .mapToLong(label -> confusion[label][label])
                .sum();
        return (double) right / verdicts();
    }

    /** Share of the verdicts that told a condition which are right. */
    public double precision(int label) {
        return (double) confusion[label][label] / told(label);
    }

    /** Share of the verdicts on a condition that told it. */
    public double recall(int label) {
        return (double) confusion[label][label] / occurs(label);
    }

    /** Harmonic mean of precision and recall of a condition; 0 where it is never told rightly. */
    public double f1(int label) {
        return 2.0 * confusion[label][label] / (occurs(label) + told(label));
    }

    /** Mean of F1 over the conditions that occur or are told, each counting the same. */
    public double macroF1() {
        return IntStream.range(0, labels.size())
                .mapToDouble(this::f1)
                .filter(f1 -> !Double.isNaN(f1))
                .average()
                .orElse(Double.NaN);
    }

    /** Verdicts on a condition. */
    public long occurs(int label) {
        return IntStream.range(0, labels.size())
                .mapToLong(other -> confusion[label][other])
                .sum();
    }

    /** Verdicts that told a condition. */
    public long told(int label) {
        return IntStream.range(0, labels.size())
                .mapToLong(other -> confusion[other][label])
                .sum();
    }
}
