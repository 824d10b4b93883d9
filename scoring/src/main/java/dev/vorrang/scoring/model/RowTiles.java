package dev.vorrang.scoring.model;

/**
 * How many rows a call of a graph has. The kernels of a matrix multiplication take rows in tiles, and round the last ones otherwise
 * if these fill no tile: the answer to a row would then depend, in its last bit, on the rows around it. A call is therefore filled up
 * to whole tiles where a row costs little.
 */
public final class RowTiles {

    /** A multiple of the tiles in use: 6, 8, 16, 24, 32 and 48 rows. Fewer rows go through other kernels. */
    private static final int ROWS = 96;

    private RowTiles() {}

    /** The least number of rows that fills whole tiles and holds so many; {@code rows} is 0 or more. */
    public static int filled(int rows) {
        return Math.toIntExact((rows + ROWS - 1L) / ROWS * ROWS);
    }
}
