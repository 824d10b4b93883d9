package dev.vorrang.app.settings;

import dev.vorrang.app.streams.StreamKits;
import dev.vorrang.scoring.mail.PrioritySettings;
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

            Conditions of rules and routes are written in [CEL](https://github.com/google/cel-spec), with its standard functions, its
            [string functions](https://github.com/google/cel-java/blob/main/extensions/src/main/java/dev/cel/extensions/README.md)
            and optional values (`score.topics[?"billing"].orValue(0.0) > 0.5`). They are compiled and type-checked at the start.

            | variable | type | what it is |
            | --- | --- | --- |
            | `mail.id`, `mail.thread`, `mail.source` | string | as in the record |
            | `mail.sender` | string | first From address; empty if there is none. Senders are easy to forge. |
            | `mail.from`, `mail.to`, `mail.cc`, `mail.replyTo` | list of string | addresses, never display names |
            | `mail.deliveredTo` | list of string | addresses it was delivered to, including plus addresses: `mail.deliveredTo.exists(a, a.startsWith("support+billing@"))` |
            | `mail.subject`, `mail.text` | string | text of the sender, who can therefore influence rules on it |
            | `mail.textTruncated` | bool | whether the text was cut |
            | `mail.attachments` | list | each with `name`, `type`, `size` (bytes), `sha256` |
            | `mail.automatic` | string | `NONE`, `AUTO_REPLY`, `LIST`, `BULK`, `BOUNCE` or `NOTIFICATION` |
            | `mail.flags` | list of string | warnings, such as `mixed_script_domain` |
            | `mail.parseStatus` | string | `OK`, `LIMIT`, `DAMAGED` or `UNREAD`: encrypted, an image, an attachment alone |
            | `mail.parseNotes` | list of string | what was cut or not read, with the reason |
            | `mail.receivedAt` | timestamp | `mail.receivedAt.getHours("Europe/Berlin")` |
            | `mail.size` | int | bytes |
            | `score.topic`, `score.sentiment` | string | most probable label; empty if the model has no such head |
            | `score.topicConfidence`, `score.sentimentConfidence` | double | its probability |
            | `score.topics`, `score.sentiments` | map | label to probability |
            | `abstained` | bool | whether the model abstains |
            | `repeats` | int | earlier mails of the thread |
            | `vip` | bool | whether the sender is a VIP |
            | `priority` | string | routes only: `LOW`, `NORMAL`, `HIGH` or `URGENT` |
            | `priorityScore` | double | routes only: 0 to 1 |

            The cost of a condition is bounded: its length, its iterations in `exists`, `all`, `map` and `filter`, and regular expressions
            (RE2, linear in the text). A condition that fails on a mail counts as false. The mail is processed further, a skipped rule
            is among its reasons, and the log names it.
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
        return text.append(defaults()).append(CONDITIONS).toString();
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
