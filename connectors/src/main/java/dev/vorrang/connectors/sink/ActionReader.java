package dev.vorrang.connectors.sink;

import dev.vorrang.schemas.Action;
import dev.vorrang.schemas.Position;
import dev.vorrang.schemas.Priority;
import dev.vorrang.schemas.Reason;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;

/**
 * Reads an {@link Action} from the struct that an Avro converter makes of it: this project's, or Confluent's, which has enums as
 * plain strings. Fields of later versions are ignored; missing ones have their defaults.
 */
final class ActionReader {

    private ActionReader() {}

    /** @throws DeliveryException if the value is no action */
    static Action read(Object value) throws DeliveryException {
        if (!(value instanceof Struct struct)) {
            throw DeliveryException.refused(
                    "the value is "
                            + (value == null ? "null" : "a " + value.getClass().getSimpleName())
                            + ", allowed: an action as a struct, as an Avro converter gives it",
                    null);
        }
        try {
            return action(struct);
        } catch (DataException | ClassCastException | IllegalArgumentException | NullPointerException e) {
            throw DeliveryException.refused("the value is no action: " + e.getMessage(), e);
        }
    }

    private static Action action(Struct struct) {
        return Action.newBuilder()
                .setId(struct.getString("id"))
                .setName(struct.getString("name"))
                .setSink(struct.getString("sink"))
                .setStream(struct.getString("stream"))
                .setRecord(struct.getString("record"))
                .setRecords(or(struct, "records", List.<String>of()))
                .setCount(or(struct, "count", 1))
                .setTitles(or(struct, "titles", List.<String>of()))
                .setSummary(or(struct, "summary", 0))
                .setStep(or(struct, "step", 0))
                .setSeverity(Priority.valueOf(struct.getString("severity")))
                .setTitle(struct.getString("title"))
                .setReasons(or(struct, "reasons", List.<Struct>of()).stream()
                        .map(ActionReader::reason)
                        .toList())
                .setRecordKey(struct.getString("recordKey"))
                .setTime(time(struct.get("time")))
                .setLink(struct.getString("link"))
                .setFields(or(struct, "fields", Map.<String, String>of()))
                .setAcknowledge(or(struct, "acknowledge", null))
                .setTest(or(struct, "test", false))
                .setPosition(position(struct.getStruct("position")))
                .setCreatedAt(time(struct.get("createdAt")))
                .build();
    }

    private static Reason reason(Struct struct) {
        return new Reason(
                struct.getString("code"), or(struct, "parameters", Map.<String, String>of()), struct.getString("text"));
    }

    private static Position position(Struct struct) {
        return new Position(struct.getString("topic"), struct.getInt32("partition"), struct.getInt64("offset"));
    }

    @SuppressWarnings("unchecked")
    private static <T> T or(Struct struct, String field, T missing) {
        var value = struct.schema().field(field) == null ? null : struct.get(field);
        return value == null ? missing : (T) value;
    }

    private static Instant time(Object value) {
        return value instanceof Date date ? date.toInstant() : Instant.ofEpochMilli((Long) value);
    }
}
