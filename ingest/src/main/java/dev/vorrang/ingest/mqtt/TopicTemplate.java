package dev.vorrang.ingest.mqtt;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tells machine and sensor from the levels of a topic. Of the template's levels {@code {machine}} and {@code {sensor}} stand for
 * names, {@code +} for any level, {@code #} at the end for all that follow, and everything else for itself. A name that has
 * several levels ({@code {machine}/{machine}/{sensor}}) has slashes between them.
 */
public final class TopicTemplate {

    /** What a template may be, for messages. */
    public static final String ALLOWED =
            "levels with {machine}, {sensor}, +, a # at the end, or plain text, as in plant/{machine}/{sensor}";

    private static final Pattern PLACE = Pattern.compile("\\{[^{}]*}");

    private enum Name {
        MACHINE,
        SENSOR
    }

    private final String text;
    private final Pattern pattern;
    private final List<Name> names = new ArrayList<>();

    /** What a topic tells. */
    record Names(Optional<String> machine, Optional<String> sensor) {}

    /** @throws IllegalArgumentException if it is none, saying what is allowed */
    public TopicTemplate(String text) {
        this.text = text;
        var regex = new StringBuilder();
        String[] levels = text.split("/", -1);
        for (int i = 0; i < levels.length; i++) {
            boolean isRest = levels[i].equals("#");
            if (isRest && i < levels.length - 1 || text.isBlank()) {
                throw bad(text);
            }
            if (i > 0) {
                regex.append(isRest ? "(?:/.*)?" : "/");
            } else if (isRest) {
                regex.append(".*");
            }
            if (!isRest) {
                level(levels[i], regex);
            }
        }
        this.pattern = Pattern.compile(regex.toString(), Pattern.DOTALL);
    }

    private void level(String level, StringBuilder regex) {
        if (level.equals("+")) {
            regex.append("[^/]*");
            return;
        }
        Matcher places = PLACE.matcher(level);
        int from = 0;
        while (places.find()) {
            regex.append(plain(level.substring(from, places.start())));
            names.add(
                    switch (places.group()) {
                        case "{machine}" -> Name.MACHINE;
                        case "{sensor}" -> Name.SENSOR;
                        default -> throw bad(text);
                    });
            regex.append("([^/]+)");
            from = places.end();
        }
        regex.append(plain(level.substring(from)));
    }

    private String plain(String part) {
        if (part.matches(".*[{}+#].*")) {
            throw bad(text);
        }
        return Pattern.quote(part);
    }

    private static IllegalArgumentException bad(String text) {
        return new IllegalArgumentException("'" + text + "': allowed are " + ALLOWED);
    }

    /** @return empty if the topic does not fit */
    Optional<Names> match(String topic) {
        Matcher matcher = pattern.matcher(topic);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        return Optional.of(new Names(joined(matcher, Name.MACHINE), joined(matcher, Name.SENSOR)));
    }

    private Optional<String> joined(MatchResult match, Name name) {
        var levels = new ArrayList<String>();
        for (int i = 0; i < names.size(); i++) {
            if (names.get(i) == name) {
                levels.add(match.group(i + 1));
            }
        }
        return levels.isEmpty() ? Optional.empty() : Optional.of(String.join("/", levels));
    }

    @Override
    public String toString() {
        return text;
    }
}
