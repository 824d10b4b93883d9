package dev.vorrang.training.evaluation;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * How well a score puts what must come first at the head of a queue. Equal scores count as if their order were left to chance. Pure.
 */
public final class OrderFigures {

    /** Highest score first. */
    private final double[] scores;

    private final boolean[] first;
    private final int wanted;

    private OrderFigures(double[] scores, boolean[] first) {
        this.scores = scores;
        this.first = first;
        this.wanted =
                (int) IntStream.range(0, first.length).filter(i -> first[i]).count();
    }

    /**
     * @param scores of each item, the higher the sooner it is looked at
     * @param wanted whether the item must come first
     */
    public static OrderFigures of(double[] scores, boolean[] wanted) {
        if (scores.length != wanted.length) {
            throw new IllegalArgumentException(scores.length + " scores, but " + wanted.length + " truths");
        }
        Integer[] order = IntStream.range(0, scores.length)
                .boxed()
                .sorted(Comparator.comparingDouble(item -> -scores[item]))
                .toArray(Integer[]::new);
        var sorted = new double[scores.length];
        var first = new boolean[scores.length];
        for (int place = 0; place < order.length; place++) {
            sorted[place] = scores[order[place]];
            first[place] = wanted[order[place]];
        }
        return new OrderFigures(sorted, first);
    }

    /** Number of items that must come first. */
    public int wanted() {
        return wanted;
    }

    /** Chance that an item that must come first is before another, 0.5 for equal scores; NaN if all or none must. */
    public double auc() {
        double before = 0;
        long others = 0;
        for (int start = 0; start < scores.length; ) {
            int end = endOfEqual(start);
            int firsts = firsts(start, end);
            int rest = end - start - firsts;
            // Walked from the top: each wanted item is behind the others that were counted already.
            before += firsts * (others + rest / 2.0);
            others += rest;
            start = end;
        }
        double pairs = (double) wanted * (scores.length - wanted);
        return pairs == 0 ? Double.NaN : 1 - before / pairs;
    }

    /**
     * Share of the items that must come first that are in the first part of the queue.
     *
     * @param share of the queue, 0 to 1
     */
    public double found(double share) {
        return found(share, Double.NaN);
    }

    /**
     * The same for a queue in which only so many must come first: each of them and each of the others counts for as many as that takes.
     *
     * @param share of the queue, 0 to 1
     * @param frequency share of what must come first, above 0 and below 1; NaN for that of the items
     */
    public double found(double share, double frequency) {
        double actual = (double) wanted / scores.length;
        double of = Double.isNaN(frequency) ? actual : frequency;
        double weightOfFirst = of / wanted;
        double weightOfOther = (1 - of) / (scores.length - wanted);
        double room = share;
        double found = 0;
        for (int start = 0; start < scores.length && room > 0; ) {
            int end = endOfEqual(start);
            int firsts = firsts(start, end);
            int rest = end - start - firsts;
            double size = (firsts == 0 ? 0 : firsts * weightOfFirst) + (rest == 0 ? 0 : rest * weightOfOther);
            // Sums of shares end a little beside what they should.
            double taken = size <= room * (1 + 1e-9) ? 1 : room / size;
            found += firsts * taken;
            room -= size;
            start = end;
        }
        return wanted == 0 ? Double.NaN : found / wanted;
    }

    private int endOfEqual(int start) {
        int end = start + 1;
        while (end < scores.length && scores[end] == scores[start]) {
            end++;
        }
        return end;
    }

    private int firsts(int start, int end) {
        int count = 0;
        for (boolean one : Arrays.copyOfRange(first, start, end)) {
            count += one ? 1 : 0;
        }
        return count;
    }
}
