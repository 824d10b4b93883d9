package dev.vorrang.app.streams.mail.terminal;

import dev.vorrang.app.terminal.StreamView;
import dev.vorrang.schemas.MailScore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.avro.specific.SpecificRecord;
import org.jline.utils.AttributedString;

/** Scored mails on a terminal. */
public final class MailView implements StreamView {

    private static final int WIDTH = 160;

    private final ScoreBoard board = new ScoreBoard();
    private final ScoreTable table;
    private final AtomicBoolean headed = new AtomicBoolean();

    public MailView(ScoreTable table) {
        this.table = table;
    }

    @Override
    public void add(SpecificRecord output, Duration latency, Instant now) {
        if (output instanceof MailScore score) {
            board.add(score, latency, now);
        }
    }

    @Override
    public void addDeadLetter() {
        board.addDeadLetter();
    }

    @Override
    public List<String> lines(SpecificRecord output) {
        if (!(output instanceof MailScore score)) {
            return List.of();
        }
        var row = table.row(score, WIDTH).toString().stripTrailing();
        return headed.getAndSet(true)
                ? List.of(row)
                : List.of(table.header(WIDTH).toString(), row);
    }

    @Override
    public List<String> summary(Instant now) {
        return List.of(table.figures(board.snapshot(now)).toString());
    }

    /** As many as there are. */
    @Override
    public int height() {
        return Integer.MAX_VALUE;
    }

    @Override
    public List<AttributedString> draw(int width, int height, Instant now) {
        return table.draw(board.snapshot(now), width, height);
    }
}
