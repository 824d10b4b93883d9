package dev.vorrang.connectors.sink.mail;

import com.samskivert.mustache.Escapers;
import dev.vorrang.connectors.settings.SettingProblems;
import dev.vorrang.connectors.sink.ActionTemplate;
import dev.vorrang.connectors.sink.DeliveryPolicy;
import dev.vorrang.connectors.sink.DeliverySettings;
import dev.vorrang.ingest.connection.TrustedCertificates;
import dev.vorrang.ingest.imap.Credentials;
import jakarta.mail.internet.InternetAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLContext;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigException;

/** Settings of the mail sink, as typed values. {@link MailSinkSettings} has their names and what is allowed. */
final class MailSinkConfig extends AbstractConfig {

    private static final String NO_HTML = "none";

    /** @throws ConfigException if a setting is missing or wrong */
    MailSinkConfig(Map<String, String> properties) {
        super(MailSinkSettings.DEFINITION, properties, false);
        problems(properties).check();
    }

    /** What is wrong with settings that each for itself may be right. */
    static SettingProblems problems(Map<String, String> properties) {
        var problems = new SettingProblems(properties);
        MailSinkSettings.TLS.check(problems);
        if (problems.has(MailSinkSettings.LOGIN.user())) {
            MailSinkSettings.CREDENTIALS.check(problems, MailSinkSettings.SECURITY);
        } else if (MailSinkSettings.LOGIN.hasPassword(problems)
                || problems.has(MailSinkSettings.CREDENTIALS.tokenUrl())) {
            problems.add(
                    MailSinkSettings.LOGIN.user(), MailSinkSettings.LOGIN.user() + " is missing: credentials are set");
        }
        for (var address : problems.get(MailSinkSettings.CC).split(",")) {
            if (!address.isBlank() && !MailAddresses.isOne(address)) {
                problems.add(
                        MailSinkSettings.CC,
                        MailSinkSettings.CC + " has '" + address.strip()
                                + "': allowed are addresses, separated by commas");
            }
        }
        for (var name : List.of(MailSinkSettings.SUBJECT, MailSinkSettings.TEXT, MailSinkSettings.HTML)) {
            try {
                ActionTemplate.compile(problems.get(name), UnaryOperator.identity());
            } catch (IllegalArgumentException e) {
                problems.add(name, name + ": " + e.getMessage());
            }
        }
        return problems;
    }

    String host() {
        return getString(MailSinkSettings.HOST);
    }

    String security() {
        return getString(MailSinkSettings.SECURITY).toLowerCase(java.util.Locale.ROOT);
    }

    int port() {
        int port = getInt(MailSinkSettings.PORT);
        if (port != 0) {
            return port;
        }
        return switch (security()) {
            case "tls" -> 465;
            case "starttls" -> 587;
            default -> 25;
        };
    }

    Duration timeout() {
        return Duration.ofMillis(getLong(MailSinkSettings.TIMEOUT_MS));
    }

    Duration attemptTimeout() {
        return Duration.ofMillis(getLong(MailSinkSettings.ATTEMPT_TIMEOUT_MS));
    }

    /** @throws ConfigException if certificates cannot be read */
    Optional<SSLContext> tls() {
        return MailSinkSettings.TLS.trust(this).map(TrustedCertificates::context);
    }

    Optional<String> user() {
        return Optional.of(getString(MailSinkSettings.LOGIN.user())).filter(user -> !user.isEmpty());
    }

    Credentials credentials() {
        return MailSinkSettings.CREDENTIALS.credentials(this, timeout());
    }

    InternetAddress from() {
        return MailAddresses.one(getString(MailSinkSettings.FROM));
    }

    List<InternetAddress> to() {
        return getList(MailSinkSettings.TO).stream().map(MailAddresses::one).toList();
    }

    List<InternetAddress> cc() {
        return getList(MailSinkSettings.CC).stream()
                .filter(address -> !address.isBlank())
                .map(MailAddresses::one)
                .toList();
    }

    ActionTemplate subject() {
        return ActionTemplate.compile(getString(MailSinkSettings.SUBJECT), UnaryOperator.identity());
    }

    ActionTemplate text() {
        return ActionTemplate.compile(
                or(getString(MailSinkSettings.TEXT), "notification.txt.mustache"), UnaryOperator.identity());
    }

    /** Empty for no HTML. */
    Optional<ActionTemplate> html() {
        var own = getString(MailSinkSettings.HTML);
        return NO_HTML.equals(own)
                ? Optional.empty()
                : Optional.of(ActionTemplate.compile(or(own, "notification.html.mustache"), Escapers.HTML::escape));
    }

    private static String or(String own, String resource) {
        if (!own.isEmpty()) {
            return own;
        }
        try (var in = MailSinkConfig.class.getResourceAsStream(resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    DeliveryPolicy policy() {
        return DeliverySettings.policy(this).withDigest(Duration.ofMillis(getLong(MailSinkSettings.DIGEST_MS)));
    }
}
