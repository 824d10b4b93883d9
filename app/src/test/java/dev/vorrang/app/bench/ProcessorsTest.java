package dev.vorrang.app.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class ProcessorsTest {

    @Test
    void shouldReadListsAsTheSystemWritesThem() {
        assertThat(Processors.parse(" 0-3,8,10-11\n")).containsExactly(0, 1, 2, 3, 8, 10, 11);
        assertThat(Processors.parse("5")).containsExactly(5);
    }

    /** {@code taskset} gives up when a thread of its list has ended before its turn. */
    @Test
    void shouldConfineWhileThreadsEnd() throws InterruptedException {
        var stop = new AtomicBoolean();
        var churn = new Thread(() -> {
            while (!stop.get()) {
                var brief = new Thread(() -> {});
                brief.start();
                try {
                    brief.join();
                } catch (InterruptedException e) {
                    return;
                }
            }
        });
        churn.start();
        try (var processors = Processors.ofThisProcess()) {
            int count = processors.count();
            for (int i = 0; i < 50; i++) {
                processors.confine(processors.first(count));
            }
            assertThat(Processors.ofThisProcess().count()).isEqualTo(count);
        } finally {
            stop.set(true);
            churn.join();
        }
    }
}
