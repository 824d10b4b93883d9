package dev.vorrang.connectors.opcua;

import dev.vorrang.connectors.settings.SettingProblems;
import dev.vorrang.ingest.opcua.Identity;
import dev.vorrang.ingest.opcua.NodeMapping;
import dev.vorrang.ingest.opcua.NodeSelection;
import dev.vorrang.ingest.opcua.PathTemplate;
import dev.vorrang.ingest.opcua.Policy;
import dev.vorrang.ingest.opcua.Sampling;
import dev.vorrang.ingest.opcua.ServerAccess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
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
        problems(properties).check();
    }

    /** What is wrong with settings that each for itself may be right. */
    static SettingProblems problems(Map<String, String> properties) {
        var problems = new SettingProblems(properties);
        boolean nodes = problems.has(OpcUaSettings.NODES);
        boolean browse = problems.has(OpcUaSettings.BROWSE_TEMPLATE);
        if (nodes == browse) {
            problems.add(
                    OpcUaSettings.NODES,
                    (nodes ? "both " : "neither ") + OpcUaSettings.NODES + (nodes ? " and " : " nor ")
                            + OpcUaSettings.BROWSE_TEMPLATE + " are set: allowed is one of them");
        }
        if (browse) {
            try {
                new PathTemplate(
                        problems.get(OpcUaSettings.BROWSE_TEMPLATE),
                        Optional.of(problems.get(OpcUaSettings.BROWSE_MACHINE)).filter(machine -> !machine.isEmpty()));
            } catch (IllegalArgumentException e) {
                problems.add(OpcUaSettings.BROWSE_TEMPLATE, OpcUaSettings.BROWSE_TEMPLATE + ": " + e.getMessage());
            }
        }
        var login = OpcUaSettings.LOGIN;
        login.check(problems);
        problems.notBoth(OpcUaSettings.USER_CERTIFICATE, login.user());
        if (login.hasPassword(problems) && !problems.has(login.user())) {
            problems.add(login.password(), "a password is set, but no " + login.user());
        }
        problems.file(OpcUaSettings.USER_CERTIFICATE);
        return problems;
    }

    String endpoint() {
        return getString(OpcUaSettings.ENDPOINT).strip();
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
        var user = getString(OpcUaSettings.LOGIN.user()).strip();
        var certificate = getString(OpcUaSettings.USER_CERTIFICATE).strip();
        if (!user.isEmpty()) {
            return new Identity.Login(user, OpcUaSettings.LOGIN.password(this));
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
