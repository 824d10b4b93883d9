package dev.vorrang.connectors.sink.imap;

import static org.apache.kafka.common.config.ConfigDef.Importance.HIGH;
import static org.apache.kafka.common.config.ConfigDef.Importance.LOW;
import static org.apache.kafka.common.config.ConfigDef.Importance.MEDIUM;
import static org.apache.kafka.common.config.ConfigDef.Range.between;

import dev.vorrang.connectors.imap.ImapConnectionSettings;
import dev.vorrang.connectors.sink.DeliverySettings;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Type;

/** Names of the IMAP sink's settings besides those of {@link ImapConnectionSettings}, what they mean and what is allowed. */
public final class ImapSinkSettings {

    public static final String ATTEMPT_TIMEOUT_MS = "imap.attempt.timeout.ms";
    public static final String FLAGS = "imap.flags";
    public static final String LABELS = "imap.labels";
    public static final String COPY_TO = "imap.copy.to";
    public static final String MOVE_TO = "imap.move.to";
    public static final String QUEUE_FOLDERS = "imap.queue.folders";
    public static final String SEARCH_FOLDERS = "imap.search.folders";
    public static final String CREATE_FOLDERS = "imap.create.folders";
    public static final String MAX_MESSAGE_BYTES = "max.message.bytes";

    /** The settings, each with its doc and default. */
    public static final ConfigDef DEFINITION = definition();

    private static final String NONE = "";

    private ImapSinkSettings() {}

    private static ConfigDef definition() {
        var definition = new ConfigDef();
        ImapConnectionSettings.define(definition);
        definition
                .define(
                        ATTEMPT_TIMEOUT_MS,
                        Type.LONG,
                        240_000L,
                        between(100L, 3_600_000L),
                        LOW,
                        "Timeout for a whole attempt, in ms; the connection is closed when it expires. Must be"
                                + " below the max.poll.interval.ms of the consumer, by default 5 min.")
                .define(
                        FLAGS,
                        Type.LIST,
                        NONE,
                        HIGH,
                        "Flags and keywords to add, separated by commas, each a Mustache template: {{#urgent}}$Urgent{{/urgent}},"
                                + " \\Flagged. What is empty for an action is left out; in values what no keyword may have becomes _.")
                .define(
                        LABELS,
                        Type.LIST,
                        NONE,
                        MEDIUM,
                        "Labels to add where the server has them (Gmail), separated by commas, each a Mustache template.")
                .define(
                        MOVE_TO,
                        Type.STRING,
                        NONE,
                        HIGH,
                        "Folder to move a mail to, by full name, a Mustache template; empty for none. In values / . * % and control"
                                + " characters become _.")
                .define(
                        QUEUE_FOLDERS,
                        Type.LIST,
                        NONE,
                        MEDIUM,
                        "Folders by queue as queue=folder, separated by commas: a mail is moved to that of its first queue in the"
                                + " list, else to imap.move.to.")
                .define(
                        COPY_TO,
                        Type.STRING,
                        NONE,
                        MEDIUM,
                        "Folder that gets a copy, by full name, a Mustache template; empty for none.")
                .define(
                        SEARCH_FOLDERS,
                        Type.LIST,
                        NONE,
                        MEDIUM,
                        "Folders, separated by commas, in which a mail is looked for that is no longer where it was read, besides"
                                + " its own and the target.")
                .define(CREATE_FOLDERS, Type.BOOLEAN, true, LOW, "Whether a target folder that is missing is made.")
                .define(
                        MAX_MESSAGE_BYTES,
                        Type.INT,
                        32 << 20,
                        between(1 << 10, 1 << 30),
                        LOW,
                        "As in the source that read the mails: the ids of longer mails are of their first bytes.");
        DeliverySettings.define(definition, 600);
        return definition;
    }
}
