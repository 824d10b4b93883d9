package dev.vorrang.app.stream;

import dev.vorrang.app.settings.Login;
import dev.vorrang.app.settings.MailboxSettings;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Says to the IMAP connector, in its own keys, what the settings say of a mailbox. */
public final class ImapConnector {

    private ImapConnector() {}

    /**
     * @param topic takes the mails
     * @param registry settings of the registry's client, by Confluent's names
     */
    public static Map<String, String> config(MailboxSettings mailbox, String topic, Map<String, String> registry) {
        var config = new HashMap<String, String>();
        config.put("connector.class", "dev.vorrang.connectors.imap.ImapSourceConnector");
        config.put("tasks.max", Integer.toString(mailbox.folders().size()));
        config.put("value.converter", "dev.vorrang.connectors.avro.AvroConverter");
        registry.forEach((key, value) -> config.put("value.converter." + key, value));
        config.put("topic", topic);
        config.put("imap.host", mailbox.host());
        config.put("imap.port", Integer.toString(mailbox.port()));
        config.put("imap.security", mailbox.security().name().toLowerCase(Locale.ROOT));
        mailbox.certificates().ifPresent(file -> config.put("imap.tls.ca.file", file.toString()));
        config.put("imap.user", mailbox.user());
        config.put("imap.account", mailbox.name());
        config.put("folders", String.join(",", mailbox.folders()));
        config.put("start", mailbox.start());
        config.put("idle", Boolean.toString(mailbox.idle()));
        config.put("sweep.interval.ms", Long.toString(mailbox.sweep().toMillis()));
        // People wait in front of this program for a mailbox that is back.
        config.put("retry.max.ms", "60000");
        addLogin(config, mailbox.login());
        return config;
    }

    private static void addLogin(Map<String, String> config, Login login) {
        if (login instanceof Login.Password password) {
            config.put("imap.password", password.password().value());
        } else if (login instanceof Login.PasswordFile file) {
            config.put("imap.password.file", file.file().toString());
        } else if (login instanceof Login.OAuth2 oauth2) {
            config.put("imap.oauth2.token.url", oauth2.tokenEndpoint().toString());
            config.put("imap.oauth2.client.id", oauth2.clientId());
            oauth2.clientSecret().ifPresent(secret -> config.put("imap.oauth2.client.secret", secret.value()));
            oauth2.refreshToken().ifPresent(token -> config.put("imap.oauth2.refresh.token", token.value()));
            oauth2.scope().ifPresent(scope -> config.put("imap.oauth2.scope", scope));
        }
    }
}
