package dev.vorrang.app.settings;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * A key of the settings.
 *
 * @param path sections and name, joined by dots; {@code []} stands for a place in a list, a final {@code *} for any name
 * @param kind what it takes
 * @param fallback value when it is not set; empty if there is none
 * @param doc what it does, one sentence or two, in Markdown
 * @param secret whether its values must not be shown
 * @param examples what the example file has, in YAML: for the first, second … element of the list that the key is in, empty for an
 *     element without it; of a path with {@code *} each name and value
 * @param shown whether the example file sets it although it has no default
 * @param <T> type of the values
 */
public record Key<T>(
        String path,
        Kind<T> kind,
        Optional<String> fallback,
        String doc,
        boolean secret,
        List<String> examples,
        boolean shown) {

    static final String PREFIX = "VORRANG_";

    public Key {
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(fallback, "fallback");
        Objects.requireNonNull(doc, "doc");
        examples = List.copyOf(examples);
    }

    public static <T> Key<T> of(String path, Kind<T> kind, String fallback, String doc) {
        return new Key<>(path, kind, Optional.of(fallback), doc, false, List.of(), false);
    }

    /** One that has no value unless it is set. */
    public static <T> Key<T> of(String path, Kind<T> kind, String doc) {
        return new Key<>(path, kind, Optional.empty(), doc, false, List.of(), false);
    }

    public static Key<Secret> secret(String path, String doc) {
        return new Key<>(path, Kind.secret(), Optional.empty(), doc, true, List.of(), false);
    }

    /** This key with what the example file has for it, where it is commented out if it has no default. */
    public Key<T> example(String... values) {
        return new Key<>(path, kind, fallback, doc, secret, List.of(values), shown);
    }

    /** This key with what the example file sets it to. */
    public Key<T> shown(String... values) {
        return new Key<>(path, kind, fallback, doc, secret, List.of(values), true);
    }

    /** This key in a section. */
    Key<T> under(String section) {
        return section.isEmpty() ? this : new Key<>(section + "." + path, kind, fallback, doc, secret, examples, shown);
    }

    /** Its path with the places filled in, first to last. */
    public String at(int... places) {
        var name = path;
        for (int place : places) {
            name = name.replaceFirst("\\[]", "[" + place + "]");
        }
        return name;
    }

    /** Whether a name with its places filled in is one of this key. */
    boolean matches(String name) {
        return name.matches(pattern(path, "\\[\\d+\\]", "\\..+"));
    }

    /** Whether an environment variable sets it, or all of its list. */
    boolean isSetBy(String variable) {
        return variable.matches(variablePattern(path)) || isList() && variable.matches(variablePattern(withoutPlace()));
    }

    /** Whether it stands for the elements of a list of plain values. */
    boolean isList() {
        return path.endsWith("[]");
    }

    /** The environment variable that sets it, for people: 0 for any place in a list, NAME for any name. */
    String variable() {
        var name = isList() ? withoutPlace() : path;
        return variable(name.replace("[]", "[0]").replace(".*", ".NAME"));
    }

    /** The environment variable for a name whose places are filled in. */
    static String variable(String name) {
        return PREFIX + name.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
    }

    private String withoutPlace() {
        return path.substring(0, path.length() - 2);
    }

    private static String variablePattern(String path) {
        var words = path.toUpperCase(Locale.ROOT).replaceAll("[.-](?!\\*)", "_");
        return PREFIX + pattern(words, "_\\d+_", "_.+");
    }

    private static String pattern(String path, String place, String name) {
        return "\\Q" + path.replace("[]", "\\E" + place + "\\Q").replace(".*", "\\E" + name + "\\Q") + "\\E";
    }
}
