package dev.vorrang.scoring.mail.cascade;

import static dev.vorrang.scoring.mail.cascade.Cascades.mail;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.vorrang.scoring.engine.batch.BatchFunction;
import dev.vorrang.scoring.engine.metrics.ScoringMetrics;
import dev.vorrang.scoring.mail.Deferral.Cause;
import dev.vorrang.scoring.mail.MailPrediction;
import dev.vorrang.scoring.mail.MailText;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

/** No test waits for a time limit to pass while anything else could happen: the model is late because it is held. */
@Timeout(60)
class TimedCallsTest {

    private static final Duration LONG = Duration.ofMinutes(1);
    private static final Duration SHORT = Duration.ofMillis(1);
    private static final Duration PAUSE = Duration.ofHours(1);

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final AtomicInteger called = new AtomicInteger();
    private final CountDownLatch release = new CountDownLatch(1);
    private final Logger log = (Logger) LoggerFactory.getLogger(TimedCalls.class);
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private TimedCalls calls;

    @BeforeEach
    void listen() {
        lines.start();
        log.addAppender(lines);
        log.setLevel(Level.INFO);
    }

    private void calls(Duration limit, int batchSize, BatchFunction<MailText, MailPrediction> model) {
        var settings = new CascadeSettings(DeferralRule.defaults(), limit, batchSize, 2, PAUSE);
        calls = new TimedCalls(
                Cascades.large(mails -> {
                    called.incrementAndGet();
                    return model.apply(mails);
                }),
                settings,
                new ScoringMetrics(meters, "mail"));
    }

    @AfterEach
    void close() {
        release.countDown();
        assertThat(calls.close(LONG)).isTrue();
        log.setLevel(null);
        log.detachAppender(lines);
    }

    private List<MailPrediction> held(List<MailText> mails) {
        try {
            assertThat(release.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return Cascades.answer(mails);
    }

    @Test
    void shouldNotWaitLongerThanTheLimit() {
        calls(SHORT, 32, this::held);

        var answers = calls.ask(mails(2));

        assertThat(answers.given()).isEmpty();
        assertThat(answers.causeOf(0)).isEqualTo(Cause.SLOW);
        assertThat(failures(Cause.SLOW)).isEqualTo(1);
        assertThat(meters.get("vorrang.cascade.time").timer().count()).isEqualTo(1);
    }

    @Test
    void shouldMakeOneCallAtATimeForAThread() {
        calls(SHORT, 32, this::held);

        calls.ask(mails(2));
        calls.ask(mails(2));

        assertThat(called.get()).isLessThanOrEqualTo(1);
    }

    /** The model interrupts who waits for it, in place of a limit that passes. */
    @Test
    void shouldTakeWhatWasAnsweredInTimeAndDropTheRest() {
        Thread asking = Thread.currentThread();
        calls(LONG, 1, mails -> {
            if (called.get() != 3) {
                return Cascades.answer(mails);
            }
            asking.interrupt();
            return held(mails);
        });

        var answers = calls.ask(mails(4));

        assertThat(Thread.interrupted()).isTrue();
        assertThat(answers.given()).hasSize(2);
        assertThat(answers.of(1)).isPresent();
        assertThat(answers.of(2)).isEmpty();
        assertThat(answers.causeOf(3)).isEqualTo(Cause.SLOW);
        assertThat(calls.circuit().isClosed()).isTrue();
        assertThat(calls.circuit().getFailureCount()).isZero();
        release.countDown();
        // The late call has ended, and is not taken for an answer to these.
        var next = calls.ask(List.of(mail("next", "0.5")));
        assertThat(next.of(0).orElseThrow().value().topic().orElseThrow().label())
                .isEqualTo("large: next");
        assertThat(answers.given()).hasSize(2);
        assertThat(called).as("no mail was asked after the limit").hasValue(4);
    }

    @Test
    void shouldLeaveAFailingModelOutForAWhileAndSaySoOnce() {
        var broken = new AtomicBoolean(true);
        calls(LONG, 32, mails -> {
            if (broken.get()) {
                throw new IllegalStateException("device lost");
            }
            return Cascades.answer(mails);
        });
        assertThat(calls.ask(mails(1)).causeOf(0)).isEqualTo(Cause.FAILED);
        assertThat(open()).isZero();
        assertThat(calls.ask(mails(1)).causeOf(0)).isEqualTo(Cause.FAILED);

        int before = called.get();
        assertThat(calls.ask(mails(1)).causeOf(0)).isEqualTo(Cause.LEFT_OUT);
        assertThat(called).hasValue(before);
        assertThat(open()).isEqualTo(1);
        assertThat(failures(Cause.FAILED)).isEqualTo(2);

        // The pause is over, and it is tried again.
        calls.circuit().halfOpen();
        assertThat(calls.ask(mails(1)).causeOf(0)).isEqualTo(Cause.FAILED);
        assertThat(calls.ask(mails(1)).causeOf(0)).isEqualTo(Cause.LEFT_OUT);
        broken.set(false);
        calls.circuit().halfOpen();
        assertThat(calls.ask(mails(1)).of(0)).isPresent();
        assertThat(open()).isZero();
        assertThat(calls.ask(mails(1)).of(0)).isPresent();
        assertThat(lines.list)
                .filteredOn(line -> line.getLevel() == Level.WARN)
                .singleElement()
                .satisfies(line ->
                        assertThat(line.getFormattedMessage()).contains("left out after 2 batches", "device lost"));
    }

    @Test
    void shouldLeaveAModelOutThatNeverReturns() {
        calls(SHORT, 32, this::held);

        calls.ask(mails(1));
        calls.ask(mails(1));

        assertThat(calls.ask(mails(1)).causeOf(0)).isEqualTo(Cause.LEFT_OUT);
        assertThat(open()).isEqualTo(1);
    }

    @Test
    void shouldWaitForALateCallWhenItIsClosed() throws Exception {
        var entered = new CountDownLatch(1);
        Thread asking = Thread.currentThread();
        calls(LONG, 32, mails -> {
            entered.countDown();
            asking.interrupt();
            return held(mails);
        });
        calls.ask(mails(1));
        assertThat(Thread.interrupted()).isTrue();
        assertThat(entered.await(30, TimeUnit.SECONDS)).isTrue();

        assertThat(calls.close(SHORT)).isFalse();
        release.countDown();
        assertThat(calls.close(LONG)).isTrue();
        assertThat(calls.ask(mails(1)).causeOf(0)).isEqualTo(Cause.SLOW);
    }

    private static List<MailText> mails(int count) {
        return IntStream.range(0, count)
                .mapToObj(number -> mail("mail " + number, "0.5"))
                .toList();
    }

    private double failures(Cause cause) {
        return meters.get("vorrang.cascade.failures")
                .tag("outcome", cause.name())
                .counter()
                .count();
    }

    private double open() {
        return meters.get("vorrang.cascade.open").gauge().value();
    }
}
