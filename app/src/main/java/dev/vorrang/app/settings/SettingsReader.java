package dev.vorrang.app.settings;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Reads typed values from a file and the environment variables over it, and collects the problems on the way: a value that is
 * not allowed becomes a problem, and its default goes on in its place, so that one run finds all of them. For one thread.
 */
public final class SettingsReader {

    private final SettingsFile file;
    private final Map<String, String> variables;
    private final List<Key<?>> plainKeys;
    private final List<String> problems = new ArrayList<>();

    /** A value and where it was found, for problems. */
    private record Found(String text, String origin) {}

    /** @param keys all there are; a variable that sets one of them is no name under another */
    SettingsReader(SettingsFile file, Map<String, String> environment, List<Key<?>> keys) {
        this.file = file;
        this.plainKeys = keys.stream().filter(key -> !key.path().endsWith("*")).toList();
        this.variables = new LinkedHashMap<>(environment);
        // As set by compose files and shells for "not set".
        this.variables.values().removeIf(String::isBlank);
        this.problems.addAll(file.problems());
    }

    /** One that finds nothing, so that every key has its default. */
    public static SettingsReader empty() {
        return new SettingsReader(SettingsFile.none(), Map.of(), List.of());
    }

    /** In the order in which they were found. */
    List<String> problems() {
        return problems;
    }

    /**
     * The value of a key, or its default.
     *
     * @param places fill in the key's {@code []}
     */
    public <T> T get(Key<T> key, int... places) {
        return find(key, places)
                .orElseGet(() -> key.kind().parser().apply(key.fallback().orElseThrow()));
    }

    /** The value of a key if it is set and allowed; its default does not count. */
    public <T> Optional<T> find(Key<T> key, int... places) {
        var name = key.at(places);
        return found(name).flatMap(value -> parse(key, name, value));
    }

    /** The value of a key that has no default; if it is absent, that is a problem. */
    public <T> Optional<T> require(Key<T> key, String because, int... places) {
        var name = key.at(places);
        if (found(name).isEmpty()) {
            problems.add(name + origin(name) + " is not set: " + because + "; allowed is "
                    + key.kind().allowed());
        }
        return find(key, places);
    }

    /** The values of a list, or the key's default as its only value; a variable may hold them all, with commas between. */
    public <T> List<T> list(Key<T> key, int... places) {
        var name = key.at(places);
        var list = name.substring(0, name.length() - 2);
        var all = variables.get(Key.variable(list));
        if (all != null) {
            return Stream.of(all.split(","))
                    .map(text -> parse(key, list, new Found(text.strip(), "variable " + Key.variable(list))))
                    .flatMap(Optional::stream)
                    .toList();
        }
        if (file.values().containsKey(list)) {
            return found(list).flatMap(value -> parse(key, list, value)).stream()
                    .toList();
        }
        int size = size(list);
        if (size == 0 && !isEmptyList(list)) {
            return key.fallback().map(key.kind().parser()).stream().toList();
        }
        return IntStream.range(0, size)
                .mapToObj(place -> find(key, append(places, place)))
                .flatMap(Optional::stream)
                .toList();
    }

    /** The values under a key that ends in {@code *}, by name. A variable's NAME is read in lower case, its _ as dots. */
    public <T> Map<String, T> map(Key<T> key, int... places) {
        var path = key.at(places);
        var prefix = path.substring(0, path.length() - 1);
        var names = new TreeSet<String>();
        file.values().keySet().stream().filter(name -> name.startsWith(prefix)).forEach(names::add);
        var known = names.stream().map(Key::variable).toList();
        variables.keySet().stream()
                .filter(variable -> variable.startsWith(Key.variable(prefix)) && !known.contains(variable))
                .filter(variable -> plainKeys.stream().noneMatch(plain -> plain.isSetBy(variable)))
                .map(variable -> prefix
                        + variable.substring(Key.variable(prefix).length())
                                .toLowerCase(Locale.ROOT)
                                .replace('_', '.'))
                .forEach(names::add);
        var values = new LinkedHashMap<String, T>();
        for (var name : names) {
            found(name)
                    .flatMap(value -> parse(key, name, value))
                    .ifPresent(value -> values.put(name.substring(prefix.length()), value));
        }
        return values;
    }

    /** How many elements a list has, in the file or in variables. */
    public int size(String list) {
        var places = Pattern.compile(Pattern.quote(list) + "\\[(\\d+)].*");
        var start = Key.variable(list) + "_";
        var variablePlaces = Pattern.compile(start + "(\\d+)_.*");
        return Stream.concat(
                        file.values().keySet().stream().map(places::matcher),
                        variables.keySet().stream().map(variablePlaces::matcher))
                .filter(Matcher::matches)
                .mapToInt(matcher -> Integer.parseInt(matcher.group(1)) + 1)
                .max()
                .orElse(0);
    }

    /** Whether the file has an empty list there. */
    boolean isEmptyList(String list) {
        return file.emptyLists().containsKey(list);
    }

    /** Whether a key is set, to whatever. */
    public boolean isSet(Key<?> key, int... places) {
        return found(key.at(places)).isPresent();
    }

    /** Notes a problem that only shows when values are seen together; once, if several sections find it. */
    public void problem(String name, String problem) {
        var words = name + origin(name) + ": " + problem;
        if (!problems.contains(words)) {
            problems.add(words);
        }
    }

    /** Makes a value whose own checks may refuse it; then that is a problem, and it is empty. */
    public <T> Optional<T> make(String name, Supplier<T> maker) {
        try {
            return Optional.of(maker.get());
        } catch (IllegalArgumentException e) {
            problem(name, e.getMessage());
            return Optional.empty();
        }
    }

    /** Where a value stands; of a section where it begins, and of what is absent where the section that lacks it begins. */
    private String origin(String name) {
        if (found(name).isPresent()) {
            return " (" + found(name).get().origin() + ")";
        }
        for (String section = name;
                !section.isEmpty();
                section = section.replaceFirst("(\\.|\\[\\d*]|^)[^.\\[]*$", "")) {
            var begin = line(section);
            if (begin.isPresent()) {
                return " (" + file.name() + " line " + begin.getAsInt() + ")";
            }
        }
        return "";
    }

    private OptionalInt line(String section) {
        return file.values().entrySet().stream()
                .filter(each ->
                        each.getKey().startsWith(section + ".") || each.getKey().startsWith(section + "["))
                .mapToInt(each -> each.getValue().line())
                .min();
    }

    private Optional<Found> found(String name) {
        var variable = Key.variable(name);
        if (variables.containsKey(variable)) {
            return Optional.of(new Found(variables.get(variable), "variable " + variable));
        }
        return Optional.ofNullable(file.values().get(name))
                .map(value -> new Found(value.text(), file.name() + " line " + value.line()));
    }

    private <T> Optional<T> parse(Key<T> key, String name, Found found) {
        try {
            return Optional.of(key.kind().parser().apply(found.text()));
        } catch (RuntimeException e) {
            var shown = key.secret() || ClientProperties.isSecret(name) ? Secret.HIDDEN : "'" + found.text() + "'";
            problems.add(name + " = " + shown + " (" + found.origin() + "): allowed is "
                    + key.kind().allowed());
            return Optional.empty();
        }
    }

    private static int[] append(int[] places, int place) {
        return IntStream.concat(IntStream.of(places), IntStream.of(place)).toArray();
    }
}
