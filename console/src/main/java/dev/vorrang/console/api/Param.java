package dev.vorrang.console.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * A parameter of a route.
 *
 * @param <T> type of the values
 */
public final class Param<T> {

    private static final String FACET = "f.";
    private static final Pattern FACET_NAME = Pattern.compile("f\\.[A-Za-z][A-Za-z0-9_-]{0,49}");
    private static final int MAX_FACETS = 20;

    private final String name;
    private final boolean inPath;
    private final JsonNode schema;
    private final String doc;
    private final Predicate<String> names;
    private final Function<Map<String, List<String>>, T> reader;

    /**
     * What a parameter takes.
     *
     * @param <T> type of the values
     */
    public interface Kind<T> {

        /**
         * Reads it.
         *
         * @param values as given, one or more
         * @throws ProblemException if they are not allowed
         */
        T read(String name, List<String> values);

        /** JSON Schema of its values. */
        JsonNode schema();
    }

    private Param(
            String name,
            boolean inPath,
            JsonNode schema,
            String doc,
            Predicate<String> names,
            Function<Map<String, List<String>>, T> reader) {
        this.name = name;
        this.inPath = inPath;
        this.schema = schema;
        this.doc = doc;
        this.names = names;
        this.reader = reader;
    }

    /** A part of the path. */
    public static <T> Param<T> path(String name, Kind<T> kind, String doc) {
        return new Param<>(name, true, kind.schema(), doc, name::equals, given -> kind.read(name, given.get(name)));
    }

    /**
     * A part of the query that may be left out.
     *
     * @param fallback value if it is
     */
    public static <T> Param<T> query(String name, Kind<T> kind, T fallback, String doc) {
        return new Param<>(
                name,
                false,
                kind.schema(),
                doc,
                name::equals,
                given -> given.containsKey(name) ? kind.read(name, given.get(name)) : fallback);
    }

    /** A part of the query that is empty if it is left out. */
    public static <T> Param<Optional<T>> query(String name, Kind<T> kind, String doc) {
        return new Param<>(name, false, kind.schema(), doc, name::equals, given -> Optional.ofNullable(given.get(name))
                .map(values -> kind.read(name, values)));
    }

    /** All parts of the query whose names start with {@code f.}: by facet its values. */
    public static Param<Map<String, Set<String>>> facets(String doc) {
        Kind<Set<String>> kind = Kinds.many(Kinds.text(500));
        ObjectNode schema = JsonNodeFactory.instance.objectNode().put("type", "object");
        schema.putObject("patternProperties").set("^" + FACET_NAME + "$", kind.schema());
        return new Param<>("facets", false, schema, doc, name -> name.startsWith(FACET), given -> {
            var facets = new LinkedHashMap<String, Set<String>>();
            given.forEach((each, values) -> {
                if (each.startsWith(FACET)) {
                    if (!FACET_NAME.matcher(each).matches() || facets.size() == MAX_FACETS) {
                        throw ProblemException.field(
                                "query", each, "at most " + MAX_FACETS + " filters named as " + FACET_NAME);
                    }
                    facets.put(each.substring(FACET.length()), kind.read(each, values));
                }
            });
            return facets;
        });
    }

    /** Its value, or what it is without one. */
    T read(Map<String, List<String>> given) {
        return reader.apply(given);
    }

    /** Whether a name of the query is this parameter's. */
    boolean isNamed(String other) {
        return !inPath && names.test(other);
    }

    public String name() {
        return name;
    }

    boolean inPath() {
        return inPath;
    }

    JsonNode schema() {
        return schema;
    }

    String doc() {
        return doc;
    }
}
