package dev.vorrang.ingest.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class HandoverQueueTest {

    private static final Duration LONG = Duration.ofMinutes(2);

    private final HandoverQueue<String, IOException> queue = new HandoverQueue<>(10);

    @Test
    void shouldGiveElementsInTheirOrderAndNoMoreThanAsked() throws Exception {
        assertThat(queue.offer("a", 1)).isTrue();
        assertThat(queue.put("b", 1)).isTrue();
        queue.force("c", 1);

        assertThat(queue.take(2, LONG)).containsExactly("a", "b");
        assertThat(queue.take(2, LONG)).containsExactly("c");
        assertThat(queue.take(2, Duration.ZERO)).isEmpty();
    }

    @Test
    void shouldTakeOneElementOfAnyWeightAndNoneBeyondItsCapacity() throws Exception {
        assertThat(queue.offer("heavy", 1_000)).isTrue();
        assertThat(queue.offer("light", 1)).isFalse();
        queue.force("forced", 5);

        assertThat(queue.take(1, LONG)).containsExactly("heavy");
        assertThat(queue.offer("too heavy", 6)).isFalse();
        assertThat(queue.offer("fits", 5)).isTrue();
        assertThat(queue.take(9, LONG)).containsExactly("forced", "fits");
    }

    @Test
    void shouldMakeRoomByRemoving() throws Exception {
        queue.offer("a", 6);
        queue.offer("b", 4);
        queue.removeIf("a"::equals);

        assertThat(queue.offer("c", 6)).isTrue();
        assertThat(queue.take(9, LONG)).containsExactly("b", "c");
    }

    @Test
    void shouldLetAPutWaitForRoom() throws Exception {
        queue.put("a", 10);
        var writer = new CompletableFuture<Boolean>();
        var thread = start(writer, "b");
        await().atMost(LONG).until(() -> thread.getState() == Thread.State.WAITING);

        assertThat(queue.take(9, LONG)).containsExactly("a");
        assertThat(queue.take(9, LONG)).containsExactly("b");
        assertThat(writer.join()).isTrue();
    }

    @Test
    void shouldLetEverybodyGoWhenItIsClosed() throws Exception {
        queue.put("a", 10);
        var writer = new CompletableFuture<Boolean>();
        var thread = start(writer, "b");
        await().atMost(LONG).until(() -> thread.getState() == Thread.State.WAITING);
        queue.close();

        assertThat(writer.join()).isFalse();
        assertThat(queue.offer("c", 1_000)).isTrue();
        assertThat(queue.take(9, LONG)).isEmpty();
    }

    @Test
    void shouldTellWhyTheReaderGaveUpAfterAllElementsWereTaken() throws Exception {
        queue.put("a", 1);
        queue.fail(new IOException("refused"));

        assertThat(queue.take(9, LONG)).containsExactly("a");
        assertThatThrownBy(() -> queue.take(9, LONG))
                .isInstanceOf(IOException.class)
                .hasMessage("refused");
    }

    private Thread start(CompletableFuture<Boolean> result, String element) {
        var thread = new Thread(() -> {
            try {
                result.complete(queue.put(element, 1));
            } catch (InterruptedException e) {
                result.completeExceptionally(e);
            }
        });
        thread.setDaemon(true);
        thread.start();
        return thread;
    }
}
