package dev.vorrang.connectors.imap;

import static org.apache.kafka.common.config.ConfigDef.Importance.HIGH;
import static org.apache.kafka.common.config.ConfigDef.Importance.LOW;
import static org.apache.kafka.common.config.ConfigDef.Importance.MEDIUM;
import static org.apache.kafka.common.config.ConfigDef.Range.between;

import dev.vorrang.ingest.imap.ReadingPlan;
import dev.vorrang.ingest.imap.StartAt;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigException;

/** Names of the IMAP source's settings, what they mean and what is allowed. */
public final class ImapSettings {

    public static final String HOST = "imap.host";
    public static final String PORT = "imap.port";
    public static final String SECURITY = "imap.security";
    public static final String TLS_CA_FILE = "imap.tls.ca.file";
    public static final String TLS_TRUSTSTORE_FILE = "imap.tls.truststore.file";
    public static final String TLS_TRUSTSTORE_PASSWORD = "imap.tls.truststore.password";
    public static final String USER = "imap.user";
    public static final String PASSWORD = "imap.password";
    public static final String PASSWORD_FILE = "imap.password.file";
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
    public static final String SWEEP_INTERVAL_MS = "sweep.interval.ms";
    public static final String RETRY_MAX_MS = "retry.max.ms";
    public static final String PAGE_SIZE = "page.size";
    public static final String BATCH_SIZE = "batch.size";
    public static final String BUFFER_BYTES = "buffer.bytes";
    public static final String MAX_MESSAGE_BYTES = "max.message.bytes";
    public static final String TEXT_LIMIT = "text.limit";

    /** The settings, each with its doc and default. */
    public static final ConfigDef DEFINITION = definition();

    private static final String NONE = "";
    private static final Set<String> LOCAL_HOSTS = Set.of("localhost", "127.0.0.1", "[::1]");

    private ImapSettings() {}

    private static ConfigDef definition() {
        var definition = new ConfigDef();
        defineConnection(definition);
        defineReading(definition);
        return definition;
    }

    private static void defineConnection(ConfigDef definition) {
        definition
                .define(HOST, Type.STRING, ConfigDef.NO_DEFAULT_VALUE, text(), HIGH, "Name of the IMAP server.")
                .define(PORT, Type.INT, 0, between(0, 65_535), MEDIUM, "Port; 0 for 993 with tls, 143 otherwise.")
                .define(
                        SECURITY,
                        Type.STRING,
                        "tls",
                        ConfigDef.CaseInsensitiveValidString.in("tls", "starttls", "none"),
                        HIGH,
                        "tls: TLS from the first byte. starttls: TLS before the login, or no login. none: the password goes over"
                                + " the wire as it is.")
                .define(
                        TLS_CA_FILE,
                        Type.STRING,
                        NONE,
                        MEDIUM,
                        "PEM file with the certificates to trust instead of those that Java trusts.")
                .define(
                        TLS_TRUSTSTORE_FILE,
                        Type.STRING,
                        NONE,
                        LOW,
                        "PKCS#12 or JKS file with the certificates to trust instead of those that Java trusts.")
                .define(TLS_TRUSTSTORE_PASSWORD, Type.PASSWORD, NONE, LOW, "Password of that file, if it has one.")
                .define(USER, Type.STRING, ConfigDef.NO_DEFAULT_VALUE, text(), HIGH, "Login name.")
                .define(PASSWORD, Type.PASSWORD, NONE, HIGH, "Password. One of this, the file, or OAuth 2 is needed.")
                .define(
                        PASSWORD_FILE,
                        Type.STRING,
                        NONE,
                        MEDIUM,
                        "File whose first line is the password, read at each login.")
                .define(
                        OAUTH2_TOKEN_URL,
                        Type.STRING,
                        NONE,
                        MEDIUM,
                        "Token endpoint (RFC 6749), https; logs in with XOAUTH2. Plain http to this machine only.")
                .define(OAUTH2_CLIENT_ID, Type.STRING, NONE, MEDIUM, "Client id at the token endpoint.")
                .define(
                        OAUTH2_CLIENT_SECRET,
                        Type.PASSWORD,
                        NONE,
                        MEDIUM,
                        "Client secret; needed without a refresh token (grant client_credentials).")
                .define(OAUTH2_REFRESH_TOKEN, Type.PASSWORD, NONE, MEDIUM, "Refresh token (grant refresh_token).")
                .define(OAUTH2_SCOPE, Type.STRING, NONE, LOW, "Scope to ask for, if the endpoint needs one.")
                .define(
                        TIMEOUT_MS,
                        Type.LONG,
                        30_000L,
                        between(100L, 600_000L),
                        LOW,
                        "Longest wait for a connection and for the next bytes of an answer, in ms.")
                .define(
                        ACCOUNT,
                        Type.STRING,
                        NONE,
                        LOW,
                        "Name that the offsets are kept under; empty for user@host. Set it to the old one when the host is"
                                + " renamed, or every mail comes again.");
    }

    private static void defineReading(ConfigDef definition) {
        definition
                .define(FOLDERS, Type.LIST, "INBOX", folderNames(), HIGH, "Folders to read, by full name.")
                .define(
                        START,
                        Type.STRING,
                        "all",
                        ConfigDef.LambdaValidator.with(
                                (name, value) -> checkStart(name, (String) value), () -> StartAt.ALLOWED),
                        HIGH,
                        "Where a folder begins that was never read: " + StartAt.ALLOWED + ".")
                .define(
                        START_TOPIC,
                        Type.STRING,
                        NONE,
                        LOW,
                        "With start=new, one record without value for each folder goes to this topic, for Connect keeps where"
                                + " the folder began only with a record. Empty for the name of the topic and '.start'.")
                .define(TOPIC, Type.STRING, "mail.received", text(), HIGH, "Topic of the mails.")
                .define(IDLE, Type.BOOLEAN, true, MEDIUM, "Whether to use IDLE where the server has it.")
                .define(
                        SWEEP_INTERVAL_MS,
                        Type.LONG,
                        60_000L,
                        between(1_000L, ReadingPlan.LONGEST_SWEEP.toMillis()),
                        MEDIUM,
                        "Longest time between two looks into a folder, in ms, also while IDLE is in use, which it renews.")
                .define(
                        RETRY_MAX_MS,
                        Type.LONG,
                        300_000L,
                        between(1_000L, 3_600_000L),
                        LOW,
                        "Longest wait between two tries to connect, in ms. They begin at 1 s. A login that was refused is tried"
                                + " again after this time.")
                .define(PAGE_SIZE, Type.INT, 200, between(1, 500), LOW, "Most mails that are asked for at once.")
                .define(BATCH_SIZE, Type.INT, 200, between(1, 10_000), LOW, "Most mails that Connect is given at once.")
                .define(
                        BUFFER_BYTES,
                        Type.LONG,
                        16L << 20,
                        between(1L << 10, 1L << 40),
                        LOW,
                        "Decoded mails that wait for Connect, in bytes, for each task.")
                .define(
                        MAX_MESSAGE_BYTES,
                        Type.INT,
                        32 << 20,
                        between(1 << 10, 1 << 30),
                        MEDIUM,
                        "Of a longer mail only this many bytes are read, and its parseStatus is LIMIT.")
                .define(
                        TEXT_LIMIT,
                        Type.INT,
                        65_536,
                        between(1, 1 << 24),
                        MEDIUM,
                        "Most characters of a mail's text, quoted history and signature each. A record has at most 9 bytes for"
                                + " each of them and 361,000 more, 950,000 by default; beyond 65536, producer"
                                + " (max.request.size) and topic (max.message.bytes) must take records of that size.");
    }

    /**
     * What is wrong with settings that each for itself may be right.
     *
     * @return setting to what is wrong with it, in words
     */
    static Map<String, String> problems(Map<String, String> properties) {
        var problems = new LinkedHashMap<String, String>();
        var settings = new Settings(properties);
        checkCredentials(settings, problems);
        checkTls(settings, problems);
        for (var name : List.of(PASSWORD_FILE, TLS_CA_FILE, TLS_TRUSTSTORE_FILE)) {
            if (settings.has(name) && !isReadableFile(settings.get(name))) {
                problems.put(name, name + " is '" + settings.get(name) + "': no file that can be read");
            }
        }
        return problems;
    }

    private static void checkCredentials(Settings settings, Map<String, String> problems) {
        var ways = List.of(PASSWORD, PASSWORD_FILE, OAUTH2_TOKEN_URL);
        long given = ways.stream().filter(settings::has).count();
        if (given != 1) {
            problems.put(
                    PASSWORD,
                    (given == 0 ? "no credentials are set" : "more than one kind of credentials is set")
                            + ": allowed is one of " + String.join(", ", ways));
        }
        if (!settings.has(OAUTH2_TOKEN_URL)) {
            return;
        }
        if (!isSecure(settings.get(OAUTH2_TOKEN_URL))) {
            problems.put(
                    OAUTH2_TOKEN_URL,
                    OAUTH2_TOKEN_URL + " is '" + settings.get(OAUTH2_TOKEN_URL)
                            + "': allowed is an https address, or http to this machine");
        }
        if (!settings.has(OAUTH2_CLIENT_ID)) {
            problems.put(OAUTH2_CLIENT_ID, OAUTH2_CLIENT_ID + " is missing: " + OAUTH2_TOKEN_URL + " needs it");
        }
        if (!settings.has(OAUTH2_REFRESH_TOKEN) && !settings.has(OAUTH2_CLIENT_SECRET)) {
            problems.put(
                    OAUTH2_REFRESH_TOKEN,
                    "neither " + OAUTH2_REFRESH_TOKEN + " nor " + OAUTH2_CLIENT_SECRET + " is set: " + OAUTH2_TOKEN_URL
                            + " needs one");
        }
    }

    private static void checkTls(Settings settings, Map<String, String> problems) {
        if (settings.has(TLS_CA_FILE) && settings.has(TLS_TRUSTSTORE_FILE)) {
            problems.put(
                    TLS_TRUSTSTORE_FILE,
                    "both " + TLS_CA_FILE + " and " + TLS_TRUSTSTORE_FILE + " are set: allowed is one");
        }
        if ("none".equals(settings.get(SECURITY).toLowerCase(Locale.ROOT)) && settings.has(OAUTH2_TOKEN_URL)) {
            problems.put(SECURITY, SECURITY + " is 'none': allowed with OAuth 2 are tls and starttls");
        }
    }

    private static boolean isSecure(String url) {
        try {
            var uri = new URI(url);
            return uri.getHost() != null
                    && ("https".equals(uri.getScheme())
                            || "http".equals(uri.getScheme()) && LOCAL_HOSTS.contains(uri.getHost()));
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private static boolean isReadableFile(String path) {
        try {
            return Files.isReadable(Path.of(path)) && !Files.isDirectory(Path.of(path));
        } catch (InvalidPathException e) {
            return false;
        }
    }

    private static void checkStart(String name, String value) {
        try {
            StartAt.parse(value);
        } catch (IllegalArgumentException e) {
            throw new ConfigException(name, value, "allowed: " + StartAt.ALLOWED);
        }
    }

    private static ConfigDef.Validator text() {
        return ConfigDef.CompositeValidator.of(new ConfigDef.NonNullValidator(), new ConfigDef.NonEmptyString());
    }

    private static ConfigDef.Validator folderNames() {
        return ConfigDef.LambdaValidator.with(
                (name, value) -> {
                    var folders = (List<?>) value;
                    if (folders == null || folders.isEmpty() || folders.contains(NONE)) {
                        throw new ConfigException(name, value, "allowed: names of folders, separated by commas");
                    }
                },
                () -> "names of folders, separated by commas");
    }

    /** Settings as they were given, where an empty one is as good as none. */
    private record Settings(Map<String, String> properties) {

        boolean has(String name) {
            return !get(name).isEmpty();
        }

        String get(String name) {
            var value = properties.get(name);
            return value == null ? NONE : value.strip();
        }
    }
}
