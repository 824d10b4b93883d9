package dev.vorrang.app.terminal;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.jline.utils.AttributedString;

/**
 * A stream with alerts on a terminal: a row for each key, with its latest record and its open alerts.
 *
 * @param <S> records of which a row has the latest
 * @param <A> alerts
 */
public final class AlertView<S, A extends SpecificRecord> implements StreamView {

    private static final int WIDTH = 160;

    private final AlertRows<S, A> rows;
    private final AlertTable<S, A> table;
    private final int summaryLines;
    private final AlertBoard<S, A> board;

    /**
     * @param rows how they are made of the stream's records
     * @param summaryLines the most that the table has where it is not live
     */
    public AlertView(AlertRows<S, A> rows, AlertTable<S, A> table, int summaryLines) {
        this.rows = rows;
        this.table = table;
        this.summaryLines = summaryLines;
        this.board = new AlertBoard<>(rows);
    }

    @Override
    public void add(SpecificRecord output, Duration latency, Instant now) {
        if (rows.type().isInstance(output)) {
            board.add(rows.type().cast(output), latency);
        } else {
            alerts(output).forEach(board::add);
        }
    }

    @Override
    public void addDeadLetter() {
        board.addDeadLetter();
    }

    /** Of an alert that is raised or cleared. */
    @Override
    public List<String> lines(SpecificRecord output) {
        return alerts(output)
                .filter(alert -> {
                    var change = rows.change().apply(alert);
                    return change.raised() || change.cleared();
                })
                .map(table.columns()::line)
                .toList();
    }

    private Stream<A> alerts(SpecificRecord output) {
        var type = rows.alerts().type();
        return Stream.of(output).filter(type::isInstance).map(type::cast);
    }

    @Override
    public List<String> summary(Instant now) {
        var snapshot = board.snapshot();
        return snapshot.rows().isEmpty()
                ? List.of()
                : table.draw(snapshot, WIDTH, summaryLines).stream()
                        .map(line -> line.toString().stripTrailing())
                        .toList();
    }

    @Override
    public int height() {
        int known = board.snapshot().rows().size();
        return known == 0 ? 0 : known + AlertTable.FRAME;
    }

    @Override
    public List<AttributedString> draw(int width, int height, Instant now) {
        return table.draw(board.snapshot(), width, height);
    }
}
