package dev.vorrang.app.evaluate;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Leaves out rows that a chart is too narrow to show. */
public final class Thinning {

    private Thinning() {}

    /**
     * Rows to draw of a signal: the lowest and the highest of each of so many stretches, so that no peak is lost.
     *
     * @param values NaN where there is none, which is never drawn
     * @return rising
     */
    public static int[] peaks(double[] values, int stretches) {
        int[] known = IntStream.range(0, values.length)
                .filter(row -> Double.isFinite(values[row]))
                .toArray();
        if (known.length <= 2 * stretches) {
            return known;
        }
        List<Integer> kept = new ArrayList<>();
        for (int stretch = 0; stretch < stretches; stretch++) {
            int from = (int) ((long) known.length * stretch / stretches);
            int to = (int) ((long) known.length * (stretch + 1) / stretches);
            int lowest = known[from];
            int highest = known[from];
            for (int i = from; i < to; i++) {
                lowest = values[known[i]] < values[lowest] ? known[i] : lowest;
                highest = values[known[i]] > values[highest] ? known[i] : highest;
            }
            kept.add(Math.min(lowest, highest));
            if (lowest != highest) {
                kept.add(Math.max(lowest, highest));
            }
        }
        return kept.stream().mapToInt(Integer::intValue).toArray();
    }

    /** So many of a list, at equal distances. */
    public static <T> List<T> evenly(List<T> all, int most) {
        return all.size() <= most
                ? all
                : IntStream.range(0, most)
                        .mapToObj(i -> all.get((int) ((long) all.size() * i / most)))
                        .toList();
    }
}
