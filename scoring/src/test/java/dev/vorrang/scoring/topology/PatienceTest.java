package dev.vorrang.scoring.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PatienceTest {

    private final AtomicInteger tries = new AtomicInteger();

    @Test
    void shouldTryAgainUntilItSucceeds() {
        var patience = new Patience(Duration.ofMinutes(1), Duration.ofMillis(1), Duration.ofMillis(2));

        String result = patience.retry("knocking", e -> true, () -> {
            if (tries.incrementAndGet() < 4) {
                throw new IllegalStateException("not yet");
            }
            return "in";
        });

        assertThat(result).isEqualTo("in");
        assertThat(patience.complaint()).isEmpty();
    }

    @Test
    void shouldGiveUpWhenItsTimeIsSpentAndSayWhatFails() {
        var patience = new Patience(Duration.ofMillis(30), Duration.ofMillis(1), Duration.ofMillis(10));

        assertThatThrownBy(() -> patience.retry("knocking", e -> true, this::fail))
                .hasMessage("closed");

        assertThat(tries.get()).isGreaterThan(1);
        assertThat(patience.complaint()).contains("knocking: closed");
        patience.wellAgain();
        assertThat(patience.complaint()).isEmpty();
    }

    @Test
    void shouldNotTryAgainWhatWillNotPass() {
        var patience = new Patience(Duration.ofMinutes(1), Duration.ofMillis(1), Duration.ofMillis(10));

        assertThatThrownBy(() -> patience.retry("knocking", e -> false, this::fail))
                .hasMessage("closed");

        assertThat(tries).hasValue(1);
    }

    @Test
    void shouldEndItsPausesWhenStopped() {
        var patience = new Patience(Duration.ofHours(2), Duration.ofHours(1), Duration.ofHours(1));
        patience.stop();

        assertThatThrownBy(() -> patience.retry("knocking", e -> true, this::fail))
                .hasMessage("closed");

        assertThat(tries).hasValue(1);
    }

    @Test
    void shouldPauseLongerEachTimeUpToALimit() {
        var patience = new Patience(Duration.ofMinutes(1), Duration.ofMillis(100), Duration.ofMillis(350));

        assertThat(patience.pauseAfterFailure("a")).hasMillis(100);
        assertThat(patience.pauseAfterFailure("b")).hasMillis(200);
        assertThat(patience.pauseAfterFailure("c")).hasMillis(350);
        assertThat(patience.pause(Integer.MAX_VALUE)).hasMillis(350);
        patience.wellAgain();
        assertThat(patience.pauseAfterFailure("d")).hasMillis(100);
    }

    private String fail() {
        tries.incrementAndGet();
        throw new IllegalStateException("closed");
    }
}
