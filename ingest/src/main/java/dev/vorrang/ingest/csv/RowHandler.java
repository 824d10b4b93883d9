package dev.vorrang.ingest.csv;

import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;
import de.siegmar.fastcsv.reader.RecordType;
import java.util.Arrays;
import java.util.List;

/** Keeps the fields that were asked for, and makes no strings of the others: an export may have hundreds of columns. */
final class RowHandler extends AbstractBaseCsvCallbackHandler<CsvRow> {

    private static final int NOT_WANTED = -1;

    /** For each field of a row its place among the columns asked for. */
    private final int[] wanted;

    private final int columns;
    private final int width;
    private String[] fields;
    private boolean blank;
    private boolean surplus;
    private boolean ended;
    private boolean openQuote;

    /**
     * @param names of the header
     * @param columns asked for; each stands once at most in the header, and once at most here
     */
    RowHandler(List<String> names, List<String> columns) {
        this.columns = columns.size();
        this.width = names.size();
        this.wanted = new int[width];
        Arrays.setAll(wanted, field -> columns.indexOf(names.get(field)));
    }

    /** Line on which the record begins that is being read or was read last. */
    long line() {
        return getStartingLineNumber();
    }

    /** Whether the record read last is the mark of the end alone. */
    boolean ended() {
        return ended;
    }

    /** Whether the mark of the end was within quotation marks. */
    boolean openQuote() {
        return openQuote;
    }

    @Override
    protected void handleBegin(long startingLineNumber) {
        fields = new String[columns];
        Arrays.fill(fields, "");
        blank = true;
        surplus = false;
    }

    @Override
    protected void handleField(int field, char[] buffer, int offset, int length, boolean quoted) {
        if (length >= CsvText.END.length() && buffer[offset + length - 1] == CsvText.END_CHARACTER) {
            markEnd(field, new String(buffer, offset, length), quoted);
        }
        boolean filled = !isBlank(buffer, offset, length);
        blank &= !filled;
        if (field >= width) {
            surplus |= filled;
        } else if (wanted[field] != NOT_WANTED) {
            fields[wanted[field]] = new String(buffer, offset, length);
        }
    }

    private void markEnd(int field, String text, boolean quoted) {
        ended = field == 0 && !quoted && text.equals(CsvText.END);
        openQuote = quoted && text.endsWith(CsvText.END);
    }

    private static boolean isBlank(char[] buffer, int offset, int length) {
        for (int i = offset; i < offset + length; i++) {
            if (!Character.isWhitespace(buffer[i])) {
                return false;
            }
        }
        return true;
    }

    @Override
    protected CsvRow buildRecord() {
        boolean emptyLine = getRecordType() == RecordType.EMPTY;
        return new CsvRow(
                getStartingLineNumber(), fields, new CsvRow.Shape(getFieldCount(), blank, emptyLine, surplus));
    }
}
