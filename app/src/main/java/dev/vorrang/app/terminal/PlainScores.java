package dev.vorrang.app.terminal;

import dev.vorrang.schemas.AlertState;
import dev.vorrang.schemas.DeadLetter;
import dev.vorrang.schemas.MachineAlert;
import dev.vorrang.schemas.MachineScore;
import dev.vorrang.schemas.MailScore;
import dev.vorrang.schemas.text.ForeignText;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;

/** Writes each mail's score and each machine's alert as a line of text, and at the end how the machines are, where there is no terminal that could show a live table. */
public final class PlainScores implements ScoreView {

    private static final int WIDTH = 160;
    private static final int MOST_LINES = 30;

    private final PrintWriter out;
    private final Clock clock;
    private final ScoreBoard board = new ScoreBoard();
    private final ScoreTable table = new ScoreTable("", false);
    private final MachineBoard machines = new MachineBoard();
    private final MachineTable machineTable = new MachineTable("Machines", false);
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
    public void show(MachineScore score, Duration latency) {
        machines.add(score, latency);
    }

    @Override
    public void show(MachineAlert alert) {
        machines.add(alert);
        if (alert.getState() != AlertState.UPDATED) {
            out.println(MachineTable.line(alert));
            out.flush();
        }
    }

    @Override
    public void show(DeadLetter letter) {
        board.addDeadLetter();
        out.println(ForeignText.line("dead letter: " + letter.getStage() + ": " + letter.getMessage()));
    }

    @Override
    public void close() {
        out.println();
        var snapshot = machines.snapshot();
        if (!snapshot.rows().isEmpty()) {
            machineTable
                    .draw(snapshot, WIDTH, MOST_LINES)
                    .forEach(line -> out.println(line.toString().stripTrailing()));
        }
        out.println(table.figures(board.snapshot(clock.instant())));
        out.flush();
    }
}
