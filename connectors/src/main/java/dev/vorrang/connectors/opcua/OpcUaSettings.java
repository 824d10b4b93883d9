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
                        "Address of the server: opc.tcp://HOST:PORT/PATH. Host and port are used whatever the server calls itself.")
                .define(
                        POLICY,
                        Type.STRING,
                        Policy.BASIC256SHA256.label(),
                        ConfigDef.CaseInsensitiveValidString.in(Arrays.stream(Policy.values())
                                .map(Policy::label)
                                .toArray(String[]::new)),
                        HIGH,
                        "Security policy. None: values and password go over the wire as they are, and the server may be anyone.")
                .define(
                        MODE,
                        Type.STRING,
                        "sign-and-encrypt",
                        ConfigDef.CaseInsensitiveValidString.in("sign", "sign-and-encrypt"),
                        MEDIUM,
                        "Whether messages are encrypted besides signed, unless the policy is None.")
                .define(
                        CERTIFICATES,
                        Type.STRING,
                        "opcua-certificates",
                        Allowed.text(),
                        HIGH,
                        "Folder of certificates, needed unless the policy is None. own/client.p12 and own/client.der, the program's"
                                + " key and certificate, are made if they are not there; trusted/certs has the servers'"
                                + " certificates; a server that is not trusted is left in rejected, to be moved to trusted/certs.")
                .define(CERTIFICATES_PASSWORD, Type.PASSWORD, NONE, MEDIUM, "Password of the program's own key.")
                .define(
                        TIMEOUT_MS,
                        Type.LONG,
                        10_000L,
                        between(100L, 600_000L),
                        LOW,
                        "Longest wait for a connection or an answer, in ms.")
                .define(
                        RETRY_MAX_MS,
                        Type.LONG,
                        60_000L,
                        between(500L, 3_600_000L),
                        LOW,
                        "Longest wait between two tries to connect, in ms. They begin at 0.5 s. A login that was refused is"
                                + " tried again after this time, if it was good once; from the start it ends the task.");
    }

    private static void defineLogin(ConfigDef definition) {
        LOGIN.defineOptional(
                definition, "Login name; without it and a user certificate, as nobody.", "Password of the user.");
        definition
                .define(
                        USER_CERTIFICATE,
                        Type.STRING,
                        NONE,
                        MEDIUM,
                        "PKCS#12 file with certificate and key of the user, instead of name and password.")
                .define(USER_CERTIFICATE_PASSWORD, Type.PASSWORD, NONE, MEDIUM, "Password of that file and its key.");
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
                                + ". Instead of ns=, nsu= with the namespace's URI holds when"
                                + " the server numbers its namespaces anew. One of this and " + BROWSE_TEMPLATE
                                + " is needed.")
                .define(
                        BROWSE_TEMPLATE,
                        Type.STRING,
                        NONE,
                        HIGH,
                        "Reads all variables whose path of browse names below the root matches, and tells machine and sensor by it:"
                                + " Line 1/{machine}/{sensor}. {sensor...} takes the rest of the path, * any part of a name,"
                                + " ** any number of names. Looked up at each connect.")
                .define(
                        BROWSE_ROOT,
                        Type.STRING,
                        "i=85",
                        Allowed.parsed(OpcUaSettings::checkNode, "an id such as ns=2;s=Plant"),
                        MEDIUM,
                        "Id of the node to browse below; the folder Objects by default.")
                .define(
                        BROWSE_MACHINE,
                        Type.STRING,
                        NONE,
                        MEDIUM,
                        "Name of the machine, where the template has no {machine}.")
                .define(BROWSE_DEPTH, Type.INT, 6, between(1, 20), LOW, "Levels below the root to look into.")
                .define(
                        BROWSE_INTERVAL_MS,
                        Type.LONG,
                        60_000L,
                        between(1_000L, 86_400_000L),
                        LOW,
                        "How often nodes are looked for that have appeared, in ms: below the root, or those listed that the"
                                + " server did not know.");
    }

    private static void defineSampling(ConfigDef definition) {
        definition
                .define(
                        PUBLISHING_MS,
                        Type.LONG,
                        1_000L,
                        between(10L, 3_600_000L),
                        MEDIUM,
                        "How often the server sends what changed, in ms. It may revise this, sampling interval and queue size.")
                .define(
                        SAMPLING_MS,
                        Type.LONG,
                        1_000L,
                        between(0L, 3_600_000L),
                        HIGH,
                        "How often the server looks at each value, in ms; 0: as fast as it can.")
                .define(
                        QUEUE_SIZE,
                        Type.INT,
                        100,
                        between(1, 10_000),
                        MEDIUM,
                        "Values of each node that the server keeps until they are sent; this bridges cuts and a slow Kafka. The"
                                + " oldest is dropped first, and the next reading has the flags overflow and gap. With 1,"
                                + " servers do not tell.")
                .define(
                        DEADBAND,
                        Type.STRING,
                        NONE,
                        Allowed.parsed(
                                OpcUaSettings::checkDeadband,
                                "0.5 (in the value's unit) or 2% (of the node's EURange)"),
                        MEDIUM,
                        "Smallest change that the server sends: 0.5, in the value's unit, or 2%, of the node's EURange. Empty for"
                                + " every change. A node that cannot have it is read without.")
                .define(
                        UNCHANGED,
                        Type.BOOLEAN,
                        false,
                        LOW,
                        "Whether a value is sent also if only its time changed, where the server can.")
                .define(
                        TIME,
                        Type.STRING,
                        "source",
                        ConfigDef.CaseInsensitiveValidString.in("source", "server"),
                        MEDIUM,
                        "Time of a reading: source, when the device measured (the server's where it does not say); server, when"
                                + " the server had it.");
    }

    private static void defineRecords(ConfigDef definition) {
        RecordSettings.define(
                definition,
                "Topic that names, once each, nodes that are not there or whose values are no numbers.",
                1_000,
                10_000,
                "Most readings that Connect is given at once.");
        definition
                .define(
                        BUFFER_READINGS,
                        Type.INT,
                        10_000,
                        between(1, 1_000_000),
                        LOW,
                        "Readings that wait for Connect, for each task. While they are that many, the server's queues hold the"
                                + " rest.")
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
