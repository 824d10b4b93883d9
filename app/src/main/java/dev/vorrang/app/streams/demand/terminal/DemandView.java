package dev.vorrang.app.streams.demand.terminal;

import dev.vorrang.app.terminal.StreamView;
import dev.vorrang.schemas.AlertState;
import dev.vorrang.schemas.DemandAlert;
import dev.vorrang.schemas.DemandForecast;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.jline.utils.AttributedString;

/** Forecasts and alerts of demand on a terminal. */
public final class DemandView implements StreamView {

    private static final int WIDTH = 160;
    private static final int MOST_LINES = 40;
    /** Lines about the rows: title, header, figures, gap. */
    private static final int FRAME = 4;

    private final DemandBoard board = new DemandBoard();
    private final DemandTable table;

    public DemandView(DemandTable table) {
        this.table = table;
    }

    @Override
    public void add(SpecificRecord output, Duration latency, Instant now) {
        if (output instanceof DemandForecast forecast) {
            board.add(forecast, latency);
        } else if (output instanceof DemandAlert alert) {
            board.add(alert);
        }
    }

    @Override
    public void addDeadLetter() {
        board.addDeadLetter();
    }

    @Override
    public List<String> lines(SpecificRecord output) {
        return output instanceof DemandAlert alert && alert.getState() != AlertState.UPDATED
                ? List.of(DemandTable.line(alert))
                : List.of();
    }

    @Override
    public List<String> summary(Instant now) {
        var snapshot = board.snapshot();
        return snapshot.rows().isEmpty()
                ? List.of()
                : table.draw(snapshot, WIDTH, MOST_LINES).stream()
                        .map(line -> line.toString().stripTrailing())
                        .toList();
    }

    @Override
    public int height() {
        int rows = board.snapshot().rows().size();
        return rows == 0 ? 0 : rows + FRAME;
    }

    @Override
    public List<AttributedString> draw(int width, int height, Instant now) {
        return table.draw(board.snapshot(), width, height);
    }
}
