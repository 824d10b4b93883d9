package dev.vorrang.training.evaluation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What is gained by leaving the least certain answers to people: the accuracy of those that are given, over their share (El-Yaniv and
 * Wiener, On the Foundations of Noise-free Selective Classification, 2010, who call it the risk-coverage curve).
 *
 * @param points by rising coverage, one for each confidence that occurs; the last has coverage 1. Empty without answers
 */
public record CoverageCurve(List<Point> points) {

    /**
     * What comes of giving all answers of a confidence or above.
     *
     * @param confidence the confidence
     * @param coverage share of the answers that are given, above 0, at most 1
     * @param accuracy share of them that is right
     */
    public record Point(double confidence, double coverage, double accuracy) {}

    public CoverageCurve {
        points = List.copyOf(points);
    }

    /**
     * @param confidences probability of each answer
     * @param right whether it is right
     */
    public static CoverageCurve of(double[] confidences, boolean[] right) {
        int[] falling = IntStream.range(0, confidences.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> -confidences[i]))
                .mapToInt(Integer::intValue)
                .toArray();
        var points = new ArrayList<Point>();
        int hits = 0;
        for (int i = 0; i < falling.length; i++) {
            hits += right[falling[i]] ? 1 : 0;
            boolean lastOfItsConfidence =
                    i + 1 == falling.length || confidences[falling[i + 1]] < confidences[falling[i]];
            if (lastOfItsConfidence) {
                points.add(new Point(confidences[falling[i]], (i + 1.0) / falling.length, hits / (i + 1.0)));
            }
        }
        return new CoverageCurve(points);
    }

    /**
     * The point of the least coverage that is so large or larger.
     *
     * @param coverage 0 to 1
     * @throws IllegalStateException if there are no answers
     */
    public Point at(double coverage) {
        return points.stream()
                .filter(point -> point.coverage() >= coverage)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("a curve without answers has no point"));
    }
}
