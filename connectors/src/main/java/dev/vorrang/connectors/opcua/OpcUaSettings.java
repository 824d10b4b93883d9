package dev.vorrang.connectors.opcua;

import static org.apache.kafka.common.config.ConfigDef.Importance.HIGH;
import static org.apache.kafka.common.config.ConfigDef.Importance.LOW;
import static org.apache.kafka.common.config.ConfigDef.Importance.MEDIUM;
import static org.apache.kafka.common.config.ConfigDef.Range.between;

import dev.vorrang.connectors.reading.RecordSettings;
import dev.vorrang.connectors.settings.Allowed;
import dev.vorrang.connectors.settings.LoginSettings;
import dev.vorrang.ingest.opcua.NodeMapping;
import dev.vorrang.ingest.opcua.Policy;
import java.util.Arrays;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Type;

/** Names of the OPC UA source's settings, what they mean and what is allowed. */
public final class OpcUaSettings {

    public static final LoginSettings LOGIN = new LoginSettings("opcua");
    public static final String ENDPOINT = "opcua.endpoint";
    public static final String POLICY = "opcua.security.policy";
    public static final String MODE = "opcua.security.mode";
    public static final String CERTIFICATES = "opcua.certificates.folder";
    public static final String CERTIFICATES_PASSWORD = "opcua.certificates.password";
    public static final String USER_CERTIFICATE = "opcua.user.certificate.file";
    public static final String USER_CERTIFICATE_PASSWORD = "opcua.user.certificate.password";
    public static final String TIMEOUT_MS = "opcua.timeout.ms";
    public static final String RETRY_MAX_MS = "retry.max.ms";
    public static final String NODES = "nodes";
    public static final String BROWSE_TEMPLATE = "browse.template";
    public static final String BROWSE_ROOT = "browse.root";
    public static final String BROWSE_MACHINE = "browse.machine";
    public static final String BROWSE_DEPTH = "browse.depth";
    public static final String BROWSE_INTERVAL_MS = "browse.interval.ms";
    public static final String PUBLISHING_MS = "publishing.interval.ms";
    public static final String SAMPLING_MS = "sampling.interval.ms";
    public static final String QUEUE_SIZE = "queue.size";
    public static final String DEADBAND = "deadband";
    public static final String UNCHANGED = "unchanged.values";
    public static final String TIME = "time";
    public static final String BUFFER_READINGS = "buffer.readings";
    /** Set by the connector for each of its tasks: part/parts of the machines. */
    static final String SHARE = "task.share";

    private static final Pattern ENDPOINT_TEXT = Pattern.compile("opc\\.tcp://[^/:\\s]+(:\\d{1,5})?(/\\S*)?");
    static final Pattern DEADBAND_TEXT = Pattern.compile("(\\d+(?:\\.\\d+)?)(%?)");

    /** The settings, each with its doc and default. */
    public static final ConfigDef DEFINITION = definition();

    private static final String NONE = "";

    private OpcUaSettings() {}

    private static ConfigDef definition() {
        var definition = new ConfigDef();
        defineServer(definition);
        defineLogin(definition);
        defineNodes(definition);
        defineSampling(definition);
        defineRecords(definition);
        return definition;
    }

    private static void defineServer(ConfigDef definition) {
        definition
                .define(
                        ENDPOINT,
                        Type.STRING,
                        ConfigDef.NO_DEFAULT_VALUE,
                        Allowed.matching(ENDPOINT_TEXT, "opc.tcp://HOST:PORT/PATH"),
                        HIGH,
                        "Address of the server: opc.tcp://HOST:PORT/PATH. Host and port are used "
                                + "regardless of the endpoint URL that the server returns.")
                .define(
                        POLICY,
                        Type.STRING,
                        Policy.BASIC256SHA256.label(),
                        ConfigDef.CaseInsensitiveValidString.in(Arrays.stream(Policy.values())
                                .map(Policy::label)
                                .toArray(String[]::new)),
                        HIGH,
                        "Security policy. None: values and password are sent in clear text, and the server is not"
                                + " authenticated.")
                .define(
                        MODE,
                        Type.STRING,
                        "sign-and-encrypt",
                        ConfigDef.CaseInsensitiveValidString.in("sign", "sign-and-encrypt"),
                        MEDIUM,
                        "Whether messages are encrypted in addition to signed, unless the policy is None.")
                .define(
                        CERTIFICATES,
                        Type.STRING,
                        "opcua-certificates",
                        Allowed.text(),
                        HIGH,
                        "Folder of certificates, required unless the policy is None. own/client.p12 and"
                                + " own/client.der, the client's key and certificate, are created if missing. "
                                + "trusted/certs has the servers' certificates. The certificate of an untrusted "
                                + "server is stored in rejected; move it to trusted/certs to trust it.")
                .define(CERTIFICATES_PASSWORD, Type.PASSWORD, NONE, MEDIUM, "Password of the client's key.")
                .define(
                        TIMEOUT_MS,
                        Type.LONG,
                        10_000L,
                        between(100L, 600_000L),
                        LOW,
                        "Timeout for a connection or a response, in ms.")
                .define(
                        RETRY_MAX_MS,
                        Type.LONG,
                        60_000L,
                        between(500L, 3_600_000L),
                        LOW,
                        "Maximum pause between connection attempts, in ms. Pauses start at 0.5 s. A "
                                + "refused login is retried after this time if it has succeeded before; otherwise"
                                + " it ends the task.");
    }

    private static void defineLogin(ConfigDef definition) {
        LOGIN.defineOptional(
                definition,
                "Login name. Without it and without a user certificate, the login is anonymous.",
                "Password of the user.");
        definition
                .define(
                        USER_CERTIFICATE,
                        Type.STRING,
                        NONE,
                        MEDIUM,
                        "PKCS#12 file with certificate and key of the user, instead of name and password.")
                .define(
                        USER_CERTIFICATE_PASSWORD,
                        Type.PASSWORD,
                        NONE,
                        MEDIUM,
                        "Password of the user certificate's file and key.");
    }

    private static void defineNodes(ConfigDef definition) {
        definition
                .define(
                        NODES,
                        Type.STRING,
                        NONE,
                        Allowed.parsed(NodeMapping::parse, NodeMapping.ALLOWED),
                        HIGH,
                        "Nodes to read: " + NodeMapping.ALLOWED
                                + ". Use nsu= with the namespace URI instead of ns= if the server may "
                                + "renumber its namespaces. Either this or " + BROWSE_TEMPLATE
                                + " is required.")
                .define(
                        BROWSE_TEMPLATE,
                        Type.STRING,
                        NONE,
                        HIGH,
                        "Template for browse paths below the root: all matching variables are read, "
                                + "with machine and sensor from the path, such as Line 1/{machine}/{sensor}. "
                                + "{sensor...} matches the rest of the path, * any part of a name, ** any number "
                                + "of names. Evaluated at each connect.")
                .define(
                        BROWSE_ROOT,
                        Type.STRING,
                        "i=85",
                        Allowed.parsed(OpcUaSettings::checkNode, "an id such as ns=2;s=Plant"),
                        MEDIUM,
                        "Id of the root node for browsing. Default: the folder Objects.")
                .define(
                        BROWSE_MACHINE,
                        Type.STRING,
                        NONE,
                        MEDIUM,
                        "Name of the machine if the template has no {machine}.")
                .define(BROWSE_DEPTH, Type.INT, 6, between(1, 20), LOW, "Maximum depth below the root.")
                .define(
                        BROWSE_INTERVAL_MS,
                        Type.LONG,
                        60_000L,
                        between(1_000L, 86_400_000L),
                        LOW,
                        "Interval for finding new nodes, in ms: below the root, or listed nodes that the server did"
                                + " not know.");
    }

    private static void defineSampling(ConfigDef definition) {
        definition
                .define(
                        PUBLISHING_MS,
                        Type.LONG,
                        1_000L,
                        between(10L, 3_600_000L),
                        MEDIUM,
                        "Publishing interval in ms. The server may revise it, as well as sampling interval and queue"
                                + " size.")
                .define(
                        SAMPLING_MS,
                        Type.LONG,
                        1_000L,
                        between(0L, 3_600_000L),
                        HIGH,
                        "Sampling interval of each value, in ms; 0 for the fastest.")
                .define(
                        QUEUE_SIZE,
                        Type.INT,
                        100,
                        between(1, 10_000),
                        MEDIUM,
                        "Queue size of each node at the server, which bridges interruptions and a slow "
                                + "Kafka. The oldest value is dropped first, and the next reading has the flags "
                                + "overflow and gap. With 1, servers do not report an overflow.")
                .define(
                        DEADBAND,
                        Type.STRING,
                        NONE,
                        Allowed.parsed(
                                OpcUaSettings::checkDeadband,
                                "0.5 (in the value's unit) or 2% (of the node's EURange)"),
                        MEDIUM,
                        "Minimum change that the server sends: 0.5, in the value's unit, or 2%, of the "
                                + "node's EURange. Empty: every change. A node that does not support it is read "
                                + "without.")
                .define(
                        UNCHANGED,
                        Type.BOOLEAN,
                        false,
                        LOW,
                        "Whether a value is also sent if only its timestamp changed, if the server supports it.")
                .define(
                        TIME,
                        Type.STRING,
                        "source",
                        ConfigDef.CaseInsensitiveValidString.in("source", "server"),
                        MEDIUM,
                        "Timestamp of a reading: source, from the device (or the server if absent); server, from the"
                                + " server.");
    }

    private static void defineRecords(ConfigDef definition) {
        RecordSettings.define(
                definition,
                "Topic for nodes that are missing or whose values are not numbers, once for each.",
                1_000,
                10_000,
                "Maximum number of readings in a batch.");
        definition
                .define(
                        BUFFER_READINGS,
                        Type.INT,
                        10_000,
                        between(1, 1_000_000),
                        LOW,
                        "Maximum number of readings buffered in each task. When the buffer is full, the rest stays in"
                                + " the server's queues.")
                .defineInternal(SHARE, Type.STRING, "0/1", LOW);
    }

    private static void checkNode(String value) {
        NodeMapping.parse(value + " -> machine/sensor");
    }

    private static void checkDeadband(String value) {
        var matcher = DEADBAND_TEXT.matcher(value);
        boolean fits = matcher.matches() && (matcher.group(2).isEmpty() || Double.parseDouble(matcher.group(1)) <= 100);
        if (!value.isEmpty() && !fits) {
            throw new IllegalArgumentException("allowed: empty, a number such as 0.5, or a percentage such as 2%");
        }
    }
}
