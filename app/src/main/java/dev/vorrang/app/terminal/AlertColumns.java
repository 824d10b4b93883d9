package dev.vorrang.app.terminal;

import dev.vorrang.app.terminal.AlertRows.Row;
import java.util.List;
import org.jline.utils.AttributedString;

/**
 * The columns and words of a table of a stream with alerts. Immutable.
 *
 * @param <S> records of which a row has the latest
 * @param <A> alerts
 */
public interface AlertColumns<S, A> {

    /** What the records that are no alerts are called after their number, such as {@code forecasts}. */
    String seen();

    /**
     * The names of the columns.
     *
     * @param rows that are below it
     * @param width columns of the terminal
     */
    AttributedString header(List<Row<S, A>> rows, int width);

    /** @param width columns of the terminal */
    AttributedString row(Row<S, A> row, int width, Cells cells);

    /** One line about an alert. */
    String line(A alert);
}
