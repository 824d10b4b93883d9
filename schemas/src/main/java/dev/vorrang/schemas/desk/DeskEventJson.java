package dev.vorrang.schemas.desk;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.vorrang.schemas.DeskEvent;
import dev.vorrang.schemas.DeskEventType;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Desk events in JSON, as programs and devices send them: one object with the names of the record. */
public final class DeskEventJson {

    private static final ObjectMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder().maxNestingDepth(10).build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private static final String LINK = "acknowledge";

    private static final Set<String> NAMES =
            Set.of("id", "record", "stream", "type", "who", "channel", "at", "comment", "corrections");

    private DeskEventJson() {}

    /** What an event has where its JSON says nothing; empty texts where it has to. */
    public record Absent(String id, String type, String who, String channel, Instant at) {}

    /**
     * Reads an event.
     *
     * @throws IllegalArgumentException if it is not valid; the message names field, value and what is allowed
     */
    public static DeskEvent read(byte[] body, Absent absent) {
        JsonNode node = parse(body);
        checkNames(node, NAMES);
        DeskEvent event = DeskEvent.newBuilder()
                .setId(text(node, "id", absent.id()))
                .setRecord(text(node, "record", ""))
                .setStream(text(node, "stream", ""))
                .setType(type(text(node, "type", absent.type())))
                .setWho(text(node, "who", absent.who()))
                .setChannel(text(node, "channel", absent.channel()))
                .setAt(time(text(node, "at", absent.at().toString())))
                .setComment(text(node, "comment", null))
                .setCorrections(corrections(node.path("corrections")))
                .build();
        DeskEvents.check(event);
        return event;
    }

    /**
     * Reads what sends back the link of an action: {@code {"acknowledge": "https://…", "who": "anna"}}.
     *
     * @return empty if there is no {@code acknowledge}
     * @throws IllegalArgumentException if it is no JSON object, if there is something else beside it, or if the link was changed, has
     *     expired or is none
     */
    public static Optional<DeskEvent> signed(byte[] body, AcknowledgeLink links, String channel, Instant now) {
        JsonNode node = parse(body);
        if (!node.has(LINK)) {
            return Optional.empty();
        }
        checkNames(node, Set.of(LINK, "who"));
        String link = text(node, LINK, "");
        return Optional.of(links.read(link.substring(link.indexOf('?') + 1))
                .orElseThrow(() ->
                        new IllegalArgumentException(LINK + ": allowed is the link of an action that has not expired"))
                .acknowledged(text(node, "who", ""), channel, now));
    }

    private static void checkNames(JsonNode node, Set<String> allowed) {
        List<String> unknown = new ArrayList<>();
        node.fieldNames().forEachRemaining(name -> {
            if (!allowed.contains(name)) {
                unknown.add(name);
            }
        });
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException(String.join(", ", unknown) + ": there is no such field; allowed are "
                    + allowed.stream().sorted().collect(Collectors.joining(", ")));
        }
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
