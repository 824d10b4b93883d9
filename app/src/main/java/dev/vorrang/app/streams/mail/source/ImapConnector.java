package dev.vorrang.app.streams.mail.source;

import dev.vorrang.connectors.avro.AvroConverter;
import dev.vorrang.connectors.imap.ImapSettings;
import dev.vorrang.connectors.imap.ImapSourceConnector;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Says to the IMAP connector, in its own keys, what the settings say of a mailbox. */
public final class ImapConnector {

    private ImapConnector() {}

    /**
     * Settings of the connector that reads this mailbox. They hold secrets: for Connect alone.
     *
     * @param topic takes the mails
     * @param registry settings of the registry's client, by Confluent's names
     */
    public static Map<String, String> config(MailboxSettings mailbox, String topic, Map<String, String> registry) {
        var config = new HashMap<String, String>();
        config.put("connector.class", ImapSourceConnector.class.getName());
        config.put("tasks.max", Integer.toString(mailbox.folders().size()));
        config.put("value.converter", AvroConverter.class.getName());
        registry.forEach((key, value) -> config.put("value.converter." + key, value));
        config.put(ImapSettings.TOPIC, topic);
        config.put(ImapSettings.HOST, mailbox.host());
        config.put(ImapSettings.PORT, Integer.toString(mailbox.port()));
        config.put(ImapSettings.SECURITY, mailbox.security().name().toLowerCase(Locale.ROOT));
        mailbox.certificates().ifPresent(file -> config.put(ImapSettings.TLS.caFile(), file.toString()));
        config.put(ImapSettings.LOGIN.user(), mailbox.user());
        config.put(ImapSettings.ACCOUNT, mailbox.name());
        config.put(ImapSettings.FOLDERS, String.join(",", mailbox.folders()));
        config.put(ImapSettings.START, mailbox.start());
        config.put(ImapSettings.IDLE, Boolean.toString(mailbox.idle()));
        config.put(
                ImapSettings.POLL_INTERVAL_MS,
                Long.toString(mailbox.pollInterval().toMillis()));
        // People wait in front of this program for a mailbox that is back.
        config.put(ImapSettings.RETRY_MAX_MS, "60000");
        addLogin(config, mailbox.login());
        return config;
    }

    private static void addLogin(Map<String, String> config, Login login) {
        if (login instanceof Login.Password password) {
            config.put(ImapSettings.LOGIN.password(), password.password().value());
        } else if (login instanceof Login.PasswordFile file) {
            config.put(ImapSettings.LOGIN.passwordFile(), file.file().toString());
        } else if (login instanceof Login.OAuth2 oauth2) {
            config.put(ImapSettings.OAUTH2_TOKEN_URL, oauth2.tokenEndpoint().toString());
            config.put(ImapSettings.OAUTH2_CLIENT_ID, oauth2.clientId());
            oauth2.clientSecret().ifPresent(secret -> config.put(ImapSettings.OAUTH2_CLIENT_SECRET, secret.value()));
            oauth2.refreshToken().ifPresent(token -> config.put(ImapSettings.OAUTH2_REFRESH_TOKEN, token.value()));
            oauth2.scope().ifPresent(scope -> config.put(ImapSettings.OAUTH2_SCOPE, scope));
        }
    }
}
