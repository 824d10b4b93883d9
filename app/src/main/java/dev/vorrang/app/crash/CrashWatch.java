package dev.vorrang.app.crash;

import dev.vorrang.app.program.StopSignal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Tells what happens, and waits for it while nothing is wrong. For one thread. */
final class CrashWatch {

    private static final Duration LOOK = Duration.ofMillis(15);

    private final StopSignal stop;
    private final Consumer<String> progress;
    private final long started = System.nanoTime();
    private final List<Supplier<Optional<String>>> problems = new ArrayList<>();

    /**
     * @param stop ends every wait
     * @param progress takes a line for each thing that happens
     */
    CrashWatch(StopSignal stop, Consumer<String> progress) {
        this.stop = stop;
        this.progress = progress;
    }

    /** @param problem tells why it makes no sense to wait any longer, if there is a reason */
    void watch(Supplier<Optional<String>> problem) {
        problems.add(problem);
    }

    void say(String line) {
        progress.accept(String.format(Locale.ROOT, "%6.1f s  %s", elapsed().toMillis() / 1000.0, line));
    }

    Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - started);
    }

    /** @throws StopSignal.StoppedException if the test is to end */
    void check() {
        stop.check();
    }

    /** @throws StopSignal.StoppedException if the test is to end */
    void pause(Duration time) {
        if (!time.isZero()) {
            stop.await(time);
        }
        stop.check();
    }

    /**
     * @param what is waited for, for people
     * @throws StuckException if it does not come, or something is wrong
     * @throws StopSignal.StoppedException if the test is to end
     */
    void await(String what, Duration limit, BooleanSupplier condition) {
        long deadline = System.nanoTime() + limit.toNanos();
        while (!condition.getAsBoolean()) {
            pause(LOOK);
            problems.stream()
                    .map(Supplier::get)
                    .flatMap(Optional::stream)
                    .findFirst()
                    .ifPresent(problem -> {
                        throw new StuckException(problem);
                    });
            if (System.nanoTime() > deadline) {
                throw new StuckException("waited in vain for " + seconds(limit) + " until " + what);
            }
        }
    }

    static String seconds(Duration time) {
        return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1000.0);
    }

    /** The program does not go on. */
    static final class StuckException extends RuntimeException {

        private static final long serialVersionUID = 1;

        private StuckException(String message) {
            super(message);
        }
    }
}
