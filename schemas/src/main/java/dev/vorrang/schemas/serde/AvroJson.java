package dev.vorrang.schemas.serde;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericFixed;
import org.apache.avro.generic.IndexedRecord;

/**
 * Writes records as plain JSON: unions without tags, bytes in Base64, timestamps in ISO 8601 (UTC), NaN and infinities as null.
 * Unlike Avro's JSON encoding it is not meant to be decoded as Avro. Thread-safe.
 */
public final class AvroJson {

    private static final JsonFactory JSON = new JsonFactory();

    private AvroJson() {}

    /** A record as one line of JSON, without a line feed. */
    public static String line(IndexedRecord datum) {
        var text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            write(json, datum.getSchema(), datum);
        } catch (IOException e) {
            throw new UncheckedIOException("a StringWriter does not fail", e);
        }
        return text.toString();
    }

    private static void write(JsonGenerator json, Schema schema, Object datum) throws IOException {
        if (datum instanceof IndexedRecord value) {
            json.writeStartObject();
            for (Schema.Field field : value.getSchema().getFields()) {
                json.writeFieldName(field.name());
                write(json, field.schema(), value.get(field.pos()));
            }
            json.writeEndObject();
        } else if (datum instanceof List<?> values) {
            Schema items = branch(schema, Schema.Type.ARRAY).getElementType();
            json.writeStartArray();
            for (Object value : values) {
                write(json, items, value);
            }
            json.writeEndArray();
        } else if (datum instanceof Map<?, ?> values) {
            Schema items = branch(schema, Schema.Type.MAP).getValueType();
            json.writeStartObject();
            for (Map.Entry<?, ?> entry : values.entrySet()) {
                json.writeFieldName(entry.getKey().toString());
                write(json, items, entry.getValue());
            }
            json.writeEndObject();
        } else {
            writeScalar(json, schema, datum);
        }
    }

    private static void writeScalar(JsonGenerator json, Schema schema, Object datum) throws IOException {
        if (datum == null) {
            json.writeNull();
        } else if (datum instanceof Boolean value) {
            json.writeBoolean(value);
        } else if (datum instanceof Integer value) {
            json.writeNumber(value);
        } else if (datum instanceof Long value) {
            writeLong(json, schema, value);
        } else if (datum instanceof Float value) {
            if (Float.isFinite(value)) {
                json.writeNumber(value);
            } else {
                json.writeNull();
            }
        } else if (datum instanceof Double value) {
            if (Double.isFinite(value)) {
                json.writeNumber(value);
            } else {
                json.writeNull();
            }
        } else if (datum instanceof ByteBuffer value) {
            json.writeString(Base64.getEncoder().encodeToString(bytes(value)));
        } else if (datum instanceof GenericFixed value) {
            json.writeString(Base64.getEncoder().encodeToString(value.bytes()));
        } else {
            // Text, enum symbols, Instants.
            json.writeString(datum.toString());
        }
    }

    /** Generic records contain timestamps as milliseconds. */
    private static void writeLong(JsonGenerator json, Schema schema, long value) throws IOException {
        var logicalType = branch(schema, Schema.Type.LONG).getLogicalType();
        if (logicalType != null && logicalType.getName().equals("timestamp-millis")) {
            json.writeString(Instant.ofEpochMilli(value).toString());
        } else {
            json.writeNumber(value);
        }
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }

    /** The branch of a union with this type, or the schema itself if it is no union. */
    private static Schema branch(Schema schema, Schema.Type type) {
        if (schema.getType() != Schema.Type.UNION) {
            return schema;
        }
        return schema.getTypes().stream()
                .filter(each -> each.getType() == type)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no " + type + " in " + schema));
    }
}
