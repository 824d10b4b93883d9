package dev.vorrang.connectors.sink;

import dev.vorrang.connectors.avro.AvroToConnect;
import dev.vorrang.schemas.Action;
import dev.vorrang.schemas.Position;
import dev.vorrang.schemas.Priority;
import dev.vorrang.schemas.Reason;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.sink.SinkRecord;

/** Actions as tests need them. */
public final class TestActions {

    public static final String TOPIC = "actions.test";
    /** Breaks out of JSON, HTML, headers, topics and mark-up, calls everyone, and turns the direction of writing. */
    public static final String HOSTILE =
            "\"}],\"x\":1} <script>alert(1)</script> <!channel> @all\r\nBcc: eve@evil.example\r\n +/# \u0000\u202E {{id}} \\ *b* ü€😀";

    private static final AvroToConnect ACTIONS = new AvroToConnect(Action.getClassSchema());
    private static final Instant TIME = Instant.parse("2026-03-01T08:00:00Z");

    private TestActions() {}

    public static Action action(int number) {
        return action(number, "Server room is on fire " + number, Map.of("priority", "URGENT", "topic", "outage"));
    }

    public static Action action(int number, String title, Map<String, String> fields) {
        return builder(number).setTitle(title).setFields(new HashMap<>(fields)).build();
    }

    public static Action.Builder builder(int number) {
        return Action.newBuilder()
                .setId(id("action", number))
                .setName("page-night-shift")
                .setSink("test")
                .setStream("mail")
                .setRecord(id("record", number))
                .setSeverity(Priority.URGENT)
                .setTitle("Server room is on fire " + number)
                .setReasons(List.of(new Reason("topic", Map.of(), "topic is outage")))
                .setRecordKey("thread-" + number)
                .setTime(TIME)
                .setLink("imap://anna@mail.example.com/INBOX;UIDVALIDITY=1/;UID=" + number)
                .setFields(new HashMap<>(Map.of("priority", "URGENT")))
                .setPosition(new Position("mail.received", 0, (long) number))
                .setCreatedAt(TIME.plusSeconds(1));
    }

    public static String id(String of, int number) {
        return UUID.nameUUIDFromBytes((of + number).getBytes(StandardCharsets.UTF_8))
                .toString()
                .replace("-", "");
    }

    /** As Connect gives it to a sink. */
    public static SinkRecord record(Action action, int partition, long offset) {
        return new SinkRecord(
                TOPIC,
                partition,
                Schema.STRING_SCHEMA,
                action.getRecord(),
                ACTIONS.schema(),
                ACTIONS.value(action),
                offset,
                action.getCreatedAt().toEpochMilli(),
                TimestampType.CREATE_TIME,
                null,
                TOPIC,
                partition,
                offset);
    }
}
