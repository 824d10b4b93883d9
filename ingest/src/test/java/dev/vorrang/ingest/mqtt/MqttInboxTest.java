package dev.vorrang.ingest.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class MqttInboxTest {

    private final MqttInbox inbox = new MqttInbox(10);

    private static MqttMessage message(String topic) {
        return new MqttMessage(topic, new byte[0], false, true, Instant.EPOCH, () -> {});
    }

    private List<String> taken() throws Exception {
        return inbox.take(100, Duration.ZERO).stream()
                .map(event -> ((MqttEvent.Received) event).message().topic())
                .toList();
    }

    /** The client hands on what it has buffered even after its connection has ended. */
    @Test
    void shouldKeepTheOrderWhenMessagesOfAnEarlierConnectionComeLate() throws Exception {
        var first = new Object();
        var second = new Object();
        inbox.connected(first, true);
        inbox.add(first, message("1"));
        assertThat(taken()).containsExactly("1");
        inbox.add(first, message("2"));
        inbox.connected(second, true);
        inbox.add(second, message("1"));
        inbox.add(first, message("3"));
        inbox.add(second, message("2"));
        inbox.add(second, message("3"));

        assertThat(taken()).containsExactly("1", "2", "3");
    }

    /** Acknowledged messages are bounded by what the broker sends ahead; of the others those beyond the capacity are dropped. */
    @Test
    void shouldDropUnacknowledgedMessagesBeyondItsCapacityAndTellSoOnce() throws Exception {
        var connection = new Object();
        inbox.connected(connection, false);
        for (int i = 0; i < 15; i++) {
            inbox.add(connection, new MqttMessage("" + i, new byte[0], false, false, Instant.EPOCH, () -> {}));
        }
        inbox.add(connection, message("kept"));

        var events = inbox.take(100, Duration.ZERO);
        assertThat(events).hasSize(12);
        assertThat(events.get(10)).isInstanceOf(MqttEvent.Overflowed.class);
        assertThat(((MqttEvent.Received) events.get(11)).message().topic()).isEqualTo("kept");
    }

    @Test
    void shouldEndTheConnectionWhoseMessagesCannotBeTaken() {
        var ended = new CompletableFuture<Throwable>();
        var receiver = MqttLink.<String>endingOnFailure(ended, message -> {
            throw new OutOfMemoryError("injected");
        });

        assertThatThrownBy(() -> receiver.accept("any")).isInstanceOf(OutOfMemoryError.class);
        assertThat(ended).isCompletedWithValueMatching(OutOfMemoryError.class::isInstance);
    }
}
