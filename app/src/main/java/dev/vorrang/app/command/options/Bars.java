package dev.vorrang.app.command.options;

import java.util.Optional;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** A progress bar on a terminal, nothing elsewhere. For one thread; whoever makes one closes it. */
public final class Bars implements AutoCloseable {

    private final Optional<ProgressBar> bar;

    private Bars(Optional<ProgressBar> bar) {
        this.bar = bar;
    }

    /** One that shows nothing. */
    public static Bars none() {
        return new Bars(Optional.empty());
    }

    /** @param total -1 where it is not known */
    public static Bars onTerminal(String task, long total) {
        if (System.console() == null) {
            return none();
        }
        return new Bars(Optional.of(new ProgressBarBuilder()
                .setTaskName(task)
                .setInitialMax(total)
                .setStyle(ProgressBarStyle.ASCII)
                .showSpeed()
                .build()));
    }

    /** Whether there is a terminal that shows them. */
    public boolean shown() {
        return bar.isPresent();
    }

    public void advance(int steps) {
        bar.ifPresent(shown -> shown.stepBy(steps));
    }

    public void note(String message) {
        bar.ifPresent(shown -> shown.setExtraMessage(message));
    }

    @Override
    public void close() {
        bar.ifPresent(ProgressBar::close);
    }
}
