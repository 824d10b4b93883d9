package dev.vorrang.console.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.vorrang.console.view.Change;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class ListenersTest {

    @Test
    void shouldTellASlowListenerToReloadAndHoldUpNobody() throws Exception {
        var free = new CountDownLatch(1);
        List<Change> slow = Collections.synchronizedList(new ArrayList<>());
        List<Change> quick = Collections.synchronizedList(new ArrayList<>());
        try (var listeners = new Listeners()) {
            listeners.add(change -> {
                awaitQuietly(free);
                slow.add(change);
            });
            listeners.add(quick::add);
            for (int i = 0; i < 5_000; i++) {
                var health = new Change.Health(true, i);
                listeners.tell(health);
                if (i % 1_000 == 999) {
                    await().until(() -> quick.contains(health));
                }
            }
            await().until(() -> quick.contains(new Change.Health(true, 4_999)));
            free.countDown();

            await().until(() -> slow.contains(new Change.Health(true, 4_999)));
            assertThat(slow).contains(new Change.Reload()).hasSizeLessThan(2_100);
            assertThat(quick).hasSize(5_000).doesNotContain(new Change.Reload());
        }
    }

    @Test
    void shouldGoOnAfterAListenerThatFails() throws Exception {
        List<Change> told = Collections.synchronizedList(new ArrayList<>());
        try (var listeners = new Listeners()) {
            listeners.add(change -> {
                told.add(change);
                throw new IllegalStateException("broken on purpose");
            });
            listeners.tell(new Change.Reload());
            listeners.tell(new Change.Reload());

            await().until(() -> told.size() == 2);
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
