package dev.vorrang.scoring.engine;

import dev.vorrang.scoring.engine.batch.TimeLimits;
import dev.vorrang.scoring.engine.metrics.ScoringMetrics;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches the calls of models while they run, from a thread of its own: a call that hangs cannot be interrupted, and says nothing
 * by itself. One that takes longer than it may is told of in the log, again each time it has taken twice as long; one that is taken
 * for hung is told of once more, and to whoever made this. Safe for use by many threads.
 */
public final class InferenceWatchdog implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(InferenceWatchdog.class);
    private static final Duration MAX_PERIOD = Duration.ofSeconds(1);

    private final TimeLimits limits;
    private final ScoringMetrics metrics;
    private final Consumer<String> hung;
    private final Clock clock;
    private final LongSupplier nanos;
    private final Set<Call> calls = ConcurrentHashMap.newKeySet();
    private PeriodicWork timer;

    /** A call that runs. When to tell of it, and whether it is hung, is for the thread that looks. */
    private static final class Call {

        private final Supplier<String> what;
        private final Instant since;
        private final long start;
        private final AtomicBoolean slow = new AtomicBoolean();
        private long tellAt;
        private boolean hung;

        Call(Supplier<String> what, Instant since, long start, long tellAt) {
            this.what = what;
            this.since = since.truncatedTo(ChronoUnit.MILLIS);
            this.start = start;
            this.tellAt = tellAt;
        }
    }

    /**
     * Looks after nothing until {@link #start}.
     *
     * @param hung hears of a call that is taken for one that never returns, once, in words
     */
    public InferenceWatchdog(TimeLimits limits, ScoringMetrics metrics, Consumer<String> hung) {
        this(limits, metrics, hung, Clock.systemUTC(), System::nanoTime);
    }

    /** @param nanos as {@link System#nanoTime}: a clock that is set must make no call look long */
    InferenceWatchdog(
            TimeLimits limits, ScoringMetrics metrics, Consumer<String> hung, Clock clock, LongSupplier nanos) {
        this.limits = Objects.requireNonNull(limits, "limits");
        this.metrics = Objects.requireNonNull(metrics, "metrics");
        this.hung = Objects.requireNonNull(hung, "hung");
        this.clock = Objects.requireNonNull(clock, "clock");
        this.nanos = Objects.requireNonNull(nanos, "nanos");
    }

    /** From now on calls are looked after, also those that run already. Once. */
    synchronized void start() {
        long period = Math.max(1, Math.min(MAX_PERIOD.toMillis(), limits.slow().toMillis() / 4));
        timer = PeriodicWork.start(
                "inference-watchdog", Duration.ofMillis(period), Duration.ofMillis(period), this::examine);
    }

    /**
     * Makes a call.
     *
     * @param what what is called with what, for people; asked only if there is something to tell
     */
    <T> T watch(Supplier<String> what, Supplier<T> work) {
        long start = nanos.getAsLong();
        var call = new Call(what, clock.instant(), start, start + limits.slow().toNanos());
        calls.add(call);
        try {
            return work.get();
        } finally {
            calls.remove(call);
            Duration took = age(call);
            if (took.compareTo(limits.slow()) > 0) {
                count(call);
                LOG.warn(
                        "{} took {} ms; {} ms are allowed",
                        what.get(),
                        took.toMillis(),
                        limits.slow().toMillis());
            }
        }
    }

    /** Tells of what there is to tell. */
    void examine() {
        for (Call call : calls) {
            Duration age = age(call);
            if (!call.hung && age.compareTo(limits.hung()) > 0) {
                call.hung = true;
                String problem = describe(call) + ", and is taken for one that never returns; "
                        + limits.hung().toMillis() + " ms are allowed";
                LOG.error("{}. What comes after it waits; start the program anew", problem);
                hung.accept(problem);
            } else if (!call.hung && nanos.getAsLong() - call.tellAt > 0) {
                count(call);
                call.tellAt = call.start + age.multipliedBy(2).toNanos();
                LOG.warn(
                        "{}; {} ms are allowed. What comes after it waits",
                        describe(call),
                        limits.slow().toMillis());
            }
        }
    }

    private void count(Call call) {
        if (call.slow.compareAndSet(false, true)) {
            metrics.slowCall();
        }
    }

    /** The call that runs longest, if it takes longer than it may, in words that stay the same for as long as it runs. */
    Optional<String> problem() {
        return longest()
                .filter(call -> age(call).compareTo(limits.slow()) > 0)
                .map(call -> call.what.get() + " has not ended since " + call.since + "; "
                        + limits.slow().toMillis() + " ms are allowed");
    }

    /** How long the call that runs longest has run; zero if none does. */
    Duration longestAge() {
        return longest().map(this::age).orElse(Duration.ZERO);
    }

    private Optional<Call> longest() {
        return calls.stream().max((one, other) -> Long.signum(other.start - one.start));
    }

    private String describe(Call call) {
        return call.what.get() + " has taken " + age(call).toMillis() + " ms so far, since " + call.since;
    }

    private Duration age(Call call) {
        return Duration.ofNanos(nanos.getAsLong() - call.start);
    }

    /** Looks no longer. */
    @Override
    public synchronized void close() {
        if (timer != null) {
            timer.close();
        }
    }
}
