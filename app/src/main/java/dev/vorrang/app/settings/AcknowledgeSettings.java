package dev.vorrang.app.settings;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * How an acknowledgement comes back.
 *
 * @param url under which people reach this program; actions have no link without it
 * @param address to listen on
 * @param port to listen on, 0 for any free one
 * @param valid how long a link is valid
 * @param secret signs links; empty for one that is made in the data folder
 * @param token lets programs write desk events; empty if none may
 * @param mqtt settings of the connector that reads them from an MQTT broker, by its names; empty for none
 */
public record AcknowledgeSettings(
        Optional<URI> url,
        String address,
        int port,
        Duration valid,
        Optional<Secret> secret,
        Optional<Secret> token,
        Optional<ClientProperties> mqtt) {

    static final Section KEYS = new Section(
            "actions.acknowledge",
            "Acknowledgement",
            "Acknowledgement over HTTP and MQTT: signed links of actions, and desk events of your own programs. HTTP is served if url or token is set, MQTT is read if it has settings.");

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

    private static final Key<String> MQTT = KEYS.add(Key.of(
                    "mqtt.settings.*",
                    Kind.text(),
                    "Settings of the connector that reads desk events from an MQTT broker, by its names: see"
                            + " [connectors](connectors.md#mqtt-desk-events). For secrets, prefer environment variables or files.")
            .example("mqtt.host: broker.example.org"));

    private static final int MIN_SECRET = 16;

    /** Whether HTTP is served. */
    public boolean served() {
        return url.isPresent() || token.isPresent();
    }

    /** Whether anything can come back. */
    public boolean enabled() {
        return served() || mqtt.isPresent();
    }

    static AcknowledgeSettings read(SettingsReader reader) {
        return new AcknowledgeSettings(
                reader.find(URL),
                reader.get(ADDRESS),
                reader.get(PORT),
                reader.get(VALID),
                secret(reader, SECRET, SECRET_FILE),
                secret(reader, TOKEN, TOKEN_FILE),
                Optional.of(reader.map(MQTT)).filter(any -> !any.isEmpty()).map(ClientProperties::new));
    }

    private static Optional<Secret> secret(SettingsReader reader, Key<Secret> inline, Key<Path> file) {
        var secret = Secrets.read(reader, inline, file, 0);
        secret.filter(each -> each.value().length() < MIN_SECRET)
                .ifPresent(each -> reader.problem(
                        inline.path(), "has " + each.value().length() + " characters; allowed are 16 or more"));
        return secret;
    }
}
