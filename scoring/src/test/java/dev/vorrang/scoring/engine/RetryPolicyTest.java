package dev.vorrang.scoring.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RetryPolicyTest {

    private final AtomicInteger tries = new AtomicInteger();

    @Test
    void shouldTryAgainUntilItSucceeds() {
        var retries = new RetryPolicy(Duration.ofMinutes(1), Duration.ofMillis(1), Duration.ofMillis(2));

        String result = retries.retry("knocking", e -> true, () -> {
            if (tries.incrementAndGet() < 4) {
                throw new IllegalStateException("not yet");
            }
            return "in";
        });

        assertThat(result).isEqualTo("in");
        assertThat(retries.problem()).isEmpty();
    }

    @Test
    void shouldGiveUpWhenItsTimeIsSpentAndSayWhatFails() {
        var retries = new RetryPolicy(Duration.ofMillis(30), Duration.ofMillis(1), Duration.ofMillis(10));

        assertThatThrownBy(() -> retries.retry("knocking", e -> true, this::fail))
                .hasMessage("closed");

        assertThat(tries.get()).isGreaterThan(1);
        assertThat(retries.problem()).contains("knocking: closed");
        retries.recordSuccess();
        assertThat(retries.problem()).isEmpty();
    }

    @Test
    void shouldNotTryAgainWhatWillNotPass() {
        var retries = new RetryPolicy(Duration.ofMinutes(1), Duration.ofMillis(1), Duration.ofMillis(10));

        assertThatThrownBy(() -> retries.retry("knocking", e -> false, this::fail))
                .hasMessage("closed");

        assertThat(tries).hasValue(1);
    }

    @Test
    void shouldEndItsPausesWhenStopped() {
        var retries = new RetryPolicy(Duration.ofHours(2), Duration.ofHours(1), Duration.ofHours(1));
        retries.stop();

        assertThatThrownBy(() -> retries.retry("knocking", e -> true, this::fail))
                .hasMessage("closed");

        assertThat(tries).hasValue(1);
    }

    @Test
    void shouldPauseLongerEachTimeUpToALimit() {
        var retries = new RetryPolicy(Duration.ofMinutes(1), Duration.ofMillis(100), Duration.ofMillis(350));

        assertThat(retries.pauseAfterFailure("a")).hasMillis(100);
        assertThat(retries.pauseAfterFailure("b")).hasMillis(200);
        assertThat(retries.pauseAfterFailure("c")).hasMillis(350);
        assertThat(retries.pause(Integer.MAX_VALUE)).hasMillis(350);
        retries.recordSuccess();
        assertThat(retries.pauseAfterFailure("d")).hasMillis(100);
    }

    private String fail() {
        tries.incrementAndGet();
        throw new IllegalStateException("closed");
    }
}
