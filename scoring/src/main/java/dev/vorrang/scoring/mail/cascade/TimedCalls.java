package dev.vorrang.scoring.mail.cascade;

import com.google.common.collect.Lists;
import dev.failsafe.CircuitBreaker;
import dev.vorrang.scoring.engine.Prediction;
import dev.vorrang.scoring.engine.Predictor;
import dev.vorrang.scoring.engine.batch.Outcome;
import dev.vorrang.scoring.engine.metrics.Measurement;
import dev.vorrang.scoring.engine.metrics.Metric;
import dev.vorrang.scoring.engine.metrics.ScoringMetrics;
import dev.vorrang.scoring.mail.Deferral.Cause;
import dev.vorrang.scoring.mail.MailPrediction;
import dev.vorrang.scoring.mail.MailText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks a model that may fail or be slow, and never waits for it longer than its time limit. A batch is asked in calls of a few mails,
 * so that what was answered within the limit counts; a call that is late goes on, for it cannot be interrupted, and its answers are
 * dropped. Each thread has at most one call under way: while one is late, the thread's next batch waits for it within its own limit.
 * After some batches in a row that got no answer the model is left out for a while.
 *
 * <p>Safe for use by many threads.
 */
final class TimedCalls {

    private static final Logger LOG = LoggerFactory.getLogger(TimedCalls.class);

    private final Predictor<MailText, MailPrediction> model;
    private final CascadeSettings settings;
    private final ScoringMetrics metrics;
    private final CircuitBreaker<Void> circuit;
    private final ExecutorService workers = Executors.newCachedThreadPool(work -> {
        var thread = new Thread(work, "large-mail-model");
        thread.setDaemon(true);
        return thread;
    });
    private final ThreadLocal<Semaphore> turns = ThreadLocal.withInitial(() -> new Semaphore(1));
    private volatile String lastProblem = "";

    /**
     * Answers to a batch.
     *
     * @param given those of its first mails, in order
     * @param rest why the others have none
     */
    record Answers(List<Outcome<Prediction<MailPrediction>>> given, Cause rest) {

        Optional<Prediction<MailPrediction>> of(int mail) {
            return mail < given.size() ? given.get(mail).scored() : Optional.empty();
        }

        /** Why a mail has no answer. */
        Cause causeOf(int mail) {
            return mail < given.size() ? Cause.FAILED : rest;
        }
    }

    /** A batch that is asked. Its fields are guarded by itself. */
    private final class Batch implements Runnable {

        private final List<MailText> mails;
        private final List<Outcome<Prediction<MailPrediction>>> given = new ArrayList<>();
        private boolean over;

        Batch(List<MailText> mails) {
            this.mails = mails;
        }

        @Override
        public void run() {
            for (List<MailText> some : Lists.partition(mails, settings.batchSize())) {
                if (isOver()) {
                    return;
                }
                take(model.predict(some));
            }
        }

        private synchronized boolean isOver() {
            return over;
        }

        private synchronized void take(List<Outcome<Prediction<MailPrediction>>> answers) {
            given.addAll(answers);
        }

        /** What has been answered; nothing more is asked. */
        synchronized Answers end(Cause rest) {
            over = true;
            return new Answers(List.copyOf(given), rest);
        }
    }

    TimedCalls(Predictor<MailText, MailPrediction> model, CascadeSettings settings, ScoringMetrics metrics) {
        this.model = model;
        this.settings = settings;
        this.metrics = metrics;
        this.circuit = CircuitBreaker.<Void>builder()
                .withFailureThreshold(settings.failureLimit())
                .withSuccessThreshold(1)
                .withDelay(settings.pause())
                .onOpen(event -> {
                    // From half open it is the same trouble still.
                    if (event.getPreviousState() == CircuitBreaker.State.CLOSED) {
                        opened();
                    }
                })
                .onClose(event -> LOG.info("{} answers again", model.inService()))
                .build();
        metrics.gauge(Metric.CASCADE_OPEN, circuit, each -> each.isClosed() ? 0 : 1);
    }

    private void opened() {
        LOG.warn(
                "{} is left out after {} batches in a row without an answer, last: {}. The small model answers alone;"
                        + " one batch each {} ms tries again",
                model.inService(),
                settings.failureLimit(),
                lastProblem,
                settings.pause().toMillis());
    }

    /** @param mails one or more */
    Answers ask(List<MailText> mails) {
        if (!circuit.tryAcquirePermit()) {
            return new Answers(List.of(), Cause.LEFT_OUT);
        }
        long start = System.nanoTime();
        var batch = new Batch(mails);
        Cause rest = await(batch, start);
        Answers answers = batch.end(rest);
        metrics.time(Metric.CASCADE_TIME, Duration.ofNanos(System.nanoTime() - start));
        // Too many mails for the time are not a failure; nor is a mail that the model fails for, while others have
        // answers.
        if (answers.given().isEmpty()) {
            metrics.count(Measurement.one(Metric.CASCADE_FAILURES, rest.name()));
            circuit.recordFailure();
        } else {
            circuit.recordSuccess();
        }
        return answers;
    }

    /** @return why what has no answer by now has none */
    private Cause await(Batch batch, long start) {
        Semaphore turn = turns.get();
        try {
            if (!turn.tryAcquire(left(start), TimeUnit.NANOSECONDS)) {
                return slow("a call before it has not returned");
            }
            submit(batch, turn).get(left(start), TimeUnit.NANOSECONDS);
            return Cause.FAILED;
        } catch (RejectedExecutionException e) {
            return slow("the program ends");
        } catch (TimeoutException e) {
            return slow("no answer within " + settings.timeLimit().toMillis() + " ms");
        } catch (ExecutionException e) {
            lastProblem = e.getCause().toString();
            LOG.debug("{} failed", model.inService(), e.getCause());
            return Cause.FAILED;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return slow("interrupted");
        }
    }

    /** @param turn is given back when the batch has been asked, however late that is */
    private Future<?> submit(Batch batch, Semaphore turn) {
        try {
            return workers.submit(() -> {
                try {
                    batch.run();
                } finally {
                    turn.release();
                }
            });
        } catch (RejectedExecutionException e) {
            turn.release();
            throw e;
        }
    }

    private Cause slow(String problem) {
        lastProblem = problem;
        return Cause.SLOW;
    }

    private long left(long start) {
        return settings.timeLimit().toNanos() - (System.nanoTime() - start);
    }

    /** Open while the model is left out. */
    CircuitBreaker<Void> circuit() {
        return circuit;
    }

    /**
     * Asks nothing more, and waits for calls that are late.
     *
     * @return false if one still runs after the limit
     */
    boolean close(Duration limit) {
        workers.shutdown();
        try {
            return workers.awaitTermination(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
