package dev.vorrang.connectors.avro;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.JsonProperties;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.data.Timestamp;
import org.apache.kafka.connect.errors.DataException;

/**
 * Avro as Connect has it: records as structs under their full names, enums as strings that know their symbols,
 * {@code timestamp-millis} as {@link Timestamp}, a union of null and one other type as optional. Docs and defaults stay.
 * {@link ConnectToAvro} is the way back, to the very same schema. Other unions, fixed and recursive types are refused. An
 * instance converts values of one schema and is safe for use by many threads.
 */
public final class AvroToConnect {

    private final Schema avro;
    private final Map<Schema, org.apache.kafka.connect.data.Schema> schemas = new HashMap<>();
    private final org.apache.kafka.connect.data.Schema connect;

    /**
     * @param avro schema of the values
     * @throws DataException if it uses a type that is not taken
     */
    public AvroToConnect(Schema avro) {
        this.avro = avro;
        this.connect = schema(avro, null);
    }

    /** The Connect schema of the values. */
    public org.apache.kafka.connect.data.Schema schema() {
        return connect;
    }

    /**
     * A value in Connect's types.
     *
     * @param value generic or specific, of the schema, or null where the schema allows that
     */
    public Object value(Object value) {
        return value(avro, connect, value);
    }

    private org.apache.kafka.connect.data.Schema schema(Schema type, Schema.Field field) {
        if (type.isUnion()) {
            return builder(present(type), field).optional().build();
        }
        // One instance for each record: Connect compares schemas by all they contain unless they are the same.
        if (type.getType() == Schema.Type.RECORD && (field == null || !field.hasDefaultValue())) {
            var known = schemas.get(type);
            if (known == null) {
                known = builder(type, field).build();
                schemas.put(type, known);
            }
            return known;
        }
        var builder = builder(type, field);
        if (field != null && field.hasDefaultValue()) {
            builder.parameter(AvroNames.FIELD_DEFAULT, "true").defaultValue(defaultOf(type, builder, field));
        }
        return builder.build();
    }

    private SchemaBuilder builder(Schema type, Schema.Field field) {
        return switch (type.getType()) {
            case RECORD -> struct(type);
            case ENUM -> enumeration(type);
            case ARRAY -> SchemaBuilder.array(schema(type.getElementType(), null));
            case MAP ->
                SchemaBuilder.map(
                        org.apache.kafka.connect.data.Schema.STRING_SCHEMA, schema(type.getValueType(), null));
            case STRING -> SchemaBuilder.string();
            case BYTES -> SchemaBuilder.bytes();
            case INT -> SchemaBuilder.int32();
            case LONG -> isTimestamp(type) ? Timestamp.builder() : SchemaBuilder.int64();
            case FLOAT -> SchemaBuilder.float32();
            case DOUBLE -> SchemaBuilder.float64();
            case BOOLEAN -> SchemaBuilder.bool();
            case UNION, FIXED, NULL ->
                throw new DataException("type " + type + (field == null ? "" : " of field " + field.name())
                        + " is not taken; allowed are all"
                        + " but fixed, null, and unions other than of null and one type");
        };
    }

    private SchemaBuilder struct(Schema type) {
        var builder = SchemaBuilder.struct().name(type.getFullName());
        if (type.getDoc() != null) {
            builder.parameter(AvroNames.RECORD_DOC, type.getDoc());
        }
        for (var field : type.getFields()) {
            builder.field(field.name(), schema(field.schema(), field));
            if (field.doc() != null) {
                builder.parameter(AvroNames.FIELD_DOC + field.name(), field.doc());
            }
        }
        return builder;
    }

    private static SchemaBuilder enumeration(Schema type) {
        var builder = SchemaBuilder.string().name(type.getFullName()).parameter(AvroNames.ENUM, type.getFullName());
        type.getEnumSymbols().forEach(symbol -> builder.parameter(AvroNames.ENUM + "." + symbol, symbol));
        if (type.getDoc() != null) {
            builder.parameter(AvroNames.ENUM_DOC + type.getName(), type.getDoc());
        }
        if (type.getEnumDefault() != null) {
            builder.parameter(AvroNames.ENUM_DEFAULT + type.getName(), type.getEnumDefault());
        }
        return builder;
    }

    private static Object defaultOf(Schema type, SchemaBuilder builder, Schema.Field field) {
        Object value = org.apache.avro.generic.GenericData.get().getDefaultValue(field);
        if (value == null || value == JsonProperties.NULL_VALUE || type.getType() == Schema.Type.RECORD) {
            throw new DataException("default " + value + " of field " + field.name() + " is not taken");
        }
        return value(type, builder, value);
    }

    private static Object value(Schema type, org.apache.kafka.connect.data.Schema schema, Object value) {
        if (value == null) {
            return null;
        }
        var present = type.isUnion() ? present(type) : type;
        return switch (present.getType()) {
            case RECORD -> struct(present, schema, (IndexedRecord) value);
            case ARRAY -> {
                var items = (List<?>) value;
                var list = new ArrayList<>(items.size());
                items.forEach(item -> list.add(value(present.getElementType(), schema.valueSchema(), item)));
                yield list;
            }
            case MAP -> {
                var map = new LinkedHashMap<String, Object>();
                ((Map<?, ?>) value)
                        .forEach((key, item) ->
                                map.put(key.toString(), value(present.getValueType(), schema.valueSchema(), item)));
                yield map;
            }
            case STRING, ENUM -> value.toString();
            case BYTES -> ((ByteBuffer) value).duplicate();
            case LONG -> isTimestamp(present) ? time(value) : value;
            default -> value;
        };
    }

    private static Struct struct(Schema type, org.apache.kafka.connect.data.Schema schema, IndexedRecord record) {
        var struct = new Struct(schema);
        for (var field : type.getFields()) {
            var connectField = schema.field(field.name());
            struct.put(connectField, value(field.schema(), connectField.schema(), record.get(field.pos())));
        }
        return struct;
    }

    /** Specific records hold times as instants, generic ones as milliseconds. */
    private static Date time(Object value) {
        return value instanceof Instant instant ? Date.from(instant) : new Date((Long) value);
    }

    private static boolean isTimestamp(Schema type) {
        return type.getLogicalType() instanceof LogicalTypes.TimestampMillis;
    }

    /** What a union holds beside null. */
    private static Schema present(Schema union) {
        var types = union.getTypes();
        if (types.size() == 2 && types.get(0).getType() == Schema.Type.NULL) {
            return types.get(1);
        }
        throw new DataException("union " + union + " is not taken; allowed is null and one other type, in this order");
    }
}
