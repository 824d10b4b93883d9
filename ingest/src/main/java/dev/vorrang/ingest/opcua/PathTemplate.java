package dev.vorrang.ingest.opcua;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tells machine and sensor by the path of browse names from the node where browsing began, its names joined by slashes:
 * <code>Line 1/{machine}/{sensor}</code>. <code>{machine}</code> and <code>{sensor}</code> stand for a name or a part of one,
 * <code>{sensor...}</code> for all of the path that is left, {@code *} for any part of a name, <code>**</code> for any number of
 * names. What does not match is not read.
 */
public final class PathTemplate {

    private static final Pattern PLACEHOLDER =
            Pattern.compile("\\{(?<name>[^}]*)\\}|(?<any>\\*\\*/)|(?<deep>\\*\\*)|(?<star>\\*)");

    /** A machine's sensor. */
    record Place(String machine, String sensor) {}

    private final Pattern pattern;
    private final Optional<String> machine;

    /**
     * @param machine name of the machine where the path does not tell it
     * @throws IllegalArgumentException if the template has no sensor, or machine and sensor are not told once each
     */
    public PathTemplate(String template, Optional<String> machine) {
        var regex = new StringBuilder();
        var matcher = PLACEHOLDER.matcher(template);
        int end = 0;
        int machines = machine.isPresent() ? 1 : 0;
        int sensors = 0;
        while (matcher.find()) {
            regex.append(Pattern.quote(template.substring(end, matcher.start())));
            regex.append(part(matcher, template));
            machines += matcher.group().equals("{machine}") ? 1 : 0;
            sensors += matcher.group().startsWith("{sensor") ? 1 : 0;
            end = matcher.end();
        }
        if (machines != 1 || sensors != 1) {
            throw new IllegalArgumentException("template '" + template + "'"
                    + machine.map(name -> " with the machine '" + name + "'").orElse("")
                    + ": allowed is one {sensor} or {sensor...}, and one {machine} or a machine given beside it");
        }
        this.pattern = Pattern.compile(regex + Pattern.quote(template.substring(end)));
        this.machine = machine;
    }

    private static String part(Matcher matcher, String template) {
        if (matcher.group("any") != null) {
            return "(?:.*/)?";
        }
        if (matcher.group("deep") != null) {
            return ".*";
        }
        if (matcher.group("star") != null) {
            return "[^/]*";
        }
        return switch (matcher.group("name")) {
            case "machine" -> "(?<machine>[^/]+)";
            case "sensor" -> "(?<sensor>[^/]+)";
            case "sensor..." -> "(?<sensor>.+)";
            default ->
                throw new IllegalArgumentException("template '" + template + "': " + matcher.group()
                        + " is unknown, allowed are {machine}, {sensor}, {sensor...}, * and **");
        };
    }

    Optional<Place> match(String path) {
        var matcher = pattern.matcher(path);
        return matcher.matches()
                ? Optional.of(new Place(machine.orElseGet(() -> matcher.group("machine")), matcher.group("sensor")))
                : Optional.empty();
    }
}
