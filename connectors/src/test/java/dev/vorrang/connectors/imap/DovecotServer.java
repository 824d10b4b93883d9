package dev.vorrang.connectors.imap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A Dovecot of the test's own: its process, folder and ports. Without Dovecot on the machine tests are skipped, unless
 * VORRANG_REQUIRE_DOVECOT=1 says that it must be there.
 */
public final class DovecotServer implements AutoCloseable {

    public static final String USER = "anna@example.com";
    public static final String PASSWORD = "correct horse";

    private final Path folder;
    private final Path config;
    private final Path maildir;
    private final TestCertificate certificate;
    private final int port = freePort();
    private final int tlsPort = freePort();
    private Process process;
    private final String moreConfig;
    private int starts;
    private int delivered;

    private DovecotServer(Path folder, String moreConfig) throws IOException, InterruptedException {
        this.moreConfig = moreConfig;
        this.folder = Files.createDirectories(folder.resolve("dovecot"));
        this.config = this.folder.resolve("dovecot.conf");
        this.maildir = this.folder.resolve("Maildir");
        this.certificate = TestCertificate.make(this.folder);
        for (var name : List.of("new", "cur", "tmp")) {
            Files.createDirectories(maildir.resolve(name));
        }
        Files.writeString(this.folder.resolve("users"), USER + ":{PLAIN}" + PASSWORD + "\n");
        open(folder);
        start();
    }

    public static DovecotServer start(Path folder) throws IOException, InterruptedException {
        return start(folder, "");
    }

    public static DovecotServer start(Path folder, String moreConfig) throws IOException, InterruptedException {
        if (executable().isEmpty()) {
            var missing = "Dovecot is not on this machine (Debian package dovecot-imapd)";
            assertThat(System.getenv("VORRANG_REQUIRE_DOVECOT")).as(missing).isNotEqualTo("1");
            abort(missing);
        }
        return new DovecotServer(folder, moreConfig);
    }

    public int port() {
        return port;
    }

    public int tlsPort() {
        return tlsPort;
    }

    /** PEM file of the server's certificate, which is for localhost. */
    public Path certificate() {
        return certificate.pem();
    }

    /** Settings of a connector that reads the inbox over TLS; may be changed. */
    public Map<String, String> settings(String pollMillis) {
        return new HashMap<>(Map.of(
                ImapSettings.HOST,
                "localhost",
                ImapSettings.PORT,
                Integer.toString(tlsPort),
                ImapSettings.TLS.caFile(),
                certificate().toString(),
                ImapSettings.LOGIN.user(),
                USER,
                ImapSettings.LOGIN.password(),
                PASSWORD,
                ImapSettings.POLL_INTERVAL_MS,
                pollMillis));
    }

    /** Puts a mail into the inbox, as a delivery agent does. */
    public void deliver(String mail) throws IOException {
        deliver("", mail, Instant.now());
    }

    public void deliver(String subfolder, String mail, Instant receivedAt) throws IOException {
        var target = maildir.resolve(subfolder);
        // Dovecot numbers mails in the order of their names.
        var name = "1700000000.M%08dP1.test".formatted(++delivered);
        var file = target.resolve("tmp").resolve(name);
        Files.writeString(file, mail.replace("\n", "\r\n"), StandardCharsets.UTF_8);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));
        Files.setLastModifiedTime(file, FileTime.from(receivedAt));
        Files.move(file, target.resolve("new").resolve(name));
    }

    public void makeFolder(String name) throws IOException {
        for (var part : List.of("new", "cur", "tmp")) {
            Files.createDirectories(maildir.resolve("." + name).resolve(part));
        }
        open(maildir);
    }

    /** Stops the server at once and starts it again on the same port. */
    public void restart() throws IOException, InterruptedException {
        stop();
        start();
    }

    /** Lets the inbox be numbered anew, with another UIDVALIDITY. */
    public void renumber() throws IOException, InterruptedException {
        stop();
        long before = uidValidity();
        try (var files = Files.list(maildir)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                Files.delete(file);
            }
        }
        Files.writeString(maildir.resolve("dovecot-uidvalidity"), "%08x".formatted(before + 1));
        Files.createFile(maildir.resolve("dovecot-uidvalidity.%08x".formatted(before + 1)));
        open(maildir);
        start();
    }

    /** File names of the mails in the inbox: Maildir has the flags behind {@code :2,}. */
    public List<String> files() throws IOException {
        try (var fresh = Files.list(maildir.resolve("new"));
                var known = Files.list(maildir.resolve("cur"))) {
            return Stream.concat(fresh, known)
                    .map(file -> file.getFileName().toString())
                    .toList();
        }
    }

    private long uidValidity() throws IOException {
        try (var lines = Files.lines(maildir.resolve("dovecot-uidlist"))) {
            var header = lines.findFirst().orElseThrow();
            return Long.parseLong(header.replaceAll(".* V(\\d+).*", "$1"));
        }
    }

    private void start() throws IOException {
        removeLocks();
        Files.writeString(config, config() + moreConfig);
        process = new ProcessBuilder(executable().orElseThrow().toString(), "-F", "-c", config.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("out.log").toFile())
                .start();
        await("Dovecot on port " + port).atMost(Duration.ofMinutes(2)).until(this::isUp);
    }

    /** A server that was killed while it held a lock of the mailbox would let its successor wait for minutes. */
    private void removeLocks() throws IOException {
        try (var paths = Files.walk(maildir)) {
            for (var lock :
                    paths.filter(path -> path.toString().endsWith(".lock")).toList()) {
                Files.delete(lock);
            }
        }
    }

    private boolean isUp() throws IOException {
        assertThat(process.isAlive())
                .as(() -> "Dovecot runs: " + read(folder.resolve("out.log")))
                .isTrue();
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 200);
            socket.setSoTimeout(2000);
            return socket.getInputStream().read() == '*';
        } catch (IOException e) {
            return false;
        }
    }

    /** Kills the server, its children first to be seen and last to go. */
    public void stop() throws InterruptedException {
        var children = process.descendants().toList();
        process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
        children.forEach(ProcessHandle::destroyForcibly);
        await("end of Dovecot").atMost(Duration.ofMinutes(2)).until(() -> children.stream()
                .noneMatch(ProcessHandle::isAlive));
    }

    @Override
    public void close() {
        try {
            stop();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What the server said, for failures. */
    String log() {
        return read(folder.resolve("dovecot.log"));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
    }

    /** Dovecot reads mails as another user when it is started by root. */
    private static void open(Path folder) throws IOException {
        try (var paths = Files.walk(folder)) {
            for (var path : paths.toList()) {
                var mode = Files.isDirectory(path) ? "rwxrwxrwx" : "rw-rw-rw-";
                Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
            }
        }
    }

    private String config() {
        var me = System.getProperty("user.name");
        boolean isRoot = me.equals("root");
        var mailUser = isRoot ? "nobody" : me;
        var internalUser = isRoot ? "dovecot" : me;
        var loginUser = isRoot ? "dovenull" : me;
        return """
                protocols = imap
                listen = 127.0.0.1
                base_dir = %1$s/run%9$d
                state_dir = %1$s/state
                log_path = %1$s/dovecot.log
                default_internal_user = %5$s
                default_internal_group = %6$s
                default_login_user = %7$s
                first_valid_uid = 1
                first_valid_gid = 1
                disable_plaintext_auth = no
                auth_mechanisms = plain login xoauth2
                auth_failure_delay = 0
                auth_cache_size = 0
                mail_location = maildir:%1$s/Maildir
                mail_max_userip_connections = 100
                ssl = yes
                ssl_cert = <%1$s/server.pem
                ssl_key = <%1$s/server.key
                namespace inbox {
                  inbox = yes
                }
                userdb {
                  driver = static
                  args = uid=%4$s gid=%8$s home=%1$s/home
                }
                passdb {
                  driver = passwd-file
                  args = %1$s/users
                }
                service imap-login {
                  chroot =
                  inet_listener imap {
                    port = %2$d
                  }
                  inet_listener imaps {
                    port = %3$d
                    ssl = yes
                  }
                }
                service anvil {
                  chroot =
                }
                """.formatted(
                        folder,
                        port,
                        tlsPort,
                        mailUser,
                        internalUser,
                        group(internalUser),
                        loginUser,
                        group(mailUser),
                        ++starts);
    }

    private static String group(String user) {
        try {
            var process = new ProcessBuilder("id", "-gn", user).start();
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Optional<Path> executable() {
        return Stream.of("/usr/sbin/dovecot", "/usr/local/sbin/dovecot", "/usr/bin/dovecot")
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
