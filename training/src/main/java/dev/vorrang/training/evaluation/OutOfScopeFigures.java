package dev.vorrang.training.evaluation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.math3.stat.ranking.NaNStrategy;
import org.apache.commons.math3.stat.ranking.NaturalRanking;
import org.apache.commons.math3.stat.ranking.TiesStrategy;

/**
 * How well inputs that belong to no label are told from those that do, by low confidence: an input is caught if its confidence is
 * below a threshold.
 *
 * @param inScope inputs that belong to a label
 * @param outOfScope inputs that belong to none
 * @param auroc chance that of one input of each kind the one in scope has the higher confidence, a tie counting half: 0.5 is
 *     guessing, 1 is best
 * @param points by rising share of inputs in scope that are lost; the first loses none, the last loses all
 */
public record OutOfScopeFigures(int inScope, int outOfScope, double auroc, List<Point> points) {

    /**
     * What comes of a threshold.
     *
     * @param threshold the lowest confidence that is not caught; positive infinity where all is caught
     * @param lost share of the inputs in scope below the threshold
     * @param caught share of the inputs out of scope below it
     */
    public record Point(double threshold, double lost, double caught) {}

    public OutOfScopeFigures {
        points = List.copyOf(points);
    }

    /**
     * Compares.
     *
     * @param inScope confidences of the inputs that belong to a label, one or more
     * @param outOfScope confidences of those that belong to none, one or more
     * @throws IllegalArgumentException if there are none of a kind
     */
    public static OutOfScopeFigures of(double[] inScope, double[] outOfScope) {
        if (inScope.length == 0 || outOfScope.length == 0) {
            throw new IllegalArgumentException("confidences of " + inScope.length + " inputs in scope and "
                    + outOfScope.length + " out of scope: needs one or more of each");
        }
        double[] in = inScope.clone();
        double[] out = outOfScope.clone();
        Arrays.sort(in);
        Arrays.sort(out);
        return new OutOfScopeFigures(in.length, out.length, auroc(in, out), points(in, out));
    }

    /**
     * The share that is caught if no more than so many inputs in scope may be lost.
     *
     * @param lost share of the inputs in scope, 0 to 1
     */
    public double caughtWhenLosing(double lost) {
        return points.stream()
                .filter(point -> point.lost() <= lost)
                .mapToDouble(Point::caught)
                .max()
                .orElse(0);
    }

    /** Mann and Whitney's statistic, from the ranks among all. */
    private static double auroc(double[] in, double[] out) {
        var all = Arrays.copyOf(in, in.length + out.length);
        System.arraycopy(out, 0, all, in.length, out.length);
        double[] ranks = new NaturalRanking(NaNStrategy.FAILED, TiesStrategy.AVERAGE).rank(all);
        double sum = Arrays.stream(ranks, 0, in.length).sum();
        return (sum - in.length * (in.length + 1.0) / 2) / ((double) in.length * out.length);
    }

    /** A point for each confidence of an input in scope as the threshold, and one above them all; both arrays rise. */
    private static List<Point> points(double[] in, double[] out) {
        var points = new ArrayList<Point>();
        int caught = 0;
        for (int lost = 0; lost < in.length; lost++) {
            if (lost == 0 || in[lost] > in[lost - 1]) {
                while (caught < out.length && out[caught] < in[lost]) {
                    caught++;
                }
                points.add(new Point(in[lost], (double) lost / in.length, (double) caught / out.length));
            }
        }
        points.add(new Point(Double.POSITIVE_INFINITY, 1, 1));
        return points;
    }
}
