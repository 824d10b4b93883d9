package dev.vorrang.ingest.imap;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class IdleUseTest {

    private long now;
    private final IdleUse idle = new IdleUse(() -> now);

    private void fail(int times) {
        for (int i = 0; i < times; i++) {
            idle.begin();
            idle.lost();
        }
    }

    @Test
    void shouldLookWithoutIdleAfterSomeFailuresAndTryItAgainAfterAnHour() {
        fail(IdleUse.TRIES - 1);
        assertThat(idle.isWorthTrying()).isTrue();
        idle.begin();
        assertThat(idle.refused()).as("one too many").isTrue();
        assertThat(idle.isWorthTrying()).isFalse();

        now += IdleUse.PAUSE.toNanos();
        assertThat(idle.isWorthTrying()).isTrue();
        fail(1);
        assertThat(idle.isWorthTrying()).isFalse();
    }

    @Test
    void shouldNotTakeALostConnectionForAFailureWhenIdleHadGoneOn() {
        for (int i = 0; i < 10; i++) {
            idle.begin();
            now += Duration.ofMinutes(1).toNanos();
            assertThat(idle.lost()).isFalse();
        }
        assertThat(idle.isWorthTrying()).isTrue();
    }

    @Test
    void shouldForgetFailuresWhenIdleGoesOn() {
        fail(IdleUse.TRIES - 1);
        idle.begin();
        now += Duration.ofMinutes(1).toNanos();
        idle.ended();
        fail(IdleUse.TRIES - 1);
        assertThat(idle.isWorthTrying()).isTrue();
    }
}
