package dev.vorrang.connectors.imap;

import static org.apache.kafka.common.config.ConfigDef.Importance.HIGH;
import static org.apache.kafka.common.config.ConfigDef.Importance.LOW;
import static org.apache.kafka.common.config.ConfigDef.Importance.MEDIUM;
import static org.apache.kafka.common.config.ConfigDef.Range.between;

import dev.vorrang.connectors.settings.Allowed;
import dev.vorrang.connectors.settings.CredentialSettings;
import dev.vorrang.connectors.settings.SettingProblems;
import dev.vorrang.ingest.connection.TrustedCertificates;
import dev.vorrang.ingest.imap.ImapAccount;
import dev.vorrang.ingest.imap.Security;
import java.time.Duration;
import java.util.Locale;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigException;

/** The settings of a connection to a mailbox, which source and sink have. {@link ImapSettings} has their names. */
public final class ImapConnectionSettings {

    private static final CredentialSettings CREDENTIALS = new CredentialSettings("imap");

    private ImapConnectionSettings() {}

    /** Adds the settings, those of certificates and login included. */
    public static void define(ConfigDef definition) {
        definition
                .define(
                        ImapSettings.HOST,
                        Type.STRING,
                        ConfigDef.NO_DEFAULT_VALUE,
                        Allowed.text(),
                        HIGH,
                        "Host name of the IMAP server.")
                .define(
                        ImapSettings.PORT,
                        Type.INT,
                        0,
                        between(0, 65_535),
                        MEDIUM,
                        "Port; 0 for 993 with tls, 143 otherwise.")
                .define(
                        ImapSettings.SECURITY,
                        Type.STRING,
                        "tls",
                        ConfigDef.CaseInsensitiveValidString.in("tls", "starttls", "none"),
                        HIGH,
                        "tls: TLS from the first byte. starttls: TLS before the login; without it, no "
                                + "login. none: the password is sent in clear text.");
        ImapSettings.TLS.defineTrust(definition);
        ImapSettings.LOGIN.define(definition, "Login name.", "Password. One of this, the file or OAuth 2 is required.");
        CREDENTIALS.defineOAuth2(definition);
        definition.define(
                ImapSettings.TIMEOUT_MS,
                Type.LONG,
                30_000L,
                between(100L, 600_000L),
                LOW,
                "Timeout for a connection and for the next bytes of a response, in ms.");
    }

    /** Looks for files that are not there and credentials that exclude each other. */
    public static void check(SettingProblems problems) {
        ImapSettings.TLS.check(problems);
        CREDENTIALS.check(problems, ImapSettings.SECURITY);
    }

    /**
     * The mailbox.
     *
     * @throws ConfigException if certificates or a password file cannot be read
     */
    public static ImapAccount account(AbstractConfig config) {
        var security = Security.valueOf(config.getString(ImapSettings.SECURITY).toUpperCase(Locale.ROOT));
        int port = config.getInt(ImapSettings.PORT);
        var timeout = Duration.ofMillis(config.getLong(ImapSettings.TIMEOUT_MS));
        return new ImapAccount(
                config.getString(ImapSettings.HOST),
                port == 0 ? security.defaultPort() : port,
                security,
                ImapSettings.TLS.trust(config).map(TrustedCertificates::context),
                config.getString(ImapSettings.LOGIN.user()),
                CREDENTIALS.credentials(config, timeout),
                timeout);
    }
}
