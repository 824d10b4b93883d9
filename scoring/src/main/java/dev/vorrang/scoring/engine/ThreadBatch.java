package dev.vorrang.scoring.engine;

import dev.vorrang.scoring.engine.batch.BatchSettings;
import dev.vorrang.scoring.engine.batch.MicroBatcher;
import dev.vorrang.scoring.engine.batch.Outcome;
import dev.vorrang.scoring.engine.metrics.ScoringMetrics;
import java.time.Duration;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ProcessorContext;

/**
 * The batch that all tasks of one stream thread fill together. A task's commit scores the whole of it: the tasks of a thread share
 * a producer, and commit together. For one thread.
 *
 * @param <I> what the models read of a record
 * @param <P> what the models say of it
 */
final class ThreadBatch<I, P> {

    private static final Cancellable NO_TIMER = () -> {};

    private final BatchSettings settings;
    private final ScoringMetrics metrics;
    private final RetryPolicy retries;
    private final ModelCalls<I, P> calls;
    private final MicroBatcher<HeldRecord<I, P>, Prediction<P>> batcher;
    private Cancellable timer = NO_TIMER;

    ThreadBatch(BatchSettings settings, ScoringMetrics metrics, RetryPolicy retries, ModelCalls<I, P> calls) {
        this.settings = settings;
        this.metrics = metrics;
        this.retries = retries;
        this.calls = calls;
        this.batcher = new MicroBatcher<>(
                this::score, settings, record -> record.info().bytes(), (record, outcome) -> record.send());
    }

    void add(HeldRecord<I, P> record, ProcessorContext<?, ?> context) {
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
            retries.recordSuccess();
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

    private List<Outcome<Prediction<P>>> score(List<HeldRecord<I, P>> records) {
        var inputs = records.stream().map(record -> record.pending().input()).toList();
        long start = System.nanoTime();
        var outcomes = calls.score(() -> describe(records), inputs);
        metrics.batch(inputs.size(), Duration.ofNanos(System.nanoTime() - start));
        for (int i = 0; i < records.size(); i++) {
            records.get(i).conclude(outcomes.get(i));
        }
        return outcomes;
    }

    /** Such as: scoring 3 records (mail.received-0@5..9, mail.received-2@7..7). */
    private static String describe(List<? extends HeldRecord<?, ?>> records) {
        var positions = new TreeMap<String, String>();
        for (var record : records) {
            var position = record.info().position();
            String partition = position.getTopic() + "-" + position.getPartition() + "@";
            positions.compute(
                    partition,
                    (key, range) -> (range == null ? position.getOffset() : range.substring(0, range.indexOf('.')))
                            + ".." + position.getOffset());
        }
        return positions.entrySet().stream()
                .map(range -> range.getKey() + range.getValue())
                .collect(Collectors.joining(", ", "scoring " + records.size() + " records (", ")"));
    }
}
