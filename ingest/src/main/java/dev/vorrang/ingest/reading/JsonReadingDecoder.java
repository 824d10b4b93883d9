package dev.vorrang.ingest.reading;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One JSON document (RFC 8259, UTF-8) that is a reading, or an array of readings. Of its values numbers are taken as they are, also
 * in quotes, true and false as 1 and 0, null as missing; a sensor whose value is anything else is missing, which a flag tells. A bad
 * reading of an array is refused alone. Documents with a key twice, deeper than 32 or longer than 4 MiB are refused.
 */
public final class JsonReadingDecoder implements PayloadDecoder {

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
    private final SensorNotes notes;
    private final LocalTimes live = LocalTimes.live();

    /**
     * Where things stand in a document, as JSON pointers (RFC 6901). In an array of readings they are looked up in each reading
     * and, for machine and time, where it has none, in the document around it.
     *
     * @param readings an array of readings; the whole document, if this is the empty pointer
     * @param machine name of the machine; empty: the origin tells it
     * @param time number or text, see the reference; empty: the time of receipt
     * @param values an object with a number for each sensor, or, where the origin tells the sensor, its number. The whole
     *     document, if this is the empty pointer: what is no number, true, false or null in it is no sensor then
     * @param zone of times without an offset
     * @param target what documents become; its fields stand where the values do
     */
    public record Fields(
            JsonPointer readings,
            Optional<JsonPointer> machine,
            Optional<JsonPointer> time,
            JsonPointer values,
            ZoneId zone,
            RowTarget target) {

        /** Documents are readings. */
        public Fields(
                JsonPointer readings,
                Optional<JsonPointer> machine,
                Optional<JsonPointer> time,
                JsonPointer values,
                ZoneId zone) {
            this(readings, machine, time, values, zone, RowTarget.READINGS);
        }

        /** @throws IllegalArgumentException if one is no JSON pointer, such as {@code /device} */
        public static Fields of(Optional<String> machine, Optional<String> time, String values) {
            return new Fields(
                    JsonPointer.empty(),
                    machine.map(JsonPointer::compile),
                    time.map(JsonPointer::compile),
                    JsonPointer.compile(values),
                    ZoneOffset.UTC);
        }
    }

    public JsonReadingDecoder(Fields fields) {
        this.fields = fields;
        this.notes = fields.target().notes();
    }

    /** Whether the instant of a document may depend on those before it. */
    public boolean needsDocumentsBefore() {
        return fields.time().isPresent() && !fields.zone().getRules().isFixedOffset();
    }

    @Override
    public List<Decoded> decode(byte[] payload, Origin origin) {
        return decode(payload, origin, live);
    }

    /** @param times of the document's source */
    public List<Decoded> decode(byte[] payload, Origin origin, LocalTimes times) {
        try {
            JsonNode document = parse(payload);
            JsonNode readings = document.at(fields.readings());
            if (!readings.isArray()) {
                if (!fields.readings().matches()) {
                    throw new BadPayloadException(
                            "'" + fields.readings() + "' " + shown(readings) + ": allowed is an array of readings");
                }
                return List.of(decoded(document, document, payload, origin, times));
            }
            if (readings.isEmpty()) {
                throw new BadPayloadException("'" + fields.readings() + "' is an empty array: allowed are readings");
            }
            return array(document, readings, origin, times);
        } catch (BadPayloadException e) {
            return List.of(e.refused(origin.source(), payload));
        }
    }

    private List<Decoded> array(JsonNode document, JsonNode readings, Origin origin, LocalTimes times) {
        var decoded = new ArrayList<Decoded>();
        for (int index = 0; index < readings.size(); index++) {
            String source =
                    origin.source() + (origin.source().contains("#") ? "" : "#") + fields.readings() + "/" + index;
            var place = new Origin(source, origin.machine(), origin.sensor(), origin.receivedAt());
            byte[] bytes = readings.get(index).toString().getBytes(StandardCharsets.UTF_8);
            try {
                decoded.add(decoded(readings.get(index), document, bytes, place, times));
            } catch (BadPayloadException e) {
                decoded.add(new BadPayloadException("reading " + index + " of the array: " + e.getMessage())
                        .refused(source, bytes));
            }
        }
        return decoded;
    }

    /** @param around has what the reading does not have itself */
    private Decoded decoded(JsonNode reading, JsonNode around, byte[] payload, Origin origin, LocalTimes times)
            throws BadPayloadException {
        if (reading.isArray()) {
            throw new BadPayloadException("reading '" + BadPayloadException.shown(reading.toString())
                    + "': allowed is an object, or one array of objects");
        }
        Optional<String> machine = machine(reading, around);
        var values = new SensorValues(notes, origin.source());
        Optional<Instant> time =
                time(reading, around, machine.or(origin::machine).orElse(""), values, origin, times);
        collect(reading, origin, values);
        return fields.target().of(new Row(machine, time, values, texts(reading, around), payload, origin));
    }

    private Map<String, String> texts(JsonNode reading, JsonNode around) {
        if (fields.target().texts().isEmpty()) {
            return Map.of();
        }
        var texts = new HashMap<String, String>();
        for (String name : fields.target().texts()) {
            JsonNode own = reading.at(fields.values()).path(name);
            JsonNode text = own.isMissingNode() ? around.path(name) : own;
            if (text.isValueNode() && !text.isNull() && !text.asText().isBlank()) {
                texts.put(name, text.asText().strip());
            }
        }
        return texts;
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

    private static JsonNode at(JsonPointer pointer, JsonNode reading, JsonNode around) {
        JsonNode found = reading.at(pointer);
        return found.isMissingNode() ? around.at(pointer) : found;
    }

    private Optional<String> machine(JsonNode reading, JsonNode around) throws BadPayloadException {
        if (fields.machine().isEmpty()) {
            return Optional.empty();
        }
        JsonNode machine = at(fields.machine().get(), reading, around);
        if (!machine.isTextual() && !machine.isIntegralNumber()) {
            throw new BadPayloadException(
                    fields.machine().get() + " " + shown(machine) + ": allowed is the machine's name or number");
        }
        return Optional.of(machine.asText());
    }

    private Optional<Instant> time(
            JsonNode reading, JsonNode around, String machine, SensorValues values, Origin origin, LocalTimes times)
            throws BadPayloadException {
        if (fields.time().isEmpty()) {
            return Optional.empty();
        }
        JsonNode time = at(fields.time().get(), reading, around);
        if (!time.isNumber() && !time.isTextual()) {
            throw new BadPayloadException(
                    fields.time().get() + " " + shown(time) + ": allowed are ISO 8601 and numbers since 1970");
        }
        ReadingTime.Written written = time.isNumber()
                ? ReadingTime.Written.of(ReadingTime.of(time.doubleValue()))
                : ReadingTime.written(time.textValue());
        LocalTimes.Resolved resolved = times.resolve(written, fields.zone(), machine, origin.receivedAt());
        resolved.flag().ifPresent(values::flag);
        return Optional.of(resolved.instant());
    }

    private void collect(JsonNode reading, Origin origin, SensorValues values) throws BadPayloadException {
        JsonNode object = reading.at(fields.values());
        if (origin.sensor().isPresent() && !object.isObject()) {
            put(origin.sensor().get(), object, values);
            return;
        }
        if (!object.isObject()) {
            throw new BadPayloadException(
                    "'" + fields.values() + "' " + shown(object) + ": allowed is an object of numbers");
        }
        boolean whole = fields.values().matches();
        for (Map.Entry<String, JsonNode> member : object.properties()) {
            boolean taken = fields.target().numbers().isEmpty()
                    ? !whole || !isElsewhere(member.getKey())
                    : fields.target().numbers().contains(member.getKey());
            if (taken) {
                put(member.getKey(), member.getValue(), values);
            }
        }
    }

    /** Whether a member of the whole document is the machine or the time, or holds them. */
    private boolean isElsewhere(String member) {
        return Stream.of(fields.machine().stream(), fields.time().stream())
                .flatMap(each -> each)
                .anyMatch(pointer -> member.equals(pointer.getMatchingProperty()));
    }

    private static void put(String sensor, JsonNode value, SensorValues values) {
        String shown = value.isTextual() ? value.textValue() : value.isMissingNode() ? "" : value.toString();
        values.put(sensor, field(value), shown);
    }

    private static FieldValue field(JsonNode value) {
        if (value.isNull()) {
            return new FieldValue.None();
        }
        if (value.isNumber() && Double.isFinite(value.doubleValue())) {
            return new FieldValue.Number(value.doubleValue(), Optional.empty());
        }
        if (value.isBoolean()) {
            return new FieldValue.Number(value.booleanValue() ? 1 : 0, Optional.empty());
        }
        return value.isTextual() ? Numbers.of(value.textValue(), NumberFormat.PLAIN) : new FieldValue.Other();
    }

    private static String shown(JsonNode node) {
        return node.isMissingNode() ? "is missing" : "'" + BadPayloadException.shown(node.toString()) + "'";
    }
}
