package dev.vorrang.app.settings;

import dev.vorrang.console.access.AccessSettings;
import dev.vorrang.console.access.OpenIdSettings;
import dev.vorrang.console.access.Role;
import dev.vorrang.console.access.SessionLimits;
import dev.vorrang.console.history.HistorySettings;
import dev.vorrang.console.web.ConsoleSettings;
import dev.vorrang.console.web.TlsSettings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The console.
 *
 * @param enabled whether {@code run} has it
 * @param folder for all that it keeps
 * @param machineHistory hours with readings that are kept of a machine, as a time
 * @param web how it listens and whom it lets in
 */
public record ConsoleOptions(boolean enabled, Path folder, Duration machineHistory, ConsoleSettings web) {

    static final Section KEYS = new Section(
            "console",
            "Console",
            "The page and HTTP API for people who work with scored records, see [console](console.md).");

    private static final Key<Boolean> ENABLED =
            KEYS.add(Key.of("enabled", Kind.flag(), "true", "Whether `run` serves the console."));
    private static final Key<String> ADDRESS = KEYS.add(
            Key.of(
                    "address",
                    Kind.text("a host name or address", "[^\\s/]+"),
                    "127.0.0.1",
                    "Address on which it listens. Addresses that other machines can reach require a certificate, or a proxy with one."));
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
            "Whether all requests come from a proxy that terminates TLS and adds `X-Forwarded-For`. Requires `public-url`; block"
                    + " all other access to the port."));
    private static final Key<Path> USERS = KEYS.add(Key.of(
                    "users-file",
                    Kind.path(),
                    "File of the users, which `vorrang user` changes. Default: `console/users` in the data folder.")
            .example("/etc/vorrang/users"));
    private static final Key<Duration> MACHINE_HISTORY = KEYS.add(Key.of(
            "machine-history",
            Kind.duration(HistorySettings.MIN_RETENTION, HistorySettings.MAX_RETENTION),
            "14d",
            "Length of the history of each machine in the charts; only hours with readings count. A machine with 20 sensors takes"
                    + " 0.3 MB of disk a day. After an increase, older readings that the topics still have are shown only if"
                    + " `console/machines` in the data folder is deleted."));

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

    private static final Section OPENID = new Section(
            "console.openid",
            "Logins by OpenID Connect",
            "Users of an OpenID provider. Its redirect address is `<public-url>/login/oidc/callback`.");

    private static final Key<URI> ISSUER = OPENID.add(Key.of(
                    "issuer",
                    Kind.httpUrl(),
                    "Address of the provider, with https. Logins by OpenID Connect are enabled if it is set.")
            .example("https://login.example.org/realms/plant"));
    private static final Key<String> CLIENT_ID =
            OPENID.add(Key.of("client-id", Kind.text(), "Client id registered with the provider.")
                    .example("vorrang-console"));
    private static final Key<Secret> CLIENT_SECRET =
            OPENID.add(Key.secret("client-secret", "Secret of the client; a public client has none.")
                    .example("better not here"));
    private static final Key<Path> CLIENT_SECRET_FILE =
            OPENID.add(Key.of("client-secret-file", Kind.path(), "File whose first line is the secret of the client.")
                    .example("/run/secrets/openid-client"));
    private static final Key<String> NAME_CLAIM = OPENID.add(Key.of(
            "name-claim",
            Kind.text(),
            "preferred_username",
            "Claim of the ID token with the name of the user. If it is missing, the subject is used."));
    private static final Key<String> ROLE_CLAIM = OPENID.add(Key.of(
            "role-claim",
            Kind.text(),
            "groups",
            "Claim of the ID token with the roles; dots separate nested fields, as in `realm_access.roles`."));
    private static final Key<String> VIEWERS =
            OPENID.add(Key.of("viewer[]", Kind.text(), "Values of the role claim that make a user a viewer.")
                    .example("[plant]"));
    private static final Key<String> AGENTS = OPENID.add(
            Key.of("agent[]", Kind.text(), "Values that make a user an agent.").example("[support]"));
    private static final Key<String> ADMINS = OPENID.add(Key.of(
                    "admin[]",
                    Kind.text(),
                    "Values that make a user an administrator. Users without any of these values are rejected.")
            .example("[it]"));

    /** One on this machine alone, for whoever sees the terminal. */
    public static ConsoleOptions onLoopback(Path folder, int port) {
        return new ConsoleOptions(true, folder, HistorySettings.DEFAULT_RETENTION, ConsoleSettings.onLoopback(port));
    }

    /** All sections, in the order of the reference. */
    static List<Section> sections() {
        return List.of(KEYS, TLS, SESSIONS, OPENID);
    }

    static ConsoleOptions read(SettingsReader reader, Path data) {
        Path folder = data.resolve("console");
        var standard = SessionLimits.STANDARD;
        var sessions = new SessionLimits(reader.get(IDLE), reader.get(LONGEST), standard.perUser(), standard.all());
        var access = new AccessSettings(
                Optional.of(reader.find(USERS).orElse(folder.resolve("users"))),
                Optional.of(folder.resolve("tokens")),
                sessions,
                openId(reader));
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
        return new ConsoleOptions(reader.get(ENABLED), folder, reader.get(MACHINE_HISTORY), web);
    }

    private static Optional<OpenIdSettings> openId(SettingsReader reader) {
        var issuer = reader.find(ISSUER);
        if (issuer.isEmpty()) {
            return Optional.empty();
        }
        var client = reader.require(CLIENT_ID, "console.openid.issuer is set");
        var secret = Secrets.read(reader, CLIENT_SECRET, CLIENT_SECRET_FILE, 0).map(Secret::value);
        var roles = Map.of(
                Role.VIEWER, Set.copyOf(reader.list(VIEWERS)),
                Role.AGENT, Set.copyOf(reader.list(AGENTS)),
                Role.ADMIN, Set.copyOf(reader.list(ADMINS)));
        return client.flatMap(id -> reader.make(
                "console.openid",
                () -> new OpenIdSettings(
                        issuer.get(), id, secret, reader.get(NAME_CLAIM), reader.get(ROLE_CLAIM), roles)));
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
