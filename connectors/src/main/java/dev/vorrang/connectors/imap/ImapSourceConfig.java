package dev.vorrang.connectors.imap;

import dev.vorrang.ingest.connection.TrustedCertificates;
import dev.vorrang.ingest.imap.Credentials;
import dev.vorrang.ingest.imap.ImapAccount;
import dev.vorrang.ingest.imap.OAuth2Settings;
import dev.vorrang.ingest.imap.OAuth2Tokens;
import dev.vorrang.ingest.imap.ReadingPlan;
import dev.vorrang.ingest.imap.Security;
import dev.vorrang.ingest.imap.StartAt;
import dev.vorrang.ingest.mail.DecoderLimits;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigException;

/** Settings of the IMAP source, as typed values. {@link ImapSettings} has their names and what is allowed. */
public final class ImapSourceConfig extends AbstractConfig {

    /**
     * @param properties as Connect gives them
     * @throws ConfigException if a setting is missing or wrong
     */
    public ImapSourceConfig(Map<String, String> properties) {
        super(ImapSettings.DEFINITION, properties, false);
        var problems = ImapSettings.problems(properties);
        if (!problems.isEmpty()) {
            throw new ConfigException(String.join("; ", problems.values()));
        }
    }

    /** Topic of the mails. */
    String topic() {
        return getString(ImapSettings.TOPIC);
    }

    /** Topic that takes where a folder began, with start=new. */
    String startTopic() {
        var topic = getString(ImapSettings.START_TOPIC);
        return topic.isEmpty() ? topic() + ".start" : topic;
    }

    /** Names of the folders, each once. */
    public List<String> folders() {
        return getList(ImapSettings.FOLDERS).stream().distinct().toList();
    }

    /** What the offsets are kept under. */
    String accountName() {
        var name = getString(ImapSettings.ACCOUNT);
        return name.isEmpty() ? getString(ImapSettings.USER) + "@" + getString(ImapSettings.HOST) : name;
    }

    /** Most mails that a poll gives to Connect. */
    int batchSize() {
        return getInt(ImapSettings.BATCH_SIZE);
    }

    /**
     * The mailbox.
     *
     * @throws ConfigException if certificates or a password file cannot be read
     */
    public ImapAccount account() {
        var security = security();
        int port = getInt(ImapSettings.PORT);
        return new ImapAccount(
                getString(ImapSettings.HOST),
                port == 0 ? security.defaultPort() : port,
                security,
                tls(),
                getString(ImapSettings.USER),
                credentials(),
                Duration.ofMillis(getLong(ImapSettings.TIMEOUT_MS)));
    }

    /** How it is read. */
    ReadingPlan plan() {
        return new ReadingPlan(
                StartAt.parse(getString(ImapSettings.START)),
                getInt(ImapSettings.PAGE_SIZE),
                getInt(ImapSettings.MAX_MESSAGE_BYTES),
                getLong(ImapSettings.BUFFER_BYTES),
                getBoolean(ImapSettings.IDLE),
                Duration.ofMillis(getLong(ImapSettings.SWEEP_INTERVAL_MS)),
                Duration.ofMillis(getLong(ImapSettings.RETRY_MAX_MS)));
    }

    /** How mails are decoded. */
    DecoderLimits limits() {
        var usual = DecoderLimits.defaults();
        return new DecoderLimits(
                usual.depth(), usual.parts(), usual.headerBytes(), getInt(ImapSettings.TEXT_LIMIT), usual.time());
    }

    private Security security() {
        return Security.valueOf(getString(ImapSettings.SECURITY).toUpperCase(Locale.ROOT));
    }

    private Optional<SSLContext> tls() {
        var pem = getString(ImapSettings.TLS_CA_FILE);
        var store = getString(ImapSettings.TLS_TRUSTSTORE_FILE);
        try {
            if (!pem.isEmpty()) {
                return Optional.of(TrustedCertificates.context(TrustedCertificates.pem(Path.of(pem))));
            }
            if (!store.isEmpty()) {
                var password = getPassword(ImapSettings.TLS_TRUSTSTORE_PASSWORD).value();
                var trusted =
                        TrustedCertificates.store(Path.of(store), password.isEmpty() ? null : password.toCharArray());
                return Optional.of(TrustedCertificates.context(trusted));
            }
            return Optional.empty();
        } catch (IOException e) {
            throw new ConfigException(e.getMessage());
        }
    }

    private Credentials credentials() {
        var file = getString(ImapSettings.PASSWORD_FILE);
        if (!file.isEmpty()) {
            return Credentials.passwordFile(Path.of(file));
        }
        var tokenUrl = getString(ImapSettings.OAUTH2_TOKEN_URL);
        if (tokenUrl.isEmpty()) {
            return Credentials.password(getPassword(ImapSettings.PASSWORD).value());
        }
        return new OAuth2Tokens(
                new OAuth2Settings(
                        URI.create(tokenUrl),
                        getString(ImapSettings.OAUTH2_CLIENT_ID),
                        secret(ImapSettings.OAUTH2_CLIENT_SECRET),
                        secret(ImapSettings.OAUTH2_REFRESH_TOKEN),
                        Optional.of(getString(ImapSettings.OAUTH2_SCOPE)).filter(scope -> !scope.isEmpty()),
                        Duration.ofMillis(getLong(ImapSettings.TIMEOUT_MS))),
                Clock.systemUTC());
    }

    private Optional<String> secret(String name) {
        return Optional.of(getPassword(name).value()).filter(value -> !value.isEmpty());
    }
}
