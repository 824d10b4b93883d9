package dev.vorrang.app.settings;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** Finds keys that mean nothing, and what may have been meant. */
record UnknownKeys(List<Key<?>> known) {

    /** Read by the script. */
    private static final Set<String> OTHER_VARIABLES = Set.of("VORRANG_GPU");

    private static final int FARTHEST = 6;

    /** Problems, one for each unknown key of the file. */
    List<String> in(SettingsFile file) {
        var problems = new ArrayList<String>();
        file.values().forEach((name, value) -> {
            if (known.stream().noneMatch(key -> accepts(key, name))) {
                problems.add(name + " (" + file.name() + " line " + value.line() + "): " + why(name));
            }
        });
        file.emptyLists().forEach((name, line) -> {
            if (known.stream().noneMatch(key -> withoutPlaces(key.path()).startsWith(withoutPlaces(name)))) {
                problems.add(name + " (" + file.name() + " line " + line + "): " + why(name));
            }
        });
        return problems;
    }

    /** Problems, one for each variable that sets a key of an earlier version. */
    List<String> retired(Map<String, String> environment) {
        return environment.keySet().stream()
                .filter(variable -> !environment.get(variable).isBlank())
                .filter(variable -> known.stream().noneMatch(key -> key.isSetBy(variable)))
                .flatMap(variable -> RetiredKeys.nowVariable(variable).stream()
                        .map(now -> "variable " + variable + ": was renamed; it is now " + now))
                .sorted()
                .toList();
    }

    /**
     * Unknown variables that start like ours. For a warning only: platforms make such variables too, as Kubernetes does for a
     * service of that name.
     */
    List<String> in(Map<String, String> environment) {
        return environment.keySet().stream()
                .filter(variable -> variable.startsWith(Key.PREFIX) && !OTHER_VARIABLES.contains(variable))
                .filter(variable -> known.stream().noneMatch(key -> key.isSetBy(variable)))
                .filter(variable -> RetiredKeys.nowVariable(variable).isEmpty())
                .sorted()
                .map(variable -> "variable " + variable + " sets nothing"
                        + nearest(variable, known.stream().map(Key::variable)))
                .toList();
    }

    /** A list of plain values may be written as one value. */
    private static boolean accepts(Key<?> key, String name) {
        return key.matches(name) || key.isList() && key.matches(name + "[0]");
    }

    private String why(String name) {
        var plain = withoutPlaces(name);
        var now = RetiredKeys.now(name);
        if (now.isPresent()) {
            return "was renamed; it is now " + now.get();
        }
        if (known.stream().anyMatch(key -> withoutPlaces(key.path()).equals(plain)) && !name.contains("[")) {
            return plain.substring(0, plain.lastIndexOf('.')) + " is a list; allowed are items that start with '-'";
        }
        var section = known.stream()
                .map(key -> withoutPlaces(key.path()))
                .filter(path -> path.startsWith(plain + "."))
                .map(path -> path.substring(plain.length() + 1).split("\\.")[0])
                .distinct()
                .toList();
        if (!section.isEmpty()) {
            return "takes no single value, but " + String.join(", ", section);
        }
        Optional<Key<?>> single = known.stream()
                .filter(key -> name.startsWith(key.path() + ".") || name.startsWith(key.path() + "["))
                .findFirst();
        return single.map(key -> key.path() + " takes a single value; allowed is "
                        + key.kind().allowed())
                .orElseGet(() ->
                        "there is no such key" + nearest(plain, known.stream().map(key -> withoutPlaces(key.path()))));
    }

    /** Asks whether the nearest candidate was meant; empty if none is near. */
    static String nearest(String name, Stream<String> candidates) {
        var distance = LevenshteinDistance.getDefaultInstance();
        record Candidate(String name, int distance) {}
        return candidates
                .map(candidate -> new Candidate(candidate, distance.apply(name, candidate)))
                .filter(candidate -> candidate.distance() <= Math.min(FARTHEST, name.length() / 2))
                .min(Comparator.comparingInt(Candidate::distance).thenComparing(Candidate::name))
                .map(candidate -> "; did you mean " + candidate.name() + "?")
                .orElse("");
    }

    private static String withoutPlaces(String path) {
        return path.replaceAll("\\[\\d*]", "");
    }
}
