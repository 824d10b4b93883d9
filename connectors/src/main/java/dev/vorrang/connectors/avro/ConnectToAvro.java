package dev.vorrang.connectors.avro;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.JsonProperties;
import org.apache.avro.LogicalTypes;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.data.Timestamp;
import org.apache.kafka.connect.errors.DataException;

/**
 * Connect's structs as Avro: the way back of {@link AvroToConnect}, to the very schema that one began with. Structs need a name.
 * An instance converts values of one schema and is safe for use by many threads.
 */
public final class ConnectToAvro {

    private final Schema connect;
    private final Map<String, org.apache.avro.Schema> named = new HashMap<>();
    private final org.apache.avro.Schema avro;

    /**
     * @param connect schema of the values
     * @throws DataException if it uses a type that Avro does not have, or a struct without a name
     */
    public ConnectToAvro(Schema connect) {
        this.connect = connect;
        this.avro = schema(connect);
    }

    /** The Avro schema of the values. */
    public org.apache.avro.Schema schema() {
        return avro;
    }

    /** A value in the types of Avro's generic data. */
    public Object value(Object value) {
        return value(connect, avro, value);
    }

    private org.apache.avro.Schema schema(Schema schema) {
        var present = present(schema);
        if (!schema.isOptional()) {
            return present;
        }
        var none = SchemaBuilder.builder().nullType();
        return schema.defaultValue() == null
                ? org.apache.avro.Schema.createUnion(none, present)
                : org.apache.avro.Schema.createUnion(present, none);
    }

    private org.apache.avro.Schema present(Schema schema) {
        var builder = SchemaBuilder.builder();
        return switch (schema.type()) {
            case STRUCT -> record(schema);
            case STRING -> isEnum(schema) ? enumeration(schema) : builder.stringType();
            case ARRAY -> org.apache.avro.Schema.createArray(schema(schema.valueSchema()));
            case MAP -> map(schema);
            case BYTES -> builder.bytesType();
            case INT8, INT16, INT32 -> builder.intType();
            case INT64 ->
                Timestamp.LOGICAL_NAME.equals(schema.name())
                        ? LogicalTypes.timestampMillis().addToSchema(builder.longType())
                        : builder.longType();
            case FLOAT32 -> builder.floatType();
            case FLOAT64 -> builder.doubleType();
            case BOOLEAN -> builder.booleanType();
        };
    }

    private org.apache.avro.Schema map(Schema schema) {
        if (schema.keySchema().type() != Schema.Type.STRING) {
            throw new DataException("keys of a map are " + schema.keySchema().type() + ", allowed: STRING");
        }
        return org.apache.avro.Schema.createMap(schema(schema.valueSchema()));
    }

    private org.apache.avro.Schema record(Schema schema) {
        if (schema.name() == null) {
            throw new DataException("a struct without a name cannot be written as Avro");
        }
        var known = named.get(schema.name());
        if (known != null) {
            return known;
        }
        var record = org.apache.avro.Schema.createRecord(
                AvroNames.simpleName(schema.name()), parameter(schema, AvroNames.RECORD_DOC), namespace(schema), false);
        named.put(schema.name(), record);
        var fields = new ArrayList<org.apache.avro.Schema.Field>();
        for (var field : schema.fields()) {
            fields.add(field(field, parameter(schema, AvroNames.FIELD_DOC + field.name())));
        }
        record.setFields(fields);
        return record;
    }

    private org.apache.avro.Schema.Field field(Field field, String doc) {
        var type = schema(field.schema());
        var value = field.schema().defaultValue();
        if (value != null) {
            var present = field.schema().isOptional() ? type.getTypes().get(0) : type;
            return new org.apache.avro.Schema.Field(
                    field.name(), type, doc, plain(value(field.schema(), present, value)));
        }
        return field.schema().isOptional()
                ? new org.apache.avro.Schema.Field(field.name(), type, doc, JsonProperties.NULL_VALUE)
                : new org.apache.avro.Schema.Field(field.name(), type, doc);
    }

    /** Defaults are JSON in a schema. */
    private static Object plain(Object value) {
        return value instanceof GenericData.EnumSymbol symbol ? symbol.toString() : value;
    }

    private org.apache.avro.Schema enumeration(Schema schema) {
        var fullName = parameter(schema, AvroNames.ENUM);
        var known = named.get(fullName);
        if (known != null) {
            return known;
        }
        var simpleName = AvroNames.simpleName(fullName);
        var prefix = AvroNames.ENUM + ".";
        var symbols = schema.parameters().keySet().stream()
                .filter(name -> name.startsWith(prefix))
                .map(name -> name.substring(prefix.length()))
                .toList();
        var made = org.apache.avro.Schema.createEnum(
                fullName,
                parameter(schema, AvroNames.ENUM_DOC + simpleName),
                null,
                symbols,
                parameter(schema, AvroNames.ENUM_DEFAULT + simpleName));
        named.put(fullName, made);
        return made;
    }

    private static Object value(Schema schema, org.apache.avro.Schema type, Object value) {
        if (value == null) {
            return null;
        }
        var present = type.isUnion() ? present(type) : type;
        return switch (schema.type()) {
            case STRUCT -> {
                var record = new GenericData.Record(present);
                var struct = (Struct) value;
                for (var field : schema.fields()) {
                    var target = present.getField(field.name());
                    record.put(target.pos(), value(field.schema(), target.schema(), struct.get(field)));
                }
                yield record;
            }
            case ARRAY -> {
                var items = (List<?>) value;
                var list = new ArrayList<>(items.size());
                items.forEach(item -> list.add(value(schema.valueSchema(), present.getElementType(), item)));
                yield list;
            }
            case MAP -> {
                var map = new HashMap<String, Object>();
                ((Map<?, ?>) value)
                        .forEach((key, item) ->
                                map.put(key.toString(), value(schema.valueSchema(), present.getValueType(), item)));
                yield map;
            }
            case STRING -> isEnum(schema) ? new GenericData.EnumSymbol(present, value) : value;
            case BYTES -> value instanceof byte[] bytes ? ByteBuffer.wrap(bytes) : value;
            case INT8, INT16 -> ((Number) value).intValue();
            case INT64 -> value instanceof Date date ? (Object) date.getTime() : value;
            default -> value;
        };
    }

    private static org.apache.avro.Schema present(org.apache.avro.Schema union) {
        var first = union.getTypes().get(0);
        return first.getType() == org.apache.avro.Schema.Type.NULL
                ? union.getTypes().get(1)
                : first;
    }

    private static boolean isEnum(Schema schema) {
        return parameter(schema, AvroNames.ENUM) != null;
    }

    private static String parameter(Schema schema, String name) {
        return schema.parameters() == null ? null : schema.parameters().get(name);
    }

    private static String namespace(Schema schema) {
        int dot = schema.name().lastIndexOf('.');
        return dot < 0 ? null : schema.name().substring(0, dot);
    }
}
