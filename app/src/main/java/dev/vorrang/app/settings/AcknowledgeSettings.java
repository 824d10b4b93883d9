package dev.vorrang.app.settings;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * How an acknowledgement comes back over HTTP.
 *
 * @param url under which people reach this program; actions have no link without it
 * @param address to listen on
 * @param port to listen on, 0 for any free one
 * @param valid how long a link is valid
 * @param secret signs links; empty for one that is made in the data folder
 * @param token lets programs write desk events; empty if none may
 */
public record AcknowledgeSettings(
        Optional<URI> url, String address, int port, Duration valid, Optional<Secret> secret, Optional<Secret> token) {

    static final Section KEYS = new Section(
            "actions.acknowledge",
            "Acknowledgement",
            "Acknowledgement over HTTP: signed links of actions, and desk events of your own programs. Served if url or token is set.");

    private static final Key<URI> URL = KEYS.add(Key.of(
                    "url",
                    Kind.httpUrl(),
                    "Address under which people reach this program, perhaps by way of a proxy with TLS. Actions have a link if it is set.")
            .example("https://vorrang.example.org"));
    private static final Key<String> ADDRESS = KEYS.add(Key.of(
            "address",
            Kind.text("a host name or address", "[^\\s/]+"),
            "127.0.0.1",
            "Address on which it listens; `0.0.0.0` for all."));
    private static final Key<Integer> PORT =
            KEYS.add(Key.of("port", Kind.listeningPort(), "8085", "Port on which it listens."));
    private static final Key<Duration> VALID = KEYS.add(Key.of(
            "valid",
            Kind.duration(Duration.ofMinutes(1), Duration.ofDays(365)),
            "7d",
            "Time for which a link is valid."));
    private static final Key<Secret> SECRET = KEYS.add(Key.secret(
                    "secret",
                    "Secret that signs links, 16 characters or more; the same for all instances. Default: one that is made in"
                            + " the data folder.")
            .example("better not here"));
    private static final Key<Path> SECRET_FILE =
            KEYS.add(Key.of("secret-file", Kind.path(), "File whose first line is the secret.")
                    .example("/run/secrets/link-secret"));
    private static final Key<Secret> TOKEN = KEYS.add(Key.secret(
                    "token",
                    "Token, 16 characters or more, with which programs may `POST /desk/events`; none may without it.")
            .example("better not here"));
    private static final Key<Path> TOKEN_FILE =
            KEYS.add(Key.of("token-file", Kind.path(), "File whose first line is the token.")
                    .example("/run/secrets/desk-token"));

    private static final int MIN_SECRET = 16;

    /** Whether anything is served. */
    public boolean enabled() {
        return url.isPresent() || token.isPresent();
    }

    static AcknowledgeSettings read(SettingsReader reader) {
        return new AcknowledgeSettings(
                reader.find(URL),
                reader.get(ADDRESS),
                reader.get(PORT),
                reader.get(VALID),
                secret(reader, SECRET, SECRET_FILE),
                secret(reader, TOKEN, TOKEN_FILE));
    }

    private static Optional<Secret> secret(SettingsReader reader, Key<Secret> inline, Key<Path> file) {
        var secret = Secrets.read(reader, inline, file, 0);
        secret.filter(each -> each.value().length() < MIN_SECRET)
                .ifPresent(each -> reader.problem(
                        inline.path(), "has " + each.value().length() + " characters; allowed are 16 or more"));
        return secret;
    }
}
