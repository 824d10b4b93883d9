package dev.vorrang.app.settings;

import dev.vorrang.console.access.AccessSettings;
import dev.vorrang.console.access.SessionLimits;
import dev.vorrang.console.web.ConsoleSettings;
import dev.vorrang.console.web.TlsSettings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The console.
 *
 * @param enabled whether {@code run} has it
 * @param folder for its index
 * @param web how it listens and whom it lets in
 */
public record ConsoleOptions(boolean enabled, Path folder, ConsoleSettings web) {

    static final Section KEYS = new Section(
            "console",
            "Console",
            "The page and HTTP API for the people who work with what is scored, see [console](console.md).");

    private static final Key<Boolean> ENABLED =
            KEYS.add(Key.of("enabled", Kind.flag(), "true", "Whether `run` serves the console."));
    private static final Key<String> ADDRESS = KEYS.add(
            Key.of(
                    "address",
                    Kind.text("a host name or address", "[^\\s/]+"),
                    "127.0.0.1",
                    "Address on which it listens. One that other machines reach requires a certificate, or a proxy that has one."));
    private static final Key<Integer> PORT =
            KEYS.add(Key.of("port", Kind.listeningPort(), "8090", "Port on which it listens."));
    private static final Key<URI> PUBLIC_URL = KEYS.add(Key.of(
                    "public-url",
                    Kind.httpUrl(),
                    "Address under which browsers reach it. If it is set, requests for other names are refused.")
            .example("https://desk.example.org"));
    private static final Key<Boolean> BEHIND_PROXY = KEYS.add(Key.of(
            "behind-proxy",
            Kind.flag(),
            "false",
            "Whether all requests come from a proxy that has TLS and adds `X-Forwarded-For`. Requires `public-url`; nobody else"
                    + " may reach the port."));
    private static final Key<Path> USERS = KEYS.add(Key.of(
                    "users-file",
                    Kind.path(),
                    "File of the users, which `vorrang user` changes. Default: `console/users` in the data folder.")
            .example("/etc/vorrang/users"));

    private static final Section TLS = new Section("console.tls", "TLS of the console", "");

    private static final Key<Path> CERTIFICATE = TLS.add(
            Key.of("certificate", Kind.path(), "Certificate and its chain in PEM, or a PKCS 12 key store with the key.")
                    .example("/etc/vorrang/console.pem"));
    private static final Key<Path> KEY =
            TLS.add(Key.of("key", Kind.path(), "Key of the certificate in PEM: PKCS 8, without a password.")
                    .example("/etc/vorrang/console.key"));
    private static final Key<Secret> PASSWORD =
            TLS.add(Key.secret("password", "Password of the key store.").example("better not here"));
    private static final Key<Path> PASSWORD_FILE =
            TLS.add(Key.of("password-file", Kind.path(), "File whose first line is the password of the key store.")
                    .example("/run/secrets/console-key-store"));

    private static final Section SESSIONS = new Section("console.session", "Sessions of the console", "");

    private static final Key<Duration> IDLE = SESSIONS.add(Key.of(
            "idle",
            Kind.duration(Duration.ofMinutes(1), Duration.ofDays(1)),
            "30m",
            "Time without a request after which a session ends."));
    private static final Key<Duration> LONGEST = SESSIONS.add(Key.of(
            "longest",
            Kind.duration(Duration.ofMinutes(5), Duration.ofDays(7)),
            "12h",
            "Time after which a session ends in any case."));

    /** One on this machine alone, for whoever sees the terminal. */
    public static ConsoleOptions onLoopback(Path folder, int port) {
        return new ConsoleOptions(true, folder, ConsoleSettings.onLoopback(port));
    }

    /** All sections, in the order of the reference. */
    static List<Section> sections() {
        return List.of(KEYS, TLS, SESSIONS);
    }

    static ConsoleOptions read(SettingsReader reader, Path data) {
        Path folder = data.resolve("console");
        var standard = SessionLimits.STANDARD;
        var sessions = new SessionLimits(reader.get(IDLE), reader.get(LONGEST), standard.perUser(), standard.all());
        var access = new AccessSettings(
                Optional.of(reader.find(USERS).orElse(folder.resolve("users"))),
                Optional.of(folder.resolve("tokens")),
                sessions);
        var web = reader.make(
                        "console",
                        () -> new ConsoleSettings(
                                reader.get(ADDRESS),
                                reader.get(PORT),
                                tls(reader),
                                reader.find(PUBLIC_URL),
                                reader.get(BEHIND_PROXY),
                                access))
                .orElseGet(() -> ConsoleSettings.onLoopback(0, access));
        return new ConsoleOptions(reader.get(ENABLED), folder.resolve("index"), web);
    }

    private static Optional<TlsSettings> tls(SettingsReader reader) {
        var certificate = reader.find(CERTIFICATE);
        var key = reader.find(KEY);
        if (certificate.isEmpty() && key.isPresent()) {
            reader.problem(KEY.path(), "allowed with console.tls.certificate only");
        }
        var password = Secrets.read(reader, PASSWORD, PASSWORD_FILE, 0);
        return certificate.map(
                path -> new TlsSettings(path, key, password.map(Secret::value).map(String::toCharArray)));
    }
}
