package dev.vorrang.app.terminal;

import java.util.ArrayList;
import java.util.List;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;

/**
 * Draws the board of a stream with alerts as lines of text that fit a terminal.
 *
 * @param <S> records of which a row has the latest
 * @param <A> alerts
 * @param title stands above the table
 * @param cells of its lines
 * @param columns that are the stream's own
 */
public record AlertTable<S, A>(String title, Cells cells, AlertColumns<S, A> columns) {

    /** Lines about the rows, where the figures need one: title, header, figures, gap. */
    static final int FRAME = 4;

    /** At most height lines of at most width columns; of rows that do not fit the least pressing are left out. */
    public List<AttributedString> draw(AlertBoard.Snapshot<S, A> board, int width, int height) {
        var rows = board.rows();
        var below = new ArrayList<>(Cells.wrap(figures(board), width));
        below.add(AttributedString.EMPTY);
        return new Frame(cells, List.of(cells.styled(title, Cells.PLAIN.bold()), columns.header(rows, width)), below)
                .around(rows, rows.size(), row -> columns.row(row, width, cells), width, height);
    }

    private AttributedString figures(AlertBoard.Snapshot<S, A> board) {
        var line = new AttributedStringBuilder()
                .append(board.seen() + " " + columns.seen(), Cells.PLAIN.bold())
                .append(": " + board.raised() + " alerts raised, " + board.open() + " open")
                .append("  ·  latency p50 " + Cells.millis(board.p50()) + ", p99 " + Cells.millis(board.p99()));
        if (board.deadLetters() > 0) {
            line.append("  ·  " + board.deadLetters() + " dead letters");
        }
        return line.toAttributedString();
    }
}
