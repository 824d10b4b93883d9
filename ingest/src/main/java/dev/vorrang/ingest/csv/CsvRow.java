package dev.vorrang.ingest.csv;

/** A row of a CSV file: the fields of the columns that were asked for. */
public final class CsvRow {

    private final long line;
    private final String[] fields;
    private final Shape shape;

    /**
     * What the whole row is like.
     *
     * @param fields number of fields, also of columns that nobody asked for
     * @param blank whether no field has more than whitespace
     * @param emptyLine whether the line has no character
     * @param surplus whether there is more than whitespace in a field that the header has no name for
     */
    record Shape(int fields, boolean blank, boolean emptyLine, boolean surplus) {}

    CsvRow(long line, String[] fields, Shape shape) {
        this.line = line;
        this.fields = fields;
        this.shape = shape;
    }

    /** Number of the line that the row begins on, counted from 1. */
    public long line() {
        return line;
    }

    /**
     * A field as it is written, without its quotation marks; empty where the file has no such column, or the row ends before it.
     *
     * @param column place in the list of columns that the file was opened with
     */
    public String field(int column) {
        return fields[column];
    }

    /** Whether no field of the row has more than whitespace. */
    public boolean isBlank() {
        return shape.blank();
    }

    /** Whether the line has no character at all. */
    public boolean isEmptyLine() {
        return shape.emptyLine();
    }

    Shape shape() {
        return shape;
    }
}
