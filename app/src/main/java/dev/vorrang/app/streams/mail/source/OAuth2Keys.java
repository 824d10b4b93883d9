package dev.vorrang.app.streams.mail.source;

import dev.vorrang.app.settings.Key;
import dev.vorrang.app.settings.Kind;
import dev.vorrang.app.settings.Secret;
import dev.vorrang.app.settings.Secrets;
import dev.vorrang.app.settings.Section;
import dev.vorrang.app.settings.SettingsReader;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/** The section {@code oauth2} of a mailbox. */
public final class OAuth2Keys {

    private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");
    private static final Kind<URI> TOKEN_URL =
            Kind.httpUrl().map(OAuth2Keys::secure).named("an https URL, or http to this machine");

    static final Section KEYS = new Section("ingest.mailboxes[].oauth2", "OAuth 2 of a mailbox", "");

    private static final Key<URI> TOKEN_ENDPOINT =
            KEYS.add(Key.of("token-endpoint", TOKEN_URL, "Token endpoint of the provider.")
                    .example("https://login.example.org/oauth2/token"));
    private static final Key<String> CLIENT_ID =
            KEYS.add(Key.of("client-id", Kind.text("the id of a client", ".+"), "Client id at the provider.")
                    .example("vorrang"));
    private static final Key<Secret> CLIENT_SECRET =
            KEYS.add(Key.secret("client-secret", "Client secret, if the provider requires one.")
                    .example("better not here"));
    private static final Key<Path> CLIENT_SECRET_FILE =
            KEYS.add(Key.of("client-secret-file", Kind.path(), "File whose first line is the client secret.")
                    .example("/run/secrets/client-secret"));
    private static final Key<Secret> REFRESH_TOKEN = KEYS.add(Key.secret(
                    "refresh-token",
                    "Refresh token of the mailbox's user. Without one, the grant is client credentials.")
            .example("better not here"));
    private static final Key<Path> REFRESH_TOKEN_FILE =
            KEYS.add(Key.of("refresh-token-file", Kind.path(), "File whose first line is the refresh token.")
                    .example("/run/secrets/refresh-token"));
    private static final Key<String> SCOPE = KEYS.add(Key.of(
                    "scope",
                    Kind.text("scopes with spaces between", ".+"),
                    "Scope to request, if the provider requires one.")
            .example("https://mail.example.org/IMAP.AccessAsUser.All offline_access"));

    private OAuth2Keys() {}

    private static URI secure(URI url) {
        if (!url.getScheme().equals("https") && !THIS_MACHINE.contains(url.getHost())) {
            throw new IllegalArgumentException("not secure");
        }
        return url;
    }

    static boolean isSet(SettingsReader reader, int place) {
        return KEYS.keys().stream().anyMatch(key -> reader.isSet(key, place));
    }

    static Optional<Login> read(SettingsReader reader, int place) {
        var endpoint = reader.require(TOKEN_ENDPOINT, "OAuth 2 needs a token endpoint", place);
        var client = reader.require(CLIENT_ID, "OAuth 2 needs a client", place);
        var secret = Secrets.read(reader, CLIENT_SECRET, CLIENT_SECRET_FILE, place);
        var token = Secrets.read(reader, REFRESH_TOKEN, REFRESH_TOKEN_FILE, place);
        var scope = reader.find(SCOPE, place);
        if (secret.isEmpty() && !reader.isSet(REFRESH_TOKEN, place) && !reader.isSet(REFRESH_TOKEN_FILE, place)) {
            reader.problem(
                    "ingest.mailboxes[" + place + "].oauth2",
                    "nothing to prove who this is; allowed is refresh-token(-file), client-secret(-file) or both");
        }
        return endpoint.flatMap(url -> client.map(id -> new Login.OAuth2(url, id, secret, token, scope)));
    }
}
