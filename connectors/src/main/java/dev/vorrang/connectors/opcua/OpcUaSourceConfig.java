package dev.vorrang.connectors.opcua;

import dev.vorrang.ingest.opcua.Identity;
import dev.vorrang.ingest.opcua.NodeMapping;
import dev.vorrang.ingest.opcua.NodeSelection;
import dev.vorrang.ingest.opcua.PathTemplate;
import dev.vorrang.ingest.opcua.Policy;
import dev.vorrang.ingest.opcua.Sampling;
import dev.vorrang.ingest.opcua.ServerAccess;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigException;

/** Settings of the OPC UA source, as typed values. {@link OpcUaSettings} has their names and what is allowed. */
public final class OpcUaSourceConfig extends AbstractConfig {

    /**
     * @param properties as Connect gives them
     * @throws ConfigException if a setting is missing or wrong
     */
    public OpcUaSourceConfig(Map<String, String> properties) {
        super(OpcUaSettings.DEFINITION, properties, false);
        var problems = problems(properties);
        if (!problems.isEmpty()) {
            throw new ConfigException(String.join("; ", problems.values()));
        }
    }

    /**
     * What is wrong with settings that each for itself may be right.
     *
     * @return setting to what is wrong with it, in words
     */
    static Map<String, String> problems(Map<String, String> properties) {
        var problems = new LinkedHashMap<String, String>();
        boolean nodes = isSet(properties, OpcUaSettings.NODES);
        boolean browse = isSet(properties, OpcUaSettings.BROWSE_TEMPLATE);
        if (nodes == browse) {
            problems.put(
                    OpcUaSettings.NODES,
                    (nodes ? "both " : "neither ") + OpcUaSettings.NODES + (nodes ? " and " : " nor ")
                            + OpcUaSettings.BROWSE_TEMPLATE + " are set: allowed is one of them");
        }
        if (browse) {
            try {
                new PathTemplate(
                        value(properties, OpcUaSettings.BROWSE_TEMPLATE),
                        Optional.of(value(properties, OpcUaSettings.BROWSE_MACHINE))
                                .filter(machine -> !machine.isEmpty()));
            } catch (IllegalArgumentException e) {
                problems.put(OpcUaSettings.BROWSE_TEMPLATE, OpcUaSettings.BROWSE_TEMPLATE + ": " + e.getMessage());
            }
        }
        checkLogin(properties, problems);
        return problems;
    }

    private static void checkLogin(Map<String, String> properties, Map<String, String> problems) {
        if (isSet(properties, OpcUaSettings.USER) && isSet(properties, OpcUaSettings.USER_CERTIFICATE)) {
            problems.put(
                    OpcUaSettings.USER,
                    "both " + OpcUaSettings.USER + " and " + OpcUaSettings.USER_CERTIFICATE
                            + " are set: allowed is one of them");
        }
        if (isSet(properties, OpcUaSettings.PASSWORD) && !isSet(properties, OpcUaSettings.USER)) {
            problems.put(OpcUaSettings.PASSWORD, OpcUaSettings.PASSWORD + " is set, but no " + OpcUaSettings.USER);
        }
        if (isSet(properties, OpcUaSettings.USER_CERTIFICATE)
                && !isReadable(value(properties, OpcUaSettings.USER_CERTIFICATE))) {
            problems.put(
                    OpcUaSettings.USER_CERTIFICATE,
                    OpcUaSettings.USER_CERTIFICATE + " is '" + value(properties, OpcUaSettings.USER_CERTIFICATE)
                            + "': no file that can be read");
        }
    }

    private static boolean isReadable(String path) {
        try {
            return Files.isReadable(Path.of(path)) && !Files.isDirectory(Path.of(path));
        } catch (InvalidPathException e) {
            return false;
        }
    }

    private static String value(Map<String, String> properties, String name) {
        var value = properties.get(name);
        return value == null ? "" : value.strip();
    }

    private static boolean isSet(Map<String, String> properties, String name) {
        return !value(properties, name).isEmpty();
    }

    String endpoint() {
        return getString(OpcUaSettings.ENDPOINT).strip();
    }

    String topic() {
        return getString(OpcUaSettings.TOPIC);
    }

    String deadLetters() {
        return getString(OpcUaSettings.DEAD_LETTERS);
    }

    int batchSize() {
        return getInt(OpcUaSettings.BATCH_SIZE);
    }

    int bufferReadings() {
        return getInt(OpcUaSettings.BUFFER_READINGS);
    }

    ServerAccess access() {
        return new ServerAccess(
                endpoint(),
                Arrays.stream(Policy.values())
                        .filter(policy -> policy.label().equalsIgnoreCase(getString(OpcUaSettings.POLICY)))
                        .findFirst()
                        .orElseThrow(),
                getString(OpcUaSettings.MODE).equalsIgnoreCase("sign-and-encrypt"),
                identity(),
                Path.of(getString(OpcUaSettings.CERTIFICATES)),
                getPassword(OpcUaSettings.CERTIFICATES_PASSWORD).value(),
                Duration.ofMillis(getLong(OpcUaSettings.TIMEOUT_MS)),
                Duration.ofMillis(getLong(OpcUaSettings.RETRY_MAX_MS)));
    }

    private Identity identity() {
        var user = getString(OpcUaSettings.USER).strip();
        var certificate = getString(OpcUaSettings.USER_CERTIFICATE).strip();
        if (!user.isEmpty()) {
            return new Identity.Password(
                    user, getPassword(OpcUaSettings.PASSWORD).value());
        }
        return certificate.isEmpty()
                ? new Identity.Anonymous()
                : new Identity.Certificate(
                        Path.of(certificate),
                        getPassword(OpcUaSettings.USER_CERTIFICATE_PASSWORD).value());
    }

    NodeSelection nodes() {
        var listed = NodeMapping.parse(getString(OpcUaSettings.NODES));
        if (!listed.isEmpty()) {
            return new NodeSelection.Listed(listed);
        }
        var machine =
                Optional.of(getString(OpcUaSettings.BROWSE_MACHINE).strip()).filter(name -> !name.isEmpty());
        var share = getString(OpcUaSettings.SHARE).split("/");
        return new NodeSelection.Browsed(
                getString(OpcUaSettings.BROWSE_ROOT).strip(),
                new PathTemplate(getString(OpcUaSettings.BROWSE_TEMPLATE).strip(), machine),
                getInt(OpcUaSettings.BROWSE_DEPTH),
                new NodeSelection.Share(Integer.parseInt(share[0]), Integer.parseInt(share[1])));
    }

    Sampling sampling() {
        return new Sampling(
                Duration.ofMillis(getLong(OpcUaSettings.PUBLISHING_MS)),
                Duration.ofMillis(getLong(OpcUaSettings.SAMPLING_MS)),
                getInt(OpcUaSettings.QUEUE_SIZE),
                deadband(),
                getBoolean(OpcUaSettings.UNCHANGED),
                getString(OpcUaSettings.TIME).equalsIgnoreCase("server"),
                Duration.ofMillis(getLong(OpcUaSettings.BROWSE_INTERVAL_MS)));
    }

    private Sampling.Deadband deadband() {
        var matcher = OpcUaSettings.DEADBAND_TEXT.matcher(
                getString(OpcUaSettings.DEADBAND).strip());
        if (!matcher.matches()) {
            return new Sampling.Deadband.None();
        }
        double size = Double.parseDouble(matcher.group(1));
        return matcher.group(2).isEmpty() ? new Sampling.Deadband.Absolute(size) : new Sampling.Deadband.Percent(size);
    }
}
