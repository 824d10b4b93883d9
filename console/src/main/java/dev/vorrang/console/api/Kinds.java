package dev.vorrang.console.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What parameters take. */
public final class Kinds {

    private static final int MAX_VALUES = 100;

    private Kinds() {}

    /** Of 0 to so many characters. */
    public static Param.Kind<String> text(int most) {
        return single(
                value -> value,
                value -> value.length() <= most,
                "text of at most " + most + " characters",
                type("string").put("maxLength", most));
    }

    /** A whole number of a range. */
    public static Param.Kind<Integer> integer(int least, int most) {
        return single(
                Integer::valueOf,
                value -> value >= least && value <= most,
                "a whole number from " + least + " to " + most,
                type("integer").put("minimum", least).put("maximum", most));
    }

    /** A whole number that is not negative. */
    public static Param.Kind<Long> count() {
        return single(
                Long::valueOf,
                value -> value >= 0,
                "a whole number from 0",
                type("integer").put("minimum", 0));
    }

    public static Param.Kind<Boolean> flag() {
        return single(
                value -> value.equals("true") ? Boolean.TRUE : value.equals("false") ? Boolean.FALSE : null,
                value -> true,
                "true or false",
                type("boolean"));
    }

    /** A time in ISO 8601, with zone. */
    public static Param.Kind<Instant> time() {
        return single(
                Instant::parse,
                value -> true,
                "a time such as 2026-01-31T08:00:00Z",
                type("string").put("format", "date-time"));
    }

    /** One of the constants, by name. */
    public static <E extends Enum<E>> Param.Kind<E> oneOf(Class<E> type) {
        var names = Stream.of(type.getEnumConstants()).map(Enum::name).toList();
        var schema = type("string");
        names.forEach(schema.putArray("enum")::add);
        return single(value -> Enum.valueOf(type, value), value -> true, "one of " + String.join(", ", names), schema);
    }

    /** Given any number of times, up to 100. */
    public static <T> Param.Kind<Set<T>> many(Param.Kind<T> kind) {
        var schema = type("array").put("maxItems", MAX_VALUES);
        schema.set("items", kind.schema());
        return new Read<>(
                (name, values) -> {
                    if (values.size() > MAX_VALUES) {
                        throw ProblemException.field(name, values.size() + " values", "at most " + MAX_VALUES);
                    }
                    return values.stream()
                            .map(value -> kind.read(name, List.of(value)))
                            .collect(Collectors.toCollection(LinkedHashSet::new));
                },
                schema);
    }

    private static <T> Param.Kind<T> single(
            Function<String, T> parse, Function<T, Boolean> fits, String allowed, ObjectNode schema) {
        return new Read<>(
                (name, values) -> {
                    if (values.size() != 1) {
                        throw ProblemException.field(name, String.join(" ", values), "one value");
                    }
                    return one(name, values.get(0), parse, fits, allowed);
                },
                schema);
    }

    private static <T> T one(
            String name, String text, Function<String, T> parse, Function<T, Boolean> fits, String allowed) {
        try {
            T value = parse.apply(text);
            if (value != null && fits.apply(value)) {
                return value;
            }
        } catch (IllegalArgumentException | DateTimeException e) {
            // As if it did not fit.
        }
        throw ProblemException.field(name, text, allowed);
    }

    private static ObjectNode type(String name) {
        return JsonNodeFactory.instance.objectNode().put("type", name);
    }

    private interface Reader<T> {
        T read(String name, List<String> values);
    }

    private record Read<T>(Reader<T> reader, JsonNode schema) implements Param.Kind<T> {

        @Override
        public T read(String name, List<String> values) {
            return reader.read(name, values);
        }
    }
}
