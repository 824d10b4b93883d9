package dev.vorrang.connectors.mqtt;

import static org.apache.kafka.common.config.ConfigDef.Importance.HIGH;
import static org.apache.kafka.common.config.ConfigDef.Importance.LOW;
import static org.apache.kafka.common.config.ConfigDef.Importance.MEDIUM;
import static org.apache.kafka.common.config.ConfigDef.Range.between;

import dev.vorrang.connectors.settings.Allowed;
import dev.vorrang.connectors.settings.SettingProblems;
import dev.vorrang.ingest.mqtt.MqttBroker;
import java.time.Duration;
import java.util.Optional;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigException;

/** The settings of a connection to an MQTT broker, which source and sink have. {@link MqttSettings} has their names. */
public final class MqttConnection {

    private static final int TLS_PORT = 8_883;
    private static final int PLAIN_PORT = 1_883;

    private MqttConnection() {}

    /** Adds the settings, those of certificates and login included. */
    public static void define(ConfigDef definition, String clientIdDoc) {
        definition
                .define(
                        MqttSettings.HOST,
                        Type.STRING,
                        ConfigDef.NO_DEFAULT_VALUE,
                        Allowed.text(),
                        HIGH,
                        "Host name of the MQTT broker.")
                .define(
                        MqttSettings.PORT,
                        Type.INT,
                        0,
                        between(0, 65_535),
                        MEDIUM,
                        "Port; 0 for 8883 with tls, 1883 otherwise.")
                .define(
                        MqttSettings.SECURITY,
                        Type.STRING,
                        "tls",
                        ConfigDef.CaseInsensitiveValidString.in("tls", "none"),
                        HIGH,
                        "tls: TLS from the first byte. none: password and messages are sent in clear text.")
                .define(
                        MqttSettings.VERSION,
                        Type.STRING,
                        "5",
                        ConfigDef.ValidString.in("5", "3.1.1"),
                        MEDIUM,
                        "MQTT version.")
                .define(
                        MqttSettings.CLIENT_ID,
                        Type.STRING,
                        ConfigDef.NO_DEFAULT_VALUE,
                        Allowed.text(),
                        HIGH,
                        clientIdDoc);
        MqttSettings.LOGIN.defineOptional(
                definition,
                "Login name; empty for none, for example with a client certificate.",
                "Password of the user. Either this or the file is required.");
        definition
                .define(
                        MqttSettings.TIMEOUT_MS,
                        Type.LONG,
                        10_000L,
                        between(100L, 600_000L),
                        LOW,
                        "Timeout for a connection and for each response, in ms.")
                .define(MqttSettings.KEEP_ALIVE_S, Type.INT, 30, between(1, 65_535), LOW, "Keep-alive interval, in s.");
        MqttSettings.TLS.defineTrust(definition);
        MqttSettings.TLS.defineKeys(definition);
    }

    /** Looks for files that are not there, and for a user without a password. */
    public static void check(SettingProblems problems) {
        MqttSettings.LOGIN.check(problems);
        MqttSettings.TLS.check(problems);
        var login = MqttSettings.LOGIN;
        boolean hasPassword = login.hasPassword(problems);
        if (problems.has(login.user()) != hasPassword) {
            problems.add(
                    login.user(),
                    hasPassword
                            ? login.user() + " is missing: a password is set"
                            : "no password is set for " + login.user() + ": allowed is one of " + login.password()
                                    + ", " + login.passwordFile());
        }
    }

    /**
     * The broker.
     *
     * @throws ConfigException if a file with certificates cannot be used
     */
    public static MqttBroker broker(AbstractConfig config) {
        boolean tls = "tls".equalsIgnoreCase(config.getString(MqttSettings.SECURITY));
        int port = config.getInt(MqttSettings.PORT);
        int usualPort = tls ? TLS_PORT : PLAIN_PORT;
        return new MqttBroker(
                config.getString(MqttSettings.HOST),
                port == 0 ? usualPort : port,
                config.getString(MqttSettings.VERSION).equals("5") ? MqttBroker.Version.V5 : MqttBroker.Version.V3_1_1,
                tls
                        ? Optional.of(new MqttBroker.Tls(MqttSettings.TLS.trust(config), MqttSettings.TLS.keys(config)))
                        : Optional.empty(),
                Optional.of(config.getString(MqttSettings.LOGIN.user()))
                        .filter(user -> !user.isEmpty())
                        .map(user -> new MqttBroker.Login(user, MqttSettings.LOGIN.password(config))),
                Duration.ofMillis(config.getLong(MqttSettings.TIMEOUT_MS)),
                Duration.ofSeconds(config.getInt(MqttSettings.KEEP_ALIVE_S)));
    }
}
