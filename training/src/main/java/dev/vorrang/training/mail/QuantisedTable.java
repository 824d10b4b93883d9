package dev.vorrang.training.mail;

import java.util.Arrays;

/**
 * The table as it is written: each row times its weight, rounded to 8 bits with a step of its own. Pure.
 *
 * @param values whole numbers from 1 to 255, row by row; {@link #ZERO} stands for 0
 * @param steps what a row's numbers are to be multiplied by
 * @param squares the square of each row's weight
 */
record QuantisedTable(float[] values, float[] steps, float[] squares) {

    static final float ZERO = 128;

    private static final int LARGEST = 127;

    /** @param table {@code [rows, width]}, row by row */
    static QuantisedTable of(float[] table, FeatureWeights weights) {
        float[] weightOf = weights.values();
        int width = table.length / weightOf.length;
        var values = new float[table.length];
        Arrays.fill(values, ZERO);
        var steps = new float[weightOf.length];
        var squares = new float[weightOf.length];
        for (int row = 0; row < weightOf.length; row++) {
            float most = 0;
            for (int i = row * width; i < (row + 1) * width; i++) {
                most = Math.max(most, Math.abs(table[i]));
            }
            steps[row] = weightOf[row] * most / LARGEST;
            squares[row] = weightOf[row] * weightOf[row];
            for (int i = row * width; steps[row] > 0 && i < (row + 1) * width; i++) {
                values[i] = ZERO + Math.round(table[i] / most * LARGEST);
            }
        }
        return new QuantisedTable(values, steps, squares);
    }
}
