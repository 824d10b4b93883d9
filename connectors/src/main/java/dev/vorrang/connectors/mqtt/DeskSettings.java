package dev.vorrang.connectors.mqtt;

import static org.apache.kafka.common.config.ConfigDef.Importance.HIGH;
import static org.apache.kafka.common.config.ConfigDef.Importance.MEDIUM;

import dev.vorrang.connectors.settings.Allowed;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Type;

/** Names of the settings of the source of desk events, what they mean and what is allowed. {@link MqttSettings} has the others. */
public final class DeskSettings {

    public static final String TOPIC = "topic";
    public static final String DEAD_LETTER_TOPIC = "dead.letter.topic";
    public static final String ACCEPT = "desk.accept";
    public static final String LINK_SECRET = "desk.link.secret";
    public static final String LINK_SECRET_FILE = "desk.link.secret.file";

    /** Events, and links. */
    static final String EVENTS = "events";

    /** Links alone. */
    public static final String LINKS = "links";

    /** The settings, each with its doc and default. */
    public static final ConfigDef DEFINITION = definition();

    private DeskSettings() {}

    private static ConfigDef definition() {
        var definition = new ConfigDef();
        MqttConnection.define(
                definition,
                "Client id and thereby session at the broker, which queues messages while the connector is disconnected."
                        + " Must be unique.");
        MqttSession.define(
                definition,
                "One task reads all of them.",
                "The order of events may change, and retained messages are not delivered.",
                "If the session has expired, messages sent in the meantime are lost; this is logged.");
        return definition
                .define(
                        ACCEPT,
                        Type.STRING,
                        EVENTS,
                        ConfigDef.ValidString.in(EVENTS, LINKS),
                        HIGH,
                        "events: anyone who may publish to the topics may send any desk event. links: a message must send back the"
                                + " signed link of an action, and acknowledges only its record.")
                .define(
                        LINK_SECRET,
                        Type.PASSWORD,
                        "",
                        HIGH,
                        "Secret that signs links, actions.acknowledge.secret of the program that decides actions. Without it"
                                + " links are refused.")
                .define(LINK_SECRET_FILE, Type.STRING, "", MEDIUM, "File whose first line is the secret.")
                .define(TOPIC, Type.STRING, "desk.events", Allowed.text(), HIGH, "Topic of the events.")
                .define(
                        DEAD_LETTER_TOPIC,
                        Type.STRING,
                        "actions.undecided",
                        Allowed.text(),
                        MEDIUM,
                        "Topic for messages that are not valid desk events.");
    }
}
