package dev.vorrang.app.streams.mail.command;

import dev.vorrang.app.command.options.Bars;
import dev.vorrang.scoring.mail.model.MailCard;
import dev.vorrang.training.TrainingProgress;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/** Progress as a bar on a terminal, else as a line for each pass. */
final class TrainingShown implements TrainingProgress, AutoCloseable {

    private final PrintWriter console;
    private Bars bars = Bars.onTerminal("Reading", -1);

    TrainingShown(PrintWriter console) {
        this.console = console;
    }

    @Override
    public void read(List<String> notices) {
        bars.close();
        notices.forEach(console::println);
    }

    @Override
    public void started(int trainingRows, int validationRows, long steps) {
        bars.close();
        console.printf("%d rows to learn from, %d to check on%n", trainingRows, validationRows);
    }

    /** A bar for each, for its end is known: how many passes there will be is not. */
    @Override
    public void stageStarted(String stage, long rows) {
        bars.close();
        bars = Bars.onTerminal("Training, " + stage, rows);
    }

    @Override
    public void learned(int rows) {
        bars.advance(rows);
    }

    @Override
    public void epochEnded(int epoch, double trainingLoss, double validationLoss) {
        String losses = String.format(
                Locale.ROOT, "pass %d, loss %.3f, on validation %.3f", epoch, trainingLoss, validationLoss);
        bars.note(losses);
        if (!bars.shown()) {
            console.println(losses);
        }
    }

    @Override
    public void close() {
        bars.close();
    }

    /** A line of a card. */
    static void print(MailCard.Figure figure, PrintWriter console) {
        console.printf(
                Locale.ROOT,
                "  %-28s %-10s %6d rows  accuracy %.3f  macro-F1 %.3f  ECE %.3f%n",
                figure.data(),
                figure.head(),
                figure.rows(),
                figure.accuracy(),
                figure.macroF1(),
                figure.ece());
    }
}
