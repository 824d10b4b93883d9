package dev.vorrang.scoring.topology;

import dev.vorrang.scoring.batch.BatchScorer;
import dev.vorrang.scoring.batch.BatchSettings;
import dev.vorrang.scoring.batch.MicroBatcher;
import dev.vorrang.scoring.batch.ModelFailingException;
import dev.vorrang.scoring.batch.Outcome;
import dev.vorrang.scoring.metrics.ScoringMetrics;
import java.time.Duration;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ProcessorContext;

/**
 * The batch that all tasks of one stream thread fill together. A task's commit scores the whole of it: the tasks of a thread share
 * a producer, and commit together. For one thread.
 *
 * @param <I> what is scored of a record
 * @param <O> the score
 */
final class ThreadBatch<I, O> {

    private static final Cancellable NO_TIMER = () -> {};

    private final String what;
    private final BatchSettings settings;
    private final ScoringMetrics metrics;
    private final Patience patience;
    private final CallWatch watch;
    private final Function<List<I>, List<Outcome<O>>> scorer;
    private final MicroBatcher<Held<I, O>, O> batcher;
    private Cancellable timer = NO_TIMER;

    /**
     * @param what what is scored, in the plural, for messages
     * @param scorer gives one outcome for each input, in order; see {@link BatchScorer}
     */
    ThreadBatch(
            String what,
            BatchSettings settings,
            ScoringMetrics metrics,
            Patience patience,
            CallWatch watch,
            Function<List<I>, List<Outcome<O>>> scorer) {
        this.what = what;
        this.settings = settings;
        this.metrics = metrics;
        this.patience = patience;
        this.watch = watch;
        this.scorer = scorer;
        this.batcher = new MicroBatcher<>(
                this::score, settings, record -> record.source().bytes(), (record, outcome) -> record.place()
                        .resume(() -> record.conclude(outcome)));
    }

    void add(Held<I, O> record, ProcessorContext<?, ?> context) {
        batcher.add(record);
        Duration linger = settings.linger();
        // A timer that always runs would make idle tasks commit, so there is one only while records are held.
        if (batcher.size() == 1 && !linger.isZero()) {
            timer = context.schedule(linger, PunctuationType.WALL_CLOCK_TIME, now -> flush());
        }
        noteIfAllWereScored();
    }

    void pollComplete() {
        batcher.pollComplete();
        noteIfAllWereScored();
    }

    private void flush() {
        batcher.flush();
        noteIfAllWereScored();
    }

    private void noteIfAllWereScored() {
        if (batcher.size() == 0) {
            stopTimer();
            patience.wellAgain();
        }
    }

    /** @throws IllegalStateException if anything is held after scoring, so that nothing is committed past it */
    void beforeCommit() {
        flush();
        if (batcher.size() > 0) {
            throw new IllegalStateException(batcher.size() + " records are held at a commit");
        }
    }

    /** Lets go of the records of a task that is closed or starts anew: it will read them again, for they were not committed. */
    void discard(Object owner) {
        stopTimer();
        batcher.discardIf(record -> record.owner() == owner);
    }

    private void stopTimer() {
        timer.cancel();
        timer = NO_TIMER;
    }

    /** Scores what is held, now. */
    void scoreNow() {
        flush();
    }

    private List<Outcome<O>> score(List<Held<I, O>> records) {
        var inputs = records.stream().map(Held::input).toList();
        long start = System.nanoTime();
        var outcomes = patience.retry(
                "scoring " + inputs.size() + " " + what,
                this::mayPass,
                () -> watch.watch(() -> describe(records), () -> scorer.apply(inputs)));
        metrics.batch(inputs.size(), Duration.ofNanos(System.nanoTime() - start));
        return outcomes;
    }

    /** Such as: scoring 3 mails (mail.received-0@5..9, mail.received-2@7..7). */
    private String describe(List<Held<I, O>> records) {
        var positions = new TreeMap<String, String>();
        for (var record : records) {
            var position = record.source().position();
            String partition = position.getTopic() + "-" + position.getPartition() + "@";
            positions.compute(
                    partition,
                    (key, range) -> (range == null ? position.getOffset() : range.substring(0, range.indexOf('.')))
                            + ".." + position.getOffset());
        }
        return positions.entrySet().stream()
                .map(range -> range.getKey() + range.getValue())
                .collect(Collectors.joining(", ", "scoring " + records.size() + " " + what + " (", ")"));
    }

    private boolean mayPass(RuntimeException failure) {
        if (failure instanceof ModelFailingException) {
            metrics.batchFailed();
            return true;
        }
        return false;
    }
}
