package dev.vorrang.training.mail;

/**
 * A table as it is written: each row times its weight, rounded to 4 bits with a step of its own. A mail is the sum of so many rows that what
 * is rounded away cancels out. Pure.
 *
 * @param bytes whole numbers from 0 to 255, row by row, half as many as the table is wide: the upper four bits are a number of the left half of the
 *     row, the lower four one of the right half. Numbers are from 1 to 15; {@link #ZERO} stands for 0
 * @param steps what a row's numbers are to be multiplied by
 * @param squares the square of each row's weight
 */
record QuantisedTable(float[] bytes, float[] steps, float[] squares) {

    static final int NUMBERS_IN_A_BYTE = 2;
    /** What a number in the upper four bits is multiplied by. */
    static final float UPPER = 16;

    static final float ZERO = 8;

    private static final int LARGEST = 7;

    /** @param table {@code [rows, width]}, row by row; the width is even */
    static QuantisedTable of(float[] table, FeatureWeights weights) {
        float[] weightOf = weights.values();
        int half = table.length / weightOf.length / NUMBERS_IN_A_BYTE;
        var bytes = new float[weightOf.length * half];
        var steps = new float[weightOf.length];
        var squares = new float[weightOf.length];
        for (int row = 0; row < weightOf.length; row++) {
            int first = row * NUMBERS_IN_A_BYTE * half;
            float most = 0;
            for (int i = first; i < first + NUMBERS_IN_A_BYTE * half; i++) {
                most = Math.max(most, Math.abs(table[i]));
            }
            steps[row] = weightOf[row] * most / LARGEST;
            squares[row] = weightOf[row] * weightOf[row];
            float scale = steps[row] > 0 ? LARGEST / most : 0;
            for (int i = 0; i < half; i++) {
                bytes[row * half + i] =
                        UPPER * number(table[first + i], scale) + number(table[first + half + i], scale);
            }
        }
        return new QuantisedTable(bytes, steps, squares);
    }

    private static float number(float value, float scale) {
        return ZERO + Math.round(value * scale);
    }

    /** The weights of the rows. */
    FeatureWeights weights() {
        var weights = new float[squares.length];
        for (int row = 0; row < weights.length; row++) {
            weights[row] = (float) Math.sqrt(squares[row]);
        }
        return FeatureWeights.known(weights);
    }

    /** The rows without their weights, as far as rounding has left them; zeros where the weight is 0. */
    float[] table() {
        FeatureWeights weights = weights();
        int half = bytes.length / steps.length;
        var table = new float[bytes.length * NUMBERS_IN_A_BYTE];
        for (int row = 0; row < steps.length; row++) {
            float step = weights.of(row) == 0 ? 0 : steps[row] / weights.of(row);
            for (int i = 0; i < half; i++) {
                int value = (int) bytes[row * half + i];
                int left = row * NUMBERS_IN_A_BYTE * half + i;
                table[left] = ((int) (value / UPPER) - ZERO) * step;
                table[left + half] = (value % UPPER - ZERO) * step;
            }
        }
        return table;
    }
}
