package dev.vorrang.scoring.machine.judge;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleBiFunction;

/**
 * Finds the sensors to blame: the fewest without which all others agree. One is added at a time, each time the one without which the
 * worst of the others is best off. For one call.
 */
final class CulpritSearch {

    private static final int MAX_CULPRITS = 4;
    private static final double SUSPECT = 0.8;
    /** Others below it are as good as each other. */
    private static final double AGREED = 0.6;

    private final boolean[] left;
    private final float[] row;
    private final ToDoubleBiFunction<boolean[], Integer> evidence;

    /**
     * @param faulty sensors that are known to be faulty
     * @param row values of the sensors, NaN for none
     * @param evidence of a sensor, at 1 off, where some sensors are left out
     */
    CulpritSearch(boolean[] faulty, float[] row, ToDoubleBiFunction<boolean[], Integer> evidence) {
        this.left = faulty.clone();
        this.row = row;
        this.evidence = evidence;
    }

    /** The culprits, the worst first; none if a third of the sensors does not do. */
    List<Integer> find() {
        int most = Math.max(1, Math.min(left.length / 3, MAX_CULPRITS));
        var found = new ArrayList<Integer>();
        while (found.size() < most) {
            int best = best();
            if (best < 0) {
                return List.of();
            }
            left[best] = true;
            found.add(best);
            if (worst() < 1) {
                return found;
            }
        }
        return left.length < 3 ? found : List.of();
    }

    private int best() {
        int best = -1;
        double bestRest = Double.POSITIVE_INFINITY;
        double bestOwn = 0;
        for (int i = 0; i < left.length; i++) {
            if (left[i] || Float.isNaN(row[i])) {
                continue;
            }
            double own = evidence.applyAsDouble(left, i);
            if (own < SUSPECT) {
                continue;
            }
            left[i] = true;
            double rest = Math.max(AGREED, worst());
            left[i] = false;
            if (rest < bestRest || rest == bestRest && own > bestOwn) {
                best = i;
                bestRest = rest;
                bestOwn = own;
            }
        }
        return best;
    }

    private double worst() {
        double worst = 0;
        for (int i = 0; i < left.length; i++) {
            if (!left[i] && !Float.isNaN(row[i])) {
                worst = Math.max(worst, evidence.applyAsDouble(left, i));
            }
        }
        return worst;
    }
}
