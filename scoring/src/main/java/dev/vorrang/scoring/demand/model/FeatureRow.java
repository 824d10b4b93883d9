package dev.vorrang.scoring.demand.model;

/** An array that is filled from its start. For one thread. */
final class FeatureRow {

    private static final double MAX = 1e6;

    private final float[] values;
    private int next;

    FeatureRow(int size) {
        values = new float[size];
    }

    /** Adds a number as it is, within bounds that float arithmetic stands. */
    void add(double value) {
        values[next++] = (float) Math.max(-MAX, Math.min(MAX, value));
    }

    /** Adds a number of any size: linear near 0 and logarithmic far from it; 0 where it is unknown. */
    void addSquashed(double value) {
        double size = Math.abs(value);
        add(Double.isNaN(value) ? 0 : Math.copySign(Math.log(size + Math.sqrt(size * size + 1)), value));
    }

    void skip(int count) {
        next += count;
    }

    /** @throws IllegalStateException if it is not full */
    float[] full() {
        if (next != values.length) {
            throw new IllegalStateException(next + " of " + values.length + " features are there");
        }
        return values;
    }
}
