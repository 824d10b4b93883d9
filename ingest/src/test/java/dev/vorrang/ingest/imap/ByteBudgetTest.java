package dev.vorrang.ingest.imap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class ByteBudgetTest {

    private static final long KIB = 1024;

    @Test
    void shouldLetWaitWhoAsksForMoreThanIsFree() throws Exception {
        var budget = new ByteBudget(100 * KIB);
        var first = budget.take(60 * KIB);
        var isIn = new AtomicBoolean();
        var waiting = new Thread(() -> {
            try {
                var second = budget.take(60 * KIB);
                isIn.set(true);
                second.release();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        waiting.start();
        await().atMost(Duration.ofMinutes(2)).until(() -> waiting.getState() == Thread.State.WAITING);
        assertThat(isIn).isFalse();

        first.release();
        first.release();
        waiting.join();
        assertThat(isIn).isTrue();
        assertThat(budget.free()).isEqualTo(100 * KIB);
    }

    @Test
    void shouldGiveAllThereIsToWhoAsksForMore() throws Exception {
        var budget = new ByteBudget(100 * KIB);
        try (var lease = budget.take(10 * KIB)) {
            assertThat(budget.free()).isEqualTo(90 * KIB);
            lease.resize(5L << 30);
            assertThat(budget.free()).isZero();
        }
        assertThat(budget.free()).isEqualTo(100 * KIB);
    }
}
