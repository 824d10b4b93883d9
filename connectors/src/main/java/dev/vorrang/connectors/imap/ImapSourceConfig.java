package dev.vorrang.connectors.imap;

import dev.vorrang.connectors.settings.SettingProblems;
import dev.vorrang.ingest.connection.TrustedCertificates;
import dev.vorrang.ingest.imap.Credentials;
import dev.vorrang.ingest.imap.ImapAccount;
import dev.vorrang.ingest.imap.OAuth2Settings;
import dev.vorrang.ingest.imap.OAuth2Tokens;
import dev.vorrang.ingest.imap.ReadingPlan;
import dev.vorrang.ingest.imap.Security;
import dev.vorrang.ingest.imap.StartAt;
import dev.vorrang.ingest.mail.DecoderLimits;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigException;

/** Settings of the IMAP source, as typed values. {@link ImapSettings} has their names and what is allowed. */
public final class ImapSourceConfig extends AbstractConfig {

    private static final Set<String> LOCAL_HOSTS = Set.of("localhost", "127.0.0.1", "[::1]");

    /**
     * @param properties as Connect gives them
     * @throws ConfigException if a setting is missing or wrong
     */
    public ImapSourceConfig(Map<String, String> properties) {
        super(ImapSettings.DEFINITION, properties, false);
        problems(properties).check();
    }

    /** What is wrong with settings that each for itself may be right. */
    static SettingProblems problems(Map<String, String> properties) {
        var problems = new SettingProblems(properties);
        problems.renamed("sweep.interval.ms", ImapSettings.POLL_INTERVAL_MS);
        ImapSettings.LOGIN.check(problems);
        ImapSettings.TLS.check(problems);
        var ways = List.of(
                ImapSettings.LOGIN.password(), ImapSettings.LOGIN.passwordFile(), ImapSettings.OAUTH2_TOKEN_URL);
        long given = ways.stream().filter(problems::has).count();
        if (given != 1) {
            problems.add(
                    ImapSettings.LOGIN.password(),
                    (given == 0 ? "no credentials are set" : "more than one kind of credentials is set")
                            + ": allowed is one of " + String.join(", ", ways));
        }
        if (problems.has(ImapSettings.OAUTH2_TOKEN_URL)) {
            checkOAuth2(problems);
        }
        return problems;
    }

    private static void checkOAuth2(SettingProblems problems) {
        var url = ImapSettings.OAUTH2_TOKEN_URL;
        if ("none".equalsIgnoreCase(problems.get(ImapSettings.SECURITY))) {
            problems.add(
                    ImapSettings.SECURITY,
                    ImapSettings.SECURITY + " is 'none': allowed with OAuth 2 are tls and starttls");
        }
        if (!isSecure(problems.get(url))) {
            problems.add(
                    url, url + " is '" + problems.get(url) + "': allowed is an https address, or http to this machine");
        }
        if (!problems.has(ImapSettings.OAUTH2_CLIENT_ID)) {
            problems.add(
                    ImapSettings.OAUTH2_CLIENT_ID, ImapSettings.OAUTH2_CLIENT_ID + " is missing: " + url + " needs it");
        }
        if (!problems.has(ImapSettings.OAUTH2_REFRESH_TOKEN) && !problems.has(ImapSettings.OAUTH2_CLIENT_SECRET)) {
            problems.add(
                    ImapSettings.OAUTH2_REFRESH_TOKEN,
                    "neither " + ImapSettings.OAUTH2_REFRESH_TOKEN + " nor " + ImapSettings.OAUTH2_CLIENT_SECRET
                            + " is set: " + url + " needs one");
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
        return name.isEmpty() ? getString(ImapSettings.LOGIN.user()) + "@" + getString(ImapSettings.HOST) : name;
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
                ImapSettings.TLS.trust(this).map(TrustedCertificates::context),
                getString(ImapSettings.LOGIN.user()),
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
                Duration.ofMillis(getLong(ImapSettings.POLL_INTERVAL_MS)),
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

    private Credentials credentials() {
        var tokenUrl = getString(ImapSettings.OAUTH2_TOKEN_URL);
        if (tokenUrl.isEmpty()) {
            return Credentials.password(ImapSettings.LOGIN.password(this));
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
