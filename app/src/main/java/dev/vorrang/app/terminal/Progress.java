package dev.vorrang.app.terminal;

import dev.vorrang.app.program.ErrorText;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Supplier;

/** Tells of the steps of a start, one line each, as they end. For one thread. */
public final class Progress {

    private final PrintWriter out;
    private final long started = System.nanoTime();

    public Progress(PrintWriter out) {
        this.out = out;
    }

    /**
     * Takes a step and tells how it ended and how long it took.
     *
     * @param what is started, a word or two
     * @param outcome tells of what came of it, such as its address
     */
    public <T> T step(String what, Supplier<T> step, Function<T, String> outcome) {
        long start = System.nanoTime();
        var result = step.get();
        line(what, outcome.apply(result), Duration.ofNanos(System.nanoTime() - start));
        return result;
    }

    /** Tells that the start is over. */
    public void ready(String message) {
        line("ready", message, Duration.ofNanos(System.nanoTime() - started));
    }

    /** Any other line. */
    public void say(String message) {
        out.println("  " + ErrorText.plain(message));
    }

    /** Tells why the program ends, where nobody else will. */
    public void fatal(String message) {
        out.println("vorrang: " + ErrorText.plain(message));
        out.flush();
    }

    private void line(String what, String outcome, Duration time) {
        out.printf(Locale.ROOT, "  %-9s %s (%.1f s)%n", what, outcome, time.toMillis() / 1000.0);
        out.flush();
    }
}
