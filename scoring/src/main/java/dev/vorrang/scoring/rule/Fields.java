package dev.vorrang.scoring.rule;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Maps;
import com.google.protobuf.Timestamp;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.StructType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What a condition may ask of a value: of each field its name, its type, how it is read, and what it is in words. A field is read when
 * a condition asks for it, and none may be null. Immutable and thread-safe.
 *
 * @param <T> type of the value
 */
public final class Fields<T> {

    private static final CelType TEXTS = ListType.create(SimpleType.STRING);
    private static final CelType NUMBERS = MapType.create(SimpleType.STRING, SimpleType.DOUBLE);

    private final String name;
    private final ImmutableMap<String, Field<T>> all;

    /** @param inner fields of the values that it has, for documentation; null if it has none */
    private record Field<T>(CelType type, String doc, Fields<?> inner, Function<T, ?> value) {}

    /**
     * A field for people.
     *
     * @param name as in a condition, such as {@code mail.size}
     * @param type as CEL calls it
     * @param doc what it is
     */
    public record Description(String name, String type, String doc) {}

    private Fields(String name, ImmutableMap<String, Field<T>> all) {
        this.name = name;
        this.all = all;
    }

    /** @param name of the type in error messages, such as {@code Mail} */
    public static <T> Builder<T> named(String name) {
        return new Builder<>(name);
    }

    /** Not thread-safe. */
    public static final class Builder<T> {

        private final String name;
        private final ImmutableMap.Builder<String, Field<T>> all = ImmutableMap.builder();

        private Builder(String name) {
            this.name = Objects.requireNonNull(name, "name");
        }

        private Builder<T> add(String field, CelType type, String doc, Fields<?> inner, Function<T, ?> value) {
            all.put(field, new Field<>(type, doc, inner, value));
            return this;
        }

        public Builder<T> text(String field, String doc, Function<T, String> value) {
            return add(field, SimpleType.STRING, doc, null, value);
        }

        public Builder<T> texts(String field, String doc, Function<T, List<String>> value) {
            return add(field, TEXTS, doc, null, value);
        }

        public Builder<T> flag(String field, String doc, Function<T, Boolean> value) {
            return add(field, SimpleType.BOOL, doc, null, value);
        }

        public Builder<T> count(String field, String doc, Function<T, Number> value) {
            return add(field, SimpleType.INT, doc, null, of -> value.apply(of).longValue());
        }

        public Builder<T> number(String field, String doc, Function<T, Number> value) {
            return add(
                    field, SimpleType.DOUBLE, doc, null, of -> value.apply(of).doubleValue());
        }

        /** Numbers by label. */
        public Builder<T> numbers(
                String field, String doc, Function<T, ? extends Map<String, ? extends Number>> value) {
            return add(field, NUMBERS, doc, null, of -> Maps.transformValues(value.apply(of), Number::doubleValue));
        }

        public Builder<T> time(String field, String doc, Function<T, Instant> value) {
            return add(field, SimpleType.TIMESTAMP, doc, null, of -> timestamp(value.apply(of)));
        }

        /** A value that has fields itself. */
        public <U> Builder<T> struct(String field, Fields<U> inner, Function<T, U> value) {
            return add(field, inner.type(), "", inner, of -> inner.view(value.apply(of)));
        }

        /** Values that have fields themselves; these are described in {@code doc}. */
        public <U> Builder<T> structs(String field, String doc, Fields<U> inner, Function<T, List<U>> value) {
            return add(field, ListType.create(inner.type()), doc, inner, of -> value.apply(of).stream()
                    .map(inner::view)
                    .toList());
        }

        /** All fields of others. */
        public Builder<T> all(Fields<T> others) {
            all.putAll(others.all);
            return this;
        }

        public Fields<T> build() {
            return new Fields<>(name, all.buildOrThrow());
        }

        private static Timestamp timestamp(Instant time) {
            return Timestamp.newBuilder()
                    .setSeconds(time.getEpochSecond())
                    .setNanos(time.getNano())
                    .build();
        }
    }

    /** Every field, those of inner values instead of the values, in the order of their declaration. */
    public List<Description> descriptions() {
        var descriptions = new ArrayList<Description>();
        all.forEach((field, of) -> {
            if (of.type() instanceof StructType) {
                of.inner()
                        .descriptions()
                        .forEach(inner -> descriptions.add(
                                new Description(field + "." + inner.name(), inner.type(), inner.doc())));
            } else {
                descriptions.add(new Description(field, word(of.type()), of.doc()));
            }
        });
        return descriptions;
    }

    private static String word(CelType type) {
        return switch (type.kind()) {
            case LIST -> type.parameters().get(0) instanceof StructType ? "list" : "list of string";
            case MAP -> "map of double";
            default -> type.name().replace("google.protobuf.Timestamp", "timestamp");
        };
    }

    /** Names of all fields, those of inner values after the name of the value and a dot. */
    public List<String> names() {
        return descriptions().stream().map(Description::name).toList();
    }

    /**
     * All fields of a value as text: lists and maps with commas between their elements, maps as {@code name=number} with the largest
     * number first, times as in ISO 8601.
     */
    public Map<String, String> texts(T value) {
        var texts = new LinkedHashMap<String, String>();
        all.forEach((field, of) -> {
            Object found = of.value().apply(value);
            if (of.type() instanceof StructType) {
                ((Map<?, ?>) found).forEach((inner, its) -> texts.put(field + "." + inner, FieldText.of(its)));
            } else {
                texts.put(field, FieldText.of(found));
            }
        });
        return texts;
    }

    /** The names in words, for errors. */
    String allowed() {
        var structs = all.entrySet().stream()
                .filter(field -> field.getValue().type() instanceof StructType)
                .map(field -> "; " + field.getKey() + "."
                        + field.getValue().inner().all.keySet().stream()
                                .sorted()
                                .collect(Collectors.joining("|")))
                .sorted()
                .collect(Collectors.joining());
        return all.keySet().stream().sorted().collect(Collectors.joining(", ")) + structs;
    }

    Map<String, CelType> types() {
        return Maps.transformValues(all, Field::type);
    }

    /** The types of the values that have fields themselves, by name. */
    Map<String, StructType> structTypes() {
        var types = new LinkedHashMap<String, StructType>();
        all.values().stream().map(Field::inner).filter(Objects::nonNull).forEach(inner -> {
            types.put(inner.name, inner.type());
            types.putAll(inner.structTypes());
        });
        return types;
    }

    Optional<Object> find(T value, String field) {
        return Optional.ofNullable(all.get(field)).map(of -> of.value().apply(value));
    }

    private StructType type() {
        return StructType.create(name, ImmutableSet.copyOf(all.keySet()), field -> Optional.ofNullable(all.get(field))
                .map(Field::type));
    }

    /** A value as a map, each field of which is laid out when a condition asks for it: few ask for more than one. */
    private Map<String, Object> view(T value) {
        return Maps.asMap(all.keySet(), field -> all.get(field).value().apply(value));
    }
}
