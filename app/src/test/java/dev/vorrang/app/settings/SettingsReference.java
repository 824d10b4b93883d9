package dev.vorrang.app.settings;

import dev.vorrang.app.streams.StreamKits;
import dev.vorrang.scoring.machine.AlertRoutes;
import dev.vorrang.scoring.mail.MailContext;
import dev.vorrang.scoring.mail.PrioritySettings;
import dev.vorrang.scoring.rule.Fields;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Writes the reference of all settings from their keys. */
public final class SettingsReference {

    private static final String INTRODUCTION = """
            # Settings

            `./vorrang run --config vorrang.yaml` reads one YAML file. [vorrang.example.yaml](../vorrang.example.yaml) shows every key.
            Keys that are not set have their default. All problems are reported at once, each with key, value, location and what is allowed.

            Each key is also an environment variable, which overrides the file: `VORRANG_` and the key in capitals, with `_` for
            every other character. In a list, `_0_` is the first element. In the table, `NAME` stands for a name; it is read in lower case,
            with dots for underscores. A list of plain values may be one variable, separated by commas. An empty variable counts
            as not set. A variable that starts with `VORRANG_` and matches no key causes a warning.

            `streams.<stream>` stands for `streams.mail` and `streams.machine`; each has all keys of the section "All streams". A key of an
            earlier version is refused, and the message has its new name.

            Paths are relative to the working directory. Durations are written as `250ms`, `30s`, `5m`, `1h` or `7d`.
            """;

    private static final String CONDITIONS = """

            ## Conditions

            Conditions of rules, routes and actions are written in [CEL](https://github.com/google/cel-spec), with its standard functions, its
            [string functions](https://github.com/google/cel-java/blob/main/extensions/src/main/java/dev/cel/extensions/README.md)
            and optional values (`score.topics[?"billing"].orValue(0.0) > 0.5`). They are compiled and type-checked at the start.
            %s
            The cost of a condition is bounded: its length, its iterations in `exists`, `all`, `map` and `filter`, and regular expressions
            (RE2, linear in the text). A condition that fails on a record counts as false. The record is processed further, the log names
            the condition, and a skipped rule is among the reasons of its mail. For a condition of an action, the record also goes to
            `actions.undecided`.
            """;

    private SettingsReference() {}

    /** The whole file, in Markdown. */
    public static String markdown() {
        var text = new StringBuilder(INTRODUCTION);
        var shared = new StreamSettings.Keys("<stream>", Path.of("models/…")).section();
        boolean sharedWritten = false;
        for (var section : Settings.sections(StreamKits.SETTINGS)) {
            boolean isShared = section.title().equals(shared.title());
            if (!isShared) {
                text.append(table(section));
            } else if (!sharedWritten) {
                sharedWritten = true;
                text.append(table(shared));
            }
        }
        return text.append(defaults()).append(CONDITIONS.formatted(variables())).toString();
    }

    private static String variables() {
        return variables("Rules and routes of mails", MailContext.ROUTE_VARIABLES)
                + variables("Routes of alerts of machines", AlertRoutes.VARIABLES)
                + StreamKits.SETTINGS.stream()
                        .flatMap(
                                stream -> stream
                                        .actionFields()
                                        .map(fields -> variables("Actions on stream " + stream.name(), fields))
                                        .stream())
                        .collect(Collectors.joining());
    }

    private static String variables(String title, Fields<?> fields) {
        return "\n### " + title + "\n\n| variable | type | what it is |\n| --- | --- | --- |\n"
                + fields.descriptions().stream()
                        .map(field -> "| `" + field.name() + "` | " + field.type() + " | " + field.doc() + " |\n")
                        .collect(Collectors.joining());
    }

    private static String table(Section section) {
        var introduction = section.introduction().isEmpty() ? "" : section.introduction() + "\n\n";
        return "\n## " + section.title() + "\n\n" + introduction
                + "| key | default | allowed | what it does | variable |\n| --- | --- | --- | --- | --- |\n"
                + section.keys().stream().map(key -> row(key) + "\n").collect(Collectors.joining());
    }

    private static String row(Key<?> key) {
        var fallback = key.fallback()
                .map(value -> value.isEmpty() ? "`\"\"`" : "`" + value + "`")
                .orElse("");
        return "| `" + key.path() + "` | " + fallback + " | " + key.kind().allowed() + " | " + key.doc() + " | `"
                + key.variable().replace("__STREAM__", "_<STREAM>_") + "` |";
    }

    private static String defaults() {
        var defaults = PrioritySettings.defaults();
        return "\nDefault weights, by label; see [priority.md](priority.md):\n\n| key | weights |\n| --- | --- |\n"
                + weights("streams.mail.priority.topics", defaults.topics())
                + weights("streams.mail.priority.sentiments", defaults.sentiments())
                + weights("streams.mail.priority.model-priorities", defaults.modelPriorities())
                + weights(
                        "streams.mail.priority.automatic",
                        defaults.automatic().entrySet().stream()
                                .collect(Collectors.toMap(entry -> Kind.word(entry.getKey()), Map.Entry::getValue)));
    }

    private static String weights(String key, Map<String, Double> weights) {
        return "| `" + key + "` | "
                + new TreeMap<>(weights)
                        .entrySet().stream()
                                .map(entry -> entry.getKey() + " " + entry.getValue())
                                .collect(Collectors.joining(", "))
                + " |\n";
    }
}
