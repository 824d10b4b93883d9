package dev.vorrang.scoring.topology;

import dev.vorrang.scoring.batch.BatchScorer;
import dev.vorrang.scoring.batch.MicroBatcher;
import dev.vorrang.scoring.batch.ModelFailingException;
import dev.vorrang.scoring.batch.Outcome;
import dev.vorrang.scoring.mail.MailPrediction;
import dev.vorrang.scoring.mail.MailText;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ProcessorContext;

/**
 * The batch that all tasks of one stream thread fill together. A task's commit scores the whole of it: the tasks of a thread share
 * a producer, and commit together. For one thread.
 */
final class ThreadBatch {

    private static final Cancellable NO_TIMER = () -> {};

    private final MailStream stream;
    private final Patience patience;
    private final BatchScorer<MailText, MailPrediction> scorer;
    private final MicroBatcher<HeldMail, MailPrediction> batcher;
    private Cancellable timer = NO_TIMER;

    ThreadBatch(MailStream stream, Patience patience, BatchScorer<MailText, MailPrediction> scorer) {
        this.stream = stream;
        this.patience = patience;
        this.scorer = scorer;
        this.batcher = new MicroBatcher<>(this::score, stream.batch(), ThreadBatch::conclude);
    }

    void add(HeldMail mail, ProcessorContext<?, ?> context) {
        batcher.add(mail);
        Duration linger = stream.batch().linger();
        // A timer that always runs would make idle tasks commit, so there is one only while mails are held.
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

    /** Lets go of the mails of a task that is closed or starts anew: it will read them again, for they were not committed. */
    void discard(MailProcessor owner) {
        stopTimer();
        batcher.discardIf(mail -> mail.owner() == owner);
    }

    private void stopTimer() {
        timer.cancel();
        timer = NO_TIMER;
    }

    private List<Outcome<MailPrediction>> score(List<HeldMail> mails) {
        var texts = mails.stream().map(HeldMail::text).toList();
        long start = System.nanoTime();
        var outcomes = patience.retry("scoring " + texts.size() + " mails", this::mayPass, () -> scorer.score(texts));
        stream.metrics().batch(texts.size(), Duration.ofNanos(System.nanoTime() - start));
        return outcomes;
    }

    private boolean mayPass(RuntimeException failure) {
        if (failure instanceof ModelFailingException) {
            stream.metrics().batchFailed();
            return true;
        }
        return false;
    }

    private static void conclude(HeldMail mail, Outcome<MailPrediction> outcome) {
        mail.place().resume(() -> mail.owner().conclude(mail, outcome));
    }
}
