package dev.vorrang.scoring.machine;

/**
 * What one step gives a model to read. Its array is never changed.
 *
 * @param values {@code rows} rows of the same width one after the other, all finite
 * @param rows number of rows, 1 or more
 */
public record ModelInput(float[] values, int rows) {

    public ModelInput {
        if (rows < 1 || values.length % rows != 0) {
            throw new IllegalArgumentException(
                    "rows " + rows + ": allowed is 1 or more, and a divisor of the " + values.length + " values");
        }
    }

    /** Values in a row. */
    public int width() {
        return values.length / rows;
    }
}
