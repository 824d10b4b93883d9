package dev.vorrang.ingest.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SupervisedThreadTest {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    private static Backoff backoff() {
        return new Backoff(Duration.ofMillis(2), new Random(1));
    }

    @Test
    void shouldBeginAnewAfterAnError() {
        var runs = new AtomicInteger();
        var held = new CountDownLatch(1);
        SupervisedThread.Work work = () -> {
            if (runs.incrementAndGet() < 4) {
                throw new OutOfMemoryError("injected");
            }
            held.await();
        };
        try (var thread = SupervisedThread.start("begins-anew", work, backoff())) {
            await().atMost(LIMIT).until(() -> runs.get() == 4);
            assertThatCode(thread::check).doesNotThrowAnyException();
            assertThat(ReaderReports.troubles()).noneMatch(line -> line.contains("begins-anew"));
        }
    }

    @Test
    void shouldTellWhatKeepsItFromGoingOn() {
        SupervisedThread.Work work = () -> {
            throw new StackOverflowError("injected");
        };
        try (var thread = SupervisedThread.start("tells", work, new Backoff(LIMIT, new Random(1)))) {
            await().atMost(LIMIT).untilAsserted(() -> assertThat(ReaderReports.troubles())
                    .anyMatch(line -> line.startsWith(
                            "tells: ended: java.lang.StackOverflowError: injected;" + " started again in ")));
            assertThatCode(thread::check).doesNotThrowAnyException();
        }
        assertThat(ReaderReports.troubles()).noneMatch(line -> line.contains("tells"));
    }

    @Test
    void shouldFailItsOwnerWhenItEndsAgainAndAgain() {
        var runs = new AtomicInteger();
        SupervisedThread.Work work = () -> {
            runs.incrementAndGet();
            throw new NoClassDefFoundError("injected");
        };
        try (var thread = SupervisedThread.start("fails", work, backoff())) {
            await().atMost(LIMIT).untilAsserted(() -> assertThatThrownBy(thread::check)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("fails has ended: java.lang.NoClassDefFoundError: injected")
                    .hasRootCauseInstanceOf(NoClassDefFoundError.class));
            assertThat(runs).hasValue(SupervisedThread.MAX_FAILURES);
        }
    }

    @Test
    void shouldNotBeginAnewWhatIsDoneOrStopped() throws Exception {
        var runs = new AtomicInteger();
        try (var thread = SupervisedThread.start("done", runs::incrementAndGet, backoff())) {
            assertThat(thread.join(LIMIT)).isTrue();
            assertThatCode(thread::check).doesNotThrowAnyException();
        }
        var stopped = SupervisedThread.start("stopped", () -> new CountDownLatch(1).await(), backoff());
        stopped.close();
        assertThat(stopped.join(LIMIT)).isTrue();
        assertThatCode(stopped::check).doesNotThrowAnyException();
        assertThat(runs).hasValue(1);
    }
}
