package dev.vorrang.scoring.machine;

/**
 * What one step gives a model to read. Its array is never changed.
 *
 * @param values {@code rows} rows of the same width one after the other, all finite
 * @param rows number of rows, 1 or more
 * @param steps steps that the machine has had, 1 or more; where they are fewer than the rows, the rows before repeat the first
 */
public record ModelInput(float[] values, int rows, int steps) {

    public ModelInput {
        if (rows < 1 || values.length % rows != 0) {
            throw new IllegalArgumentException(
                    "rows " + rows + ": allowed is 1 or more, and a divisor of the " + values.length + " values");
        }
        if (steps < 1) {
            throw new IllegalArgumentException("steps " + steps + ": allowed is 1 or more");
        }
    }

    /** As many steps as rows. */
    public ModelInput(float[] values, int rows) {
        this(values, rows, rows);
    }

    /** Values in a row. */
    public int width() {
        return values.length / rows;
    }
}
