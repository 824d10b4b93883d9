package dev.vorrang.app.terminal;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import org.apache.avro.generic.IndexedRecord;

/**
 * Avro records as JSON that people and scripts read: no wrappers around union values, times as ISO 8601, bytes as Base64. One
 * line a record. Safe for use by many threads.
 */
public final class AvroJson {

    private static final ObjectMapper JSON = new ObjectMapper();

    private AvroJson() {}

    /** The record as one line, its fields in the order of its schema. */
    public static String line(IndexedRecord record) {
        var text = new StringWriter();
        try (var json = JSON.createGenerator(text)) {
            write(record, json);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory", e);
        }
        return text.toString();
    }

    private static void write(Object value, JsonGenerator json) throws IOException {
        if (value instanceof IndexedRecord record) {
            json.writeStartObject();
            for (var field : record.getSchema().getFields()) {
                json.writeFieldName(field.name());
                write(record.get(field.pos()), json);
            }
            json.writeEndObject();
        } else if (value instanceof Map<?, ?> map) {
            json.writeStartObject();
            for (var entry : map.entrySet()) {
                json.writeFieldName(entry.getKey().toString());
                write(entry.getValue(), json);
            }
            json.writeEndObject();
        } else if (value instanceof Collection<?> list) {
            json.writeStartArray();
            for (var element : list) {
                write(element, json);
            }
            json.writeEndArray();
        } else if (value instanceof ByteBuffer bytes) {
            var copy = new byte[bytes.remaining()];
            bytes.duplicate().get(copy);
            json.writeBinary(copy);
        } else if (value instanceof Instant || value instanceof Enum<?> || value instanceof CharSequence) {
            json.writeString(value.toString());
        } else {
            json.writePOJO(value);
        }
    }
}
