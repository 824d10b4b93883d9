package dev.vorrang.app.desk;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.vorrang.schemas.DeskEvent;
import dev.vorrang.schemas.DeskEventType;
import dev.vorrang.schemas.desk.DeskEvents;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Desk events in JSON, as programs send them: one object with the names of the record. */
final class DeskEventJson {

    private static final ObjectMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder().maxNestingDepth(10).build())
                    .build())
            .build();

    private static final Set<String> NAMES =
            Set.of("id", "record", "stream", "type", "who", "channel", "at", "comment", "corrections");

    private DeskEventJson() {}

    /**
     * Reads an event. Without {@code id} it gets a new one, without {@code channel} it is {@code api}, without {@code at} it is now.
     *
     * @throws IllegalArgumentException if it is not valid; the message names field, value and what is allowed
     */
    static DeskEvent read(byte[] body, Instant now) {
        JsonNode node = parse(body);
        List<String> unknown = new ArrayList<>();
        node.fieldNames().forEachRemaining(name -> {
            if (!NAMES.contains(name)) {
                unknown.add(name);
            }
        });
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException(String.join(", ", unknown) + ": there is no such field; allowed are "
                    + NAMES.stream().sorted().collect(Collectors.joining(", ")));
        }
        DeskEvent event = DeskEvent.newBuilder()
                .setId(text(node, "id", UUID.randomUUID().toString()))
                .setRecord(text(node, "record", ""))
                .setStream(text(node, "stream", ""))
                .setType(type(text(node, "type", "")))
                .setWho(text(node, "who", ""))
                .setChannel(text(node, "channel", "api"))
                .setAt(time(text(node, "at", now.toString())))
                .setComment(text(node, "comment", null))
                .setCorrections(corrections(node.path("corrections")))
                .build();
        DeskEvents.check(event);
        return event;
    }

    private static JsonNode parse(byte[] body) {
        try {
            JsonNode node = JSON.readTree(body);
            if (node == null || !node.isObject()) {
                throw new IllegalArgumentException("allowed is one JSON object");
            }
            return node;
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("no JSON: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new IllegalArgumentException("no JSON: " + e.getMessage(), e);
        }
    }

    private static String text(JsonNode node, String name, String absent) {
        JsonNode value = node.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return absent;
        }
        if (!value.isTextual()) {
            throw new IllegalArgumentException(name + ": allowed is text");
        }
        return value.textValue();
    }

    private static DeskEventType type(String name) {
        List<String> allowed = Stream.of(DeskEventType.values())
                .filter(type -> type != DeskEventType.UNKNOWN)
                .map(DeskEventType::name)
                .toList();
        if (!allowed.contains(name)) {
            throw new IllegalArgumentException("type '" + name + "': allowed is one of " + String.join(", ", allowed));
        }
        return DeskEventType.valueOf(name);
    }

    private static Instant time(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("at '" + text + "': allowed is a time such as 2026-01-31T08:00:00Z", e);
        }
    }

    private static Map<String, String> corrections(JsonNode node) {
        if (node.isMissingNode() || node.isNull()) {
            return Map.of();
        }
        if (!node.isObject()) {
            throw new IllegalArgumentException("corrections: allowed is an object of texts");
        }
        var corrections = new HashMap<String, String>();
        node.fieldNames().forEachRemaining(name -> corrections.put(name, text(node, name, "")));
        return corrections;
    }
}
