package dev.vorrang.training.machine;

import java.util.List;

/**
 * Parts of the data that take turns in being kept apart. What lies side by side is alike, so whole blocks of series are kept
 * together, and never one series in two parts.
 */
final class Folds {

    /** Blocks in each part, where there are series enough. */
    private static final int BLOCKS = 8;

    private Folds() {}

    /** @return the part of each series, 0 to parts - 1 */
    static int[] of(List<MachineSeries> series, int parts) {
        var fold = new int[series.size()];
        for (int i = 0; i < fold.length; i++) {
            fold[i] = ofBlock(i, fold.length, parts);
        }
        return fold;
    }

    /** @return the part of one of so many things that lie side by side */
    static int ofBlock(int number, int count, int parts) {
        int blocks = Math.min(count, parts * BLOCKS);
        return (int) ((long) number * blocks / count) % parts;
    }
}
