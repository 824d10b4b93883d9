package dev.vorrang.app.settings;

import dev.vorrang.connectors.imap.ImapSettings;
import dev.vorrang.connectors.imap.ImapSourceConnector;
import dev.vorrang.schemas.Topics;
import java.util.HashMap;
import java.util.Map;

/** A mailbox as the IMAP connector's settings have it. */
final class MailboxConnector {

    private MailboxConnector() {}

    static Map<String, String> properties(MailboxSettings mailbox, Topics topics) {
        var properties = new HashMap<>(Map.of(
                "connector.class",
                ImapSourceConnector.class.getName(),
                "tasks.max",
                "1",
                ImapSettings.HOST,
                mailbox.host(),
                ImapSettings.PORT,
                Integer.toString(mailbox.port()),
                ImapSettings.SECURITY,
                Kind.word(mailbox.security()),
                ImapSettings.USER,
                mailbox.user(),
                ImapSettings.ACCOUNT,
                mailbox.name(),
                ImapSettings.FOLDERS,
                String.join(",", mailbox.folders()),
                ImapSettings.START,
                mailbox.start(),
                ImapSettings.TOPIC,
                topics.mailReceived().name()));
        properties.put(ImapSettings.IDLE, Boolean.toString(mailbox.idle()));
        properties.put(
                ImapSettings.SWEEP_INTERVAL_MS, Long.toString(mailbox.sweep().toMillis()));
        mailbox.certificates().ifPresent(file -> properties.put(ImapSettings.TLS_CA_FILE, file.toString()));
        addLogin(mailbox.login(), properties);
        return properties;
    }

    private static void addLogin(Login login, Map<String, String> properties) {
        if (login instanceof Login.Password inline) {
            properties.put(ImapSettings.PASSWORD, inline.password().value());
        } else if (login instanceof Login.PasswordFile inFile) {
            properties.put(ImapSettings.PASSWORD_FILE, inFile.file().toString());
        } else if (login instanceof Login.OAuth2 oauth2) {
            properties.put(ImapSettings.OAUTH2_TOKEN_URL, oauth2.tokenEndpoint().toString());
            properties.put(ImapSettings.OAUTH2_CLIENT_ID, oauth2.clientId());
            oauth2.clientSecret()
                    .ifPresent(secret -> properties.put(ImapSettings.OAUTH2_CLIENT_SECRET, secret.value()));
            oauth2.refreshToken().ifPresent(token -> properties.put(ImapSettings.OAUTH2_REFRESH_TOKEN, token.value()));
            oauth2.scope().ifPresent(scope -> properties.put(ImapSettings.OAUTH2_SCOPE, scope));
        }
    }
}
