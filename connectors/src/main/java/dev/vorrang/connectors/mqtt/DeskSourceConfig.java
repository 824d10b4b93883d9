package dev.vorrang.connectors.mqtt;

import dev.vorrang.connectors.settings.SettingProblems;
import dev.vorrang.ingest.connection.Password;
import dev.vorrang.ingest.mqtt.MqttBroker;
import dev.vorrang.ingest.mqtt.MqttSubscription;
import dev.vorrang.schemas.desk.AcknowledgeLink;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigException;

/** Settings of the source of desk events, as typed values. {@link DeskSettings} has their names and what is allowed. */
final class DeskSourceConfig extends AbstractConfig {

    /** @throws ConfigException if a setting is missing or wrong */
    DeskSourceConfig(Map<String, String> properties) {
        super(DeskSettings.DEFINITION, properties, false);
        problems(properties).check();
    }

    /** What is wrong with settings that each for itself may be right. */
    static SettingProblems problems(Map<String, String> properties) {
        var problems = new SettingProblems(properties);
        MqttConnection.check(problems);
        problems.notBoth(DeskSettings.LINK_SECRET, DeskSettings.LINK_SECRET_FILE);
        problems.file(DeskSettings.LINK_SECRET_FILE);
        boolean hasSecret = problems.has(DeskSettings.LINK_SECRET) || problems.has(DeskSettings.LINK_SECRET_FILE);
        if (problems.get(DeskSettings.ACCEPT).equals(DeskSettings.LINKS) && !hasSecret) {
            problems.add(
                    DeskSettings.LINK_SECRET,
                    DeskSettings.LINK_SECRET + " is missing: " + DeskSettings.ACCEPT + " is " + DeskSettings.LINKS
                            + "; in vorrang.yaml it is set with actions.acknowledge.url");
        }
        return problems;
    }

    String clientId() {
        return getString(MqttSettings.CLIENT_ID);
    }

    MqttBroker broker() {
        return MqttConnection.broker(this);
    }

    MqttSubscription subscription() {
        return MqttSession.subscription(this);
    }

    boolean takesEvents() {
        return getString(DeskSettings.ACCEPT).equals(DeskSettings.EVENTS);
    }

    /**
     * What checks links; empty without a secret.
     *
     * @throws ConfigException if the file of the secret cannot be read
     */
    Optional<AcknowledgeLink> links(Clock clock) {
        var file = getString(DeskSettings.LINK_SECRET_FILE);
        try {
            var secret = file.isEmpty()
                    ? getPassword(DeskSettings.LINK_SECRET).value()
                    : Password.file(Path.of(file)).read();
            return Optional.of(secret)
                    .filter(any -> !any.isEmpty())
                    .map(any -> new AcknowledgeLink(any.getBytes(StandardCharsets.UTF_8), clock));
        } catch (IOException e) {
            throw new ConfigException(DeskSettings.LINK_SECRET_FILE, file, "cannot be read: " + e.getMessage());
        }
    }
}
