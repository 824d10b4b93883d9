package dev.vorrang.connectors.sink.imap;

import dev.vorrang.connectors.imap.ImapConnectionSettings;
import dev.vorrang.connectors.imap.ImapSettings;
import dev.vorrang.connectors.settings.SettingProblems;
import dev.vorrang.connectors.sink.ActionTemplate;
import dev.vorrang.connectors.sink.DeliveryPolicy;
import dev.vorrang.connectors.sink.DeliverySettings;
import dev.vorrang.ingest.imap.ImapAccount;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigException;

/** Settings of the IMAP sink, as typed values. {@link ImapSinkSettings} has their names and what is allowed. */
final class ImapSinkConfig extends AbstractConfig {

    /** RFC 3501, 9: an atom, here of ASCII letters, digits and what is common. */
    private static final Pattern NOT_IN_A_KEYWORD = Pattern.compile("[^A-Za-z0-9$_.-]");

    private static final Pattern NOT_IN_A_LEVEL = Pattern.compile("[/.*%\\p{Cntrl}\uFFFD]");
    private static final Pattern FLAG = Pattern.compile("\\\\?[A-Za-z0-9$_.-]+");
    private static final Pattern TAG = Pattern.compile("\\{\\{[^}]*}}");

    /** @throws ConfigException if a setting is missing or wrong */
    ImapSinkConfig(Map<String, String> properties) {
        super(ImapSinkSettings.DEFINITION, properties, false);
        problems(properties).check();
    }

    /** What is wrong with settings that each for itself may be right. */
    static SettingProblems problems(Map<String, String> properties) {
        var problems = new SettingProblems(properties);
        ImapConnectionSettings.check(problems);
        for (var flag : problems.get(ImapSinkSettings.FLAGS).split(",")) {
            checkFlag(problems, flag.strip());
        }
        for (var name : List.of(
                ImapSinkSettings.FLAGS, ImapSinkSettings.LABELS, ImapSinkSettings.MOVE_TO, ImapSinkSettings.COPY_TO)) {
            check(problems, name, text -> ActionTemplate.compile(text, UnaryOperator.identity()));
        }
        check(problems, ImapSinkSettings.QUEUE_FOLDERS, text -> folders(List.of(text.split(","))));
        var doing = List.of(
                ImapSinkSettings.FLAGS,
                ImapSinkSettings.LABELS,
                ImapSinkSettings.MOVE_TO,
                ImapSinkSettings.QUEUE_FOLDERS,
                ImapSinkSettings.COPY_TO);
        if (doing.stream().noneMatch(problems::has)) {
            problems.add(ImapSinkSettings.FLAGS, "nothing is to be done: needed is one of " + String.join(", ", doing));
        }
        return problems;
    }

    private static void checkFlag(SettingProblems problems, String flag) {
        var fixed = TAG.matcher(flag).replaceAll("");
        var name = fixed.toUpperCase(Locale.ROOT);
        if (!fixed.isEmpty() && !FLAG.matcher(fixed).matches() || name.equals("\\DELETED") || name.equals("\\RECENT")) {
            problems.add(
                    ImapSinkSettings.FLAGS,
                    ImapSinkSettings.FLAGS + " has '" + flag
                            + "': allowed are keywords such as $Urgent, and \\Flagged, \\Seen,"
                            + " \\Answered, \\Draft");
        }
    }

    private interface Check {
        void of(String text);
    }

    private static void check(SettingProblems problems, String name, Check check) {
        try {
            check.of(problems.get(name));
        } catch (IllegalArgumentException e) {
            problems.add(name, name + ": " + e.getMessage());
        }
    }

    ImapAccount account() {
        return ImapConnectionSettings.account(this);
    }

    Duration attemptTimeout() {
        return Duration.ofMillis(getLong(ImapSinkSettings.ATTEMPT_TIMEOUT_MS));
    }

    String user() {
        return getString(ImapSettings.LOGIN.user());
    }

    List<ActionTemplate> flags() {
        return templates(
                ImapSinkSettings.FLAGS, value -> NOT_IN_A_KEYWORD.matcher(value).replaceAll("_"));
    }

    List<ActionTemplate> labels() {
        return templates(ImapSinkSettings.LABELS, UnaryOperator.identity());
    }

    private List<ActionTemplate> templates(String name, UnaryOperator<String> escape) {
        return getList(name).stream()
                .map(text -> ActionTemplate.compile(text, escape))
                .toList();
    }

    ActionTemplate copyTo() {
        return folder(ImapSinkSettings.COPY_TO);
    }

    ActionTemplate moveTo() {
        return folder(ImapSinkSettings.MOVE_TO);
    }

    private ActionTemplate folder(String name) {
        return ActionTemplate.compile(
                getString(name), value -> NOT_IN_A_LEVEL.matcher(value).replaceAll("_"));
    }

    /** Folder of the first of these queues that has one. */
    Optional<String> folderOf(List<String> queues) {
        var folders = folders(getList(ImapSinkSettings.QUEUE_FOLDERS));
        return queues.stream().filter(folders::containsKey).map(folders::get).findFirst();
    }

    private static Map<String, String> folders(List<String> pairs) {
        var folders = new LinkedHashMap<String, String>();
        pairs.stream().filter(pair -> !pair.isBlank()).forEach(pair -> {
            int equals = pair.indexOf('=');
            if (equals < 1 || pair.substring(equals + 1).isBlank()) {
                throw new IllegalArgumentException("'" + pair.strip() + "': allowed is queue=folder");
            }
            folders.put(
                    pair.substring(0, equals).strip(),
                    pair.substring(equals + 1).strip());
        });
        return folders;
    }

    List<String> searched() {
        return getList(ImapSinkSettings.SEARCH_FOLDERS);
    }

    boolean creates() {
        return getBoolean(ImapSinkSettings.CREATE_FOLDERS);
    }

    int mostBytes() {
        return getInt(ImapSinkSettings.MAX_MESSAGE_BYTES);
    }

    DeliveryPolicy policy() {
        return DeliverySettings.policy(this);
    }
}
