package dev.vorrang.embedded;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import java.util.Properties;

/**
 * The login of the embedded servers. It grants all permissions.
 *
 * @param user letters and digits
 * @param password letters, digits, {@code -} and {@code _}
 */
public record EmbeddedLogin(String user, String password) {

    private static final String USER = "vorrang";
    private static final int RANDOM_BYTES = 32;
    private static final String ALLOWED = "[\\w-]{1,200}";

    /** @throws IllegalArgumentException if user or password has other characters */
    public EmbeddedLogin {
        if (!user.matches(ALLOWED) || !password.matches(ALLOWED)) {
            throw new IllegalArgumentException("user or password: allowed are letters, digits, - and _");
        }
    }

    /** A login with a random password of 256 bits. */
    public static EmbeddedLogin generate() {
        var random = new byte[RANDOM_BYTES];
        new SecureRandom().nextBytes(random);
        return new EmbeddedLogin(USER, Base64.getUrlEncoder().withoutPadding().encodeToString(random));
    }

    /** Settings of a Kafka client that logs in to the embedded broker, by Kafka's names. */
    public Map<String, String> kafkaClient() {
        return Map.of(
                "security.protocol",
                "SASL_PLAINTEXT",
                "sasl.mechanism",
                "PLAIN",
                "sasl.jaas.config",
                "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"" + user + "\" password=\""
                        + password + "\";");
    }

    /** Settings of a registry client that logs in to the embedded registry, by Confluent's names. */
    public Map<String, String> registryClient() {
        return Map.of("basic.auth.credentials.source", "USER_INFO", "basic.auth.user.info", user + ":" + password);
    }

    /** Broker settings for listeners on which clients, the broker and its controller log in. */
    Properties broker(String... listeners) {
        var settings = new Properties();
        settings.put("sasl.enabled.mechanisms", "PLAIN");
        settings.put("sasl.mechanism.inter.broker.protocol", "PLAIN");
        settings.put("sasl.mechanism.controller.protocol", "PLAIN");
        String jaas = kafkaClient().get("sasl.jaas.config").replace(";", " user_" + user + "=\"" + password + "\";");
        for (String listener : listeners) {
            settings.put("listener.name." + listener + ".plain.sasl.jaas.config", jaas);
        }
        return settings;
    }

    /** Whether an HTTP {@code Authorization} header has this login. Compares in constant time. */
    boolean isBasic(String authorization) {
        String right =
                "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
        return authorization != null
                && MessageDigest.isEqual(
                        right.getBytes(StandardCharsets.UTF_8), authorization.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
        return "EmbeddedLogin[user=" + user + "]";
    }
}
