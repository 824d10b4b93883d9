package dev.vorrang.app.evaluate;

import java.util.List;
import java.util.Locale;

/**
 * What an evaluation found. Texts are plain; whoever shows them escapes them.
 *
 * @param compared rows that had both a score and a truth
 * @param measures the figures, the most telling first
 * @param tables figures of several rows
 * @param charts drawings
 */
public record Outcome(long compared, List<Measure> measures, List<Table> tables, List<Chart> charts) {

    /**
     * A figure.
     *
     * @param key name for programs
     * @param name name for people
     * @param value the figure, NaN where it does not exist
     * @param decimals digits to show behind the point
     * @param meaning a sentence
     */
    public record Measure(String key, String name, double value, int decimals, String meaning) {

        /** The figure as text, a dash where it does not exist. */
        public String text() {
            return Outcome.number(value, decimals);
        }

        /** The figure as a number, a whole one where it is a count; null where it does not exist. */
        Number number() {
            if (!Double.isFinite(value)) {
                return null;
            }
            return decimals == 0 && value == Math.rint(value) ? (Number) (long) value : (Number) value;
        }
    }

    /**
     * A table; its first column names the rows.
     *
     * @param key name for programs; empty if it is for the page alone
     * @param title name for people
     * @param meaning a sentence
     * @param header names of the columns
     * @param rows cells of each row, as many as columns
     */
    public record Table(String key, String title, String meaning, List<String> header, List<List<Cell>> rows) {}

    /**
     * A cell.
     *
     * @param text what it shows
     * @param value the same as a number, NaN where it is none
     * @param shade how strongly it is coloured, 0 to 1
     * @param prose whether it is text to read rather than a figure
     */
    public record Cell(String text, double value, double shade, boolean prose) {

        public static Cell name(String text) {
            return new Cell(text, Double.NaN, 0, false);
        }

        public static Cell prose(String text) {
            return new Cell(text, Double.NaN, 0, true);
        }

        public static Cell figure(double value, int decimals) {
            return new Cell(number(value, decimals), value, 0, false);
        }

        /** A count in the colour of its share, 0 to 1. */
        public static Cell count(long count, double share) {
            return new Cell(Long.toString(count), count, share, false);
        }
    }

    /**
     * A drawing.
     *
     * @param title what it shows
     * @param meaning how to read it
     * @param svg an {@code svg} element, whose texts are escaped
     * @param wide whether it needs the width of the page
     */
    public record Chart(String title, String meaning, String svg, boolean wide) {

        public Chart(String title, String meaning, String svg) {
            this(title, meaning, svg, true);
        }
    }

    public static String number(double value, int decimals) {
        return Double.isFinite(value) ? String.format(Locale.ROOT, "%." + decimals + "f", value) : "–";
    }
}
