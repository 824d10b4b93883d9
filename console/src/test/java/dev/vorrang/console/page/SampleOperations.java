package dev.vorrang.console.page;

import dev.vorrang.console.desk.Replay;
import dev.vorrang.console.view.OperationsStore;
import dev.vorrang.console.view.OperationsView;
import dev.vorrang.console.view.OperationsView.DeadLetterView;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

/** A program at work, with a few records that it could not read. */
final class SampleOperations implements OperationsStore, Replay {

    private final Instant now;
    private final Set<Long> replayed = ConcurrentHashMap.newKeySet();

    SampleOperations(Instant now) {
        this.now = now;
    }

    @Override
    public OperationsView operations() {
        return new OperationsView(
                List.of(
                        new OperationsView.StreamView(
                                "mail",
                                IntStream.range(0, 60)
                                        .mapToObj(i -> 40L + (i * 37) % 23 + (i > 44 && i < 51 ? 190 : 0))
                                        .toList(),
                                Map.of("0.5", 84.0, "0.95", 310.0, "0.99", 720.0),
                                List.of(new OperationsView.ModelView(
                                        "mail-triage",
                                        "3",
                                        2881,
                                        Map.of("topic macro F1", "0.79", "urgency recall", "0.94"))),
                                Optional.of(0.084),
                                2,
                                Map.of(
                                        "topic", Map.of("billing", 14L, "technical", 9L, "outage", 2L),
                                        "urgency", Map.of("now", 3L, "none", 8L))),
                        new OperationsView.StreamView(
                                "machine",
                                IntStream.range(0, 60)
                                        .mapToObj(i -> 660L + (i * 13) % 7)
                                        .toList(),
                                Map.of("0.5", 12.0, "0.95", 41.0, "0.99", 66.0),
                                List.of(new OperationsView.ModelView(
                                        "machine-anomaly", "1", 39_600, Map.of("VUS-PR", "0.41"))),
                                Optional.empty(),
                                1,
                                Map.of())),
                List.of(
                        new OperationsView.Lag("vorrang-mail", "mail.received", 3),
                        new OperationsView.Lag("vorrang-machine", "machine.readings", 0)));
    }

    @Override
    public DeadLetterPage deadLetters(Optional<String> stream, Optional<String> after, int limit) {
        List<DeadLetterView> all = IntStream.range(0, 3)
                .mapToObj(this::letter)
                .filter(letter -> stream.isEmpty() || letter.stream().equals(stream.get()))
                .toList();
        return new DeadLetterPage(all.size(), all, Optional.empty());
    }

    private DeadLetterView letter(int i) {
        String stream = i == 2 ? "machine" : "mail";
        byte[] bytes = i == 0
                ? "{\"subject\": \"<img src=x onerror=alert(1)>\", \"text\": \"Grüße\", broken"
                        .getBytes(StandardCharsets.UTF_8)
                : new byte[] {0, 0, 0, 0, 9, (byte) 0xff, (byte) 0xd8, 0x10, 'J', 'F', 'I', 'F'};
        return new DeadLetterView(
                stream + ".dead-letters",
                0,
                i,
                stream,
                (i == 2 ? "machine.readings" : "mail.received") + "-0@" + (17 + i),
                i == 1 ? "MODEL" : "DECODE",
                "org.apache.kafka.common.errors.SerializationException",
                "value of " + bytes.length
                        + " bytes: allowed is Avro in Confluent's wire format, and there is no schema 9",
                now.minus(Duration.ofMinutes(12 + 30L * i)),
                Optional.of("thread-" + i),
                Optional.of(Base64.getEncoder().encodeToString(bytes)),
                bytes.length,
                replayed.contains((long) i));
    }

    @Override
    public Optional<DeadLetterView> deadLetter(String topic, int partition, long offset) {
        return deadLetters(Optional.empty(), Optional.empty(), 10).items().stream()
                .filter(letter -> letter.topic().equals(topic) && letter.offset() == offset)
                .findFirst();
    }

    @Override
    public boolean replay(String topic, int partition, long offset) {
        return deadLetter(topic, partition, offset).isPresent() && replayed.add(offset);
    }
}
