package dev.vorrang.app.streams.mail.source;

import dev.vorrang.app.settings.Key;
import dev.vorrang.app.settings.Kind;
import dev.vorrang.app.settings.Secret;
import dev.vorrang.app.settings.Secrets;
import dev.vorrang.app.settings.Section;
import dev.vorrang.app.settings.SettingsReader;
import dev.vorrang.app.settings.SourceSection;
import dev.vorrang.app.settings.SourceSettings;
import dev.vorrang.ingest.imap.ReadingPlan;
import dev.vorrang.ingest.imap.Security;
import dev.vorrang.ingest.imap.StartAt;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A mailbox to read.
 *
 * @param name of its connector; offsets are kept under it
 * @param host of the IMAP server
 * @param port of the IMAP server
 * @param security of the connection
 * @param certificates of whom to trust instead of the platform's, PEM
 * @param user login name
 * @param login what the user logs in with
 * @param folders to read, one or more
 * @param start where a folder that was never read begins, as {@link StartAt} has it
 * @param idle whether to wait for the server's word
 * @param pollInterval longest time between two polls of a folder
 */
public record MailboxSettings(
        String name,
        String host,
        int port,
        Security security,
        Optional<Path> certificates,
        String user,
        Login login,
        List<String> folders,
        String start,
        boolean idle,
        Duration pollInterval)
        implements SourceSettings {

    static final Section KEYS = new Section(
            "ingest.mailboxes[]",
            "Mailboxes",
            "Mailboxes to read. Log in with a password, a password file or OAuth 2.");

    private static final Key<String> NAME = KEYS.add(Key.of(
                    "name",
                    Kind.text("up to 100 of a-z, A-Z, 0-9, '.', '_' and '-'", "[a-zA-Z0-9._-]{1,100}"),
                    "Name of the mailbox in Vorrang. Positions are stored under it: after a change, everything is read"
                            + " again.")
            .shown("support"));
    private static final Key<String> HOST = KEYS.add(Key.of(
                    "host",
                    Kind.text("a host name or address", "[^\\s/]+"),
                    "Host name of the IMAP server; must match its certificate.")
            .shown("imap.example.org"));
    private static final Key<Integer> PORT =
            KEYS.add(Key.of("port", Kind.port(), "Port of the IMAP server. Default: 993 with `tls`, else 143.")
                    .example("993"));
    private static final Key<Security> SECURITY = KEYS.add(Key.of(
            "security",
            Kind.oneOf(Security.class),
            "tls",
            "`tls` from the first byte; `starttls` before the login; `none` sends password and mails in"
                    + " clear text: only for a server on the same machine."));
    private static final Key<Path> CERTIFICATES = KEYS.add(Key.of(
                    "certificates",
                    Kind.path(),
                    "PEM file with the certificates to trust, for a server with a self-signed certificate or a private"
                            + " CA.")
            .example("ca.pem"));
    private static final Key<String> USER = KEYS.add(
            Key.of("user", Kind.text("a login name", ".+"), "Login name.").shown("support@example.org"));
    private static final Key<Secret> PASSWORD =
            KEYS.add(Key.secret("password", "Password. Prefer a file or the environment variable.")
                    .example("better not here"));
    private static final Key<Path> PASSWORD_FILE = KEYS.add(
            Key.of("password-file", Kind.path(), "File whose first line is the password. It is read for each login.")
                    .example("/run/secrets/imap-password"));
    private static final Key<String> FOLDERS = KEYS.add(Key.of(
                    "folders[]",
                    Kind.text("a folder's name, without commas", "[^,]+"),
                    "INBOX",
                    "Folders to read, by the server's names.")
            .example("[INBOX]"));
    private static final Key<String> START = KEYS.add(Key.of(
                    "start",
                    Kind.text(StartAt.ALLOWED, ".+").map(MailboxSettings::start),
                    "all",
                    "Start position in a folder that was never read: `all`, `new`, or a date or time.")
            .example("new"));
    private static final Key<Boolean> IDLE = KEYS.add(Key.of(
            "idle",
            Kind.flag(),
            "true",
            "Whether to use IDLE if the server supports it, so that mails are read at once."));
    private static final Key<Duration> POLL_INTERVAL = KEYS.add(Key.of(
            "poll-interval",
            Kind.duration(Duration.ofSeconds(1), ReadingPlan.MAX_POLL_INTERVAL),
            "1m",
            "Maximum time between two polls of a folder, with or without IDLE."));

    /** Where mailboxes are listed. */
    public static final SourceSection<MailboxSettings> SECTION =
            new SourceSection<>("ingest.mailboxes", List.of(KEYS, OAuth2Keys.KEYS), MailboxSettings::read);

    /** Empty if something that is needed is not there; the reader then has the problem. */
    static Optional<MailboxSettings> read(SettingsReader reader, int place) {
        var name = reader.require(NAME, "each mailbox has a name", place);
        var host = reader.require(HOST, "each mailbox has a server", place);
        var user = reader.require(USER, "each mailbox has a user", place);
        var login = login(reader, place);
        var security = reader.get(SECURITY, place);
        var certificates = reader.find(CERTIFICATES, place);
        certificates.ifPresent(file -> Secrets.checkReadable(reader, CERTIFICATES.at(place), file));
        if (security == Security.NONE
                && login.filter(Login.OAuth2.class::isInstance).isPresent()) {
            reader.problem(SECURITY.at(place), "allowed with oauth2 is tls or starttls");
        }
        if (name.isEmpty() || host.isEmpty() || user.isEmpty() || login.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new MailboxSettings(
                name.get(),
                host.get(),
                reader.find(PORT, place).orElse(security.defaultPort()),
                security,
                certificates,
                user.get(),
                login.get(),
                reader.list(FOLDERS, place),
                reader.get(START, place),
                reader.get(IDLE, place),
                reader.get(POLL_INTERVAL, place)));
    }

    private static Optional<Login> login(SettingsReader reader, int place) {
        var oauth2 = OAuth2Keys.isSet(reader, place);
        int ways = (reader.isSet(PASSWORD, place) ? 1 : 0)
                + (reader.isSet(PASSWORD_FILE, place) ? 1 : 0)
                + (oauth2 ? 1 : 0);
        if (ways != 1) {
            reader.problem(
                    "ingest.mailboxes[" + place + "]",
                    (ways == 0 ? "no way to log in" : "more than one way to log in")
                            + "; allowed is exactly one of password, password-file, oauth2");
            return Optional.empty();
        }
        if (oauth2) {
            return OAuth2Keys.read(reader, place);
        }
        Optional<Login> password = reader.find(PASSWORD, place).map(Login.Password::new);
        return password.or(() -> reader.find(PASSWORD_FILE, place).map(file -> {
            Secrets.checkReadable(reader, PASSWORD_FILE.at(place), file);
            return new Login.PasswordFile(file);
        }));
    }

    private static String start(String text) {
        StartAt.parse(text);
        return text.strip();
    }
}
