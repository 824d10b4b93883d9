package dev.vorrang.ingest.reading;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One JSON document (RFC 8259, UTF-8) that is one reading. Of its values numbers are taken as they are, true and false as 1 and 0,
 * null as missing. Documents with a key twice, deeper than 32 or longer than 4 MiB are refused.
 */
public final class JsonReadings implements PayloadDecoder {

    private static final int LONGEST = 4 * 1024 * 1024;
    private static final int DEEPEST = 32;
    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST)
                            .maxNumberLength(Numbers.LONGEST)
                            .maxStringLength(LONGEST)
                            .maxNameLength(10_000)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final Fields fields;

    /**
     * Where things stand in a document, as JSON pointers (RFC 6901).
     *
     * @param machine name of the machine; empty: the origin tells it
     * @param time number or text, see the reference; empty: the time of receipt
     * @param values an object with a number for each sensor, or, where the origin tells the sensor, its number. The whole
     *     document, if this is the empty pointer: what is no number, true, false or null in it is no sensor then
     * @param zone of times without an offset
     */
    public record Fields(Optional<JsonPointer> machine, Optional<JsonPointer> time, JsonPointer values, ZoneId zone) {

        /** @throws IllegalArgumentException if one is no JSON pointer, such as {@code /device} */
        public static Fields of(Optional<String> machine, Optional<String> time, String values) {
            return new Fields(
                    machine.map(JsonPointer::compile),
                    time.map(JsonPointer::compile),
                    JsonPointer.compile(values),
                    ZoneOffset.UTC);
        }
    }

    public JsonReadings(Fields fields) {
        this.fields = fields;
    }

    @Override
    public List<Decoded> decode(byte[] payload, Origin origin) {
        try {
            JsonNode document = parse(payload);
            return List.of(new Decoded.Accepted(ReadingFactory.reading(
                    machine(document), time(document), values(document, origin), payload, origin)));
        } catch (BadPayloadException e) {
            return List.of(e.refused(origin.source(), payload));
        }
    }

    static JsonNode parse(byte[] payload) throws BadPayloadException {
        String text = Text.of(payload, LONGEST);
        try {
            JsonNode document = JSON.readTree(text);
            if (document.isMissingNode()) {
                throw new BadPayloadException("payload: is empty, allowed is one JSON document");
            }
            return document;
        } catch (JsonProcessingException e) {
            String complaint = e.getOriginalMessage().lines().findFirst().orElse("");
            throw new BadPayloadException("payload: is no valid JSON: " + BadPayloadException.shown(complaint));
        }
    }

    private Optional<String> machine(JsonNode document) throws BadPayloadException {
        if (fields.machine().isEmpty()) {
            return Optional.empty();
        }
        JsonNode machine = document.at(fields.machine().get());
        if (!machine.isTextual() && !machine.isIntegralNumber()) {
            throw new BadPayloadException(
                    fields.machine().get() + " " + shown(machine) + ": allowed is the machine's name or number");
        }
        return Optional.of(machine.asText());
    }

    private Optional<Instant> time(JsonNode document) throws BadPayloadException {
        if (fields.time().isEmpty()) {
            return Optional.empty();
        }
        JsonNode time = document.at(fields.time().get());
        if (time.isNumber()) {
            return Optional.of(ReadingTime.of(time.doubleValue()));
        }
        if (time.isTextual()) {
            return Optional.of(ReadingTime.of(time.textValue(), fields.zone()));
        }
        throw new BadPayloadException(
                fields.time().get() + " " + shown(time) + ": allowed are ISO 8601 and numbers since 1970");
    }

    private Map<String, Double> values(JsonNode document, Origin origin) throws BadPayloadException {
        JsonNode object = document.at(fields.values());
        if (origin.sensor().isPresent() && !object.isObject()) {
            return values(Map.of(origin.sensor().get(), object).entrySet(), false);
        }
        if (!object.isObject()) {
            throw new BadPayloadException(
                    "'" + fields.values() + "' " + shown(object) + ": allowed is an object of numbers");
        }
        boolean whole = fields.values().matches();
        Map<String, Double> values = values(object.properties(), whole);
        if (whole) {
            fields.machine().map(JsonPointer::getMatchingProperty).ifPresent(values::remove);
            fields.time().map(JsonPointer::getMatchingProperty).ifPresent(values::remove);
        }
        return values;
    }

    private static Map<String, Double> values(Set<Map.Entry<String, JsonNode>> members, boolean skipOthers)
            throws BadPayloadException {
        var values = new HashMap<String, Double>();
        for (Map.Entry<String, JsonNode> member : members) {
            JsonNode value = member.getValue();
            if (value.isNumber()) {
                values.put(member.getKey(), value.doubleValue());
            } else if (value.isBoolean()) {
                values.put(member.getKey(), value.booleanValue() ? 1.0 : 0.0);
            } else if (value.isNull()) {
                values.put(member.getKey(), null);
            } else if (!skipOthers) {
                throw new BadPayloadException("value of " + BadPayloadException.shown(member.getKey()) + " "
                        + shown(value) + ": allowed are a number, true, false and null");
            }
        }
        return values;
    }

    private static String shown(JsonNode node) {
        return node.isMissingNode() ? "is missing" : "'" + BadPayloadException.shown(node.toString()) + "'";
    }
}
