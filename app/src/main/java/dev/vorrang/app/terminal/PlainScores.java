package dev.vorrang.app.terminal;

import dev.vorrang.schemas.DeadLetter;
import dev.vorrang.schemas.MailScore;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;

/** Writes each score as a line of text, where there is no terminal that could show a live table. */
public final class PlainScores implements ScoreView {

    private static final int WIDTH = 160;

    private final PrintWriter out;
    private final Clock clock;
    private final ScoreBoard board = new ScoreBoard();
    private final ScoreTable table = new ScoreTable("", false);
    private boolean headed;

    public PlainScores(PrintWriter out, Clock clock) {
        this.out = out;
        this.clock = clock;
    }

    @Override
    public void show(MailScore score, Duration latency) {
        if (!headed) {
            out.println(table.header(WIDTH));
            headed = true;
        }
        board.add(score, latency, clock.instant());
        out.println(table.row(score, WIDTH).toString().stripTrailing());
        out.flush();
    }

    @Override
    public void show(DeadLetter letter) {
        board.addDeadLetter();
        out.println(ScoreTable.harmless("dead letter: " + letter.getStage() + ": " + letter.getMessage()));
    }

    @Override
    public void close() {
        out.println();
        out.println(table.figures(board.snapshot(clock.instant())));
        out.flush();
    }
}
