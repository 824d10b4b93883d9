package dev.vorrang.scoring.engine;

import dev.vorrang.scoring.engine.batch.ModelFailingException;
import dev.vorrang.scoring.engine.batch.Outcome;
import dev.vorrang.scoring.engine.batch.TimeLimits;
import dev.vorrang.scoring.engine.metrics.ScoringMetrics;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/**
 * How every call of models is made, by a stream, for a state that is made anew, and for a file: tried again while a model fails
 * whatever it is given, watched while it runs, bisected where single records make it fail, and joined with calls of other threads.
 * The last two are {@link ModelSlot}'s. Safe for use by many threads.
 *
 * @param <I> what the models read of a record
 * @param <P> what the models say of it
 */
public final class ModelCalls<I, P> implements AutoCloseable {

    private static final Duration BUDGET = Duration.ofSeconds(5);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration MAX_PAUSE = Duration.ofSeconds(2);
    /** Of a file: no transaction waits for a batch of it, and a large model takes half a minute for one. */
    private static final TimeLimits STANDALONE = new TimeLimits(Duration.ofMinutes(2), Duration.ofMinutes(30));

    private final Predictor<I, P> models;
    private final RetryPolicy retries;
    private final InferenceWatchdog watchdog;
    private final ScoringMetrics metrics;

    /** @param watchdog stays the caller's to start and to close, if the caller does not call {@link #close} */
    public ModelCalls(Predictor<I, P> models, RetryPolicy retries, InferenceWatchdog watchdog, ScoringMetrics metrics) {
        this.models = models;
        this.retries = retries;
        this.watchdog = watchdog;
        this.metrics = metrics;
    }

    /** Outside of any stream: gives up after 5 seconds of failures. Whoever calls it closes it. */
    public static <I, P> ModelCalls<I, P> standalone(Predictor<I, P> models) {
        var metrics = ScoringMetrics.standalone();
        var watchdog = new InferenceWatchdog(STANDALONE, metrics, problem -> {});
        watchdog.start();
        return new ModelCalls<>(models, new RetryPolicy(BUDGET, FIRST_PAUSE, MAX_PAUSE), watchdog, metrics);
    }

    /**
     * Scores a batch.
     *
     * @param what what is scored, for people, such as: scoring 3 records (mail.received-0@5..7)
     * @return an outcome of each input, in order
     * @throws ModelFailingException if a model still fails, whatever it is given, when no time is left to try again
     */
    public List<Outcome<Prediction<P>>> score(Supplier<String> what, List<I> inputs) {
        return retries.retry(
                "scoring " + inputs.size() + " records",
                this::mayPass,
                () -> watchdog.watch(what, () -> models.predict(inputs)));
    }

    private boolean mayPass(RuntimeException failure) {
        if (failure instanceof ModelFailingException) {
            metrics.batchFailed();
            return true;
        }
        return false;
    }

    @Override
    public void close() {
        watchdog.close();
    }
}
