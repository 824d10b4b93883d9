package dev.vorrang.connectors.imap;

import static org.apache.kafka.common.config.ConfigDef.Importance.HIGH;
import static org.apache.kafka.common.config.ConfigDef.Importance.LOW;
import static org.apache.kafka.common.config.ConfigDef.Importance.MEDIUM;
import static org.apache.kafka.common.config.ConfigDef.Range.between;

import dev.vorrang.connectors.settings.Allowed;
import dev.vorrang.connectors.settings.LoginSettings;
import dev.vorrang.connectors.settings.TlsSettings;
import dev.vorrang.ingest.imap.ReadingPlan;
import dev.vorrang.ingest.imap.StartAt;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Type;

/** Names of the IMAP source's settings, what they mean and what is allowed. */
public final class ImapSettings {

    public static final TlsSettings TLS = new TlsSettings("imap");
    public static final LoginSettings LOGIN = new LoginSettings("imap");
    public static final String HOST = "imap.host";
    public static final String PORT = "imap.port";
    public static final String SECURITY = "imap.security";
    public static final String OAUTH2_TOKEN_URL = "imap.oauth2.token.url";
    public static final String OAUTH2_CLIENT_ID = "imap.oauth2.client.id";
    public static final String OAUTH2_CLIENT_SECRET = "imap.oauth2.client.secret";
    public static final String OAUTH2_REFRESH_TOKEN = "imap.oauth2.refresh.token";
    public static final String OAUTH2_SCOPE = "imap.oauth2.scope";
    public static final String TIMEOUT_MS = "imap.timeout.ms";
    public static final String ACCOUNT = "imap.account";
    public static final String FOLDERS = "folders";
    public static final String START = "start";
    public static final String START_TOPIC = "start.topic";
    public static final String TOPIC = "topic";
    public static final String IDLE = "idle";
    public static final String POLL_INTERVAL_MS = "poll.interval.ms";
    public static final String RETRY_MAX_MS = "retry.max.ms";
    public static final String PAGE_SIZE = "page.size";
    public static final String BATCH_SIZE = "batch.size";
    public static final String BUFFER_BYTES = "buffer.bytes";
    public static final String MAX_MESSAGE_BYTES = "max.message.bytes";
    public static final String TEXT_LIMIT = "text.limit";

    /** The settings, each with its doc and default. */
    public static final ConfigDef DEFINITION = definition();

    private static final String NONE = "";

    private ImapSettings() {}

    private static ConfigDef definition() {
        var definition = new ConfigDef();
        ImapConnectionSettings.define(definition);
        definition.define(
                ACCOUNT,
                Type.STRING,
                NONE,
                LOW,
                "Name under which offsets are stored; empty for user@host. Set it to the old "
                        + "name when the host is renamed; otherwise all mails are read again.");
        defineReading(definition);
        return definition;
    }

    private static void defineReading(ConfigDef definition) {
        definition
                .define(
                        FOLDERS,
                        Type.LIST,
                        "INBOX",
                        Allowed.list(name -> !name.isEmpty(), "names of folders, separated by commas"),
                        HIGH,
                        "Folders to read, by full name.")
                .define(
                        START,
                        Type.STRING,
                        "all",
                        Allowed.parsed(StartAt::parse, StartAt.ALLOWED),
                        HIGH,
                        "Start position in a folder that was never read: " + StartAt.ALLOWED + ".")
                .define(
                        START_TOPIC,
                        Type.STRING,
                        NONE,
                        LOW,
                        "With start=new, one record without value for each folder is sent to this "
                                + "topic, because Connect stores a start position only with a record. Empty for "
                                + "the name of the topic and '.start'.")
                .define(TOPIC, Type.STRING, "mail.received", Allowed.text(), HIGH, "Topic of the mails.")
                .define(IDLE, Type.BOOLEAN, true, MEDIUM, "Whether to use IDLE if the server supports it.")
                .define(
                        POLL_INTERVAL_MS,
                        Type.LONG,
                        60_000L,
                        between(1_000L, ReadingPlan.MAX_POLL_INTERVAL.toMillis()),
                        MEDIUM,
                        "Maximum time between two scans of a folder, in ms, also with IDLE, which each scan renews.")
                .define(
                        RETRY_MAX_MS,
                        Type.LONG,
                        300_000L,
                        between(1_000L, 3_600_000L),
                        LOW,
                        "Maximum pause between connection attempts, in ms. Pauses start at 1 s. A refused login is"
                                + " retried after this time.")
                .define(PAGE_SIZE, Type.INT, 200, between(1, 500), LOW, "Maximum number of mails in one request.")
                .define(BATCH_SIZE, Type.INT, 200, between(1, 10_000), LOW, "Maximum number of mails in a batch.")
                .define(
                        BUFFER_BYTES,
                        Type.LONG,
                        16L << 20,
                        between(1L << 10, 1L << 40),
                        LOW,
                        "Maximum size of decoded mails buffered in each task, in bytes.")
                .define(
                        MAX_MESSAGE_BYTES,
                        Type.INT,
                        32 << 20,
                        between(1 << 10, 1 << 30),
                        MEDIUM,
                        "Maximum number of bytes read of a mail; a longer one has the parseStatus LIMIT.")
                .define(
                        TEXT_LIMIT,
                        Type.INT,
                        65_536,
                        between(1, 1 << 24),
                        MEDIUM,
                        "Maximum number of characters of a mail's text, quoted history and signature "
                                + "each. A record has at most 9 bytes for each character and 361,000 more, "
                                + "950,000 by default. Beyond 65536, producer (max.request.size) and topic "
                                + "(max.message.bytes) must allow records of that size.");
    }
}
