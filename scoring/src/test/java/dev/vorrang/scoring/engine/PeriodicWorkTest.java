package dev.vorrang.scoring.engine;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PeriodicWorkTest {

    @Test
    void shouldGoOnAfterErrors() {
        var runs = new AtomicInteger();
        var millisecond = Duration.ofMillis(1);
        try (var work = PeriodicWork.start("periodic", millisecond, millisecond, () -> {
            if (runs.incrementAndGet() < 3) {
                throw new StackOverflowError("injected");
            }
        })) {
            await().atMost(Duration.ofMinutes(2)).until(() -> work != null && runs.get() > 3);
        }
    }
}
