package dev.vorrang.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.abort;

import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * A Dovecot of the test's own, with one mailbox. Without Dovecot on the machine tests are skipped, unless VORRANG_REQUIRE_DOVECOT=1
 * says that it must be there.
 */
final class DovecotProcess implements AutoCloseable {

    static final String USER = "anna@example.com";
    static final String PASSWORD = "correct horse";

    private static final Duration LIMIT = Duration.ofMinutes(2);

    private final Path folder;
    private final Path maildir;
    private final int port;
    private final Process process;
    private int delivered;

    private DovecotProcess(Path folder, Path program, int port) throws IOException {
        this.folder = folder;
        this.port = port;
        this.maildir = folder.resolve("Maildir");
        for (String part : List.of("new", "cur", "tmp")) {
            Files.createDirectories(maildir.resolve(part));
        }
        Files.writeString(folder.resolve("users"), USER + ":{PLAIN}" + PASSWORD + "\n");
        Files.writeString(folder.resolve("dovecot.conf"), config());
        openToAll();
        process = new ProcessBuilder(
                        program.toString(),
                        "-F",
                        "-c",
                        folder.resolve("dovecot.conf").toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("out.log").toFile())
                .start();
        await("Dovecot on port " + port).atMost(LIMIT).until(this::isUp);
    }

    /** @param folder whose parents every user may enter, if the test is run by root */
    static DovecotProcess start(Path folder, int port) throws IOException {
        Optional<Path> program = Stream.of("/usr/sbin", "/usr/local/sbin", "/usr/bin")
                .map(place -> Path.of(place, "dovecot"))
                .filter(Files::isExecutable)
                .findFirst();
        if (program.isEmpty()) {
            var missing = "Dovecot is not on this machine (Debian package dovecot-imapd)";
            assertThat(System.getenv("VORRANG_REQUIRE_DOVECOT")).as(missing).isNotEqualTo("1");
            abort(missing);
        }
        return new DovecotProcess(Files.createDirectories(folder), program.orElseThrow(), port);
    }

    int port() {
        return port;
    }

    /** Puts a mail into the inbox, as a delivery agent does. */
    void deliver(String sender, String subject, String text) throws IOException {
        // Dovecot numbers mails in the order of their names.
        String name = "1700000000.M%08dP1.test".formatted(++delivered);
        Path file = maildir.resolve("tmp").resolve(name);
        Files.writeString(
                file,
                "From: %s\r\nTo: %s\r\nSubject: %s\r\nMessage-ID: <%d@customer.example>\r\n\r\n%s\r\n"
                        .formatted(sender, USER, subject, delivered, text),
                StandardCharsets.UTF_8);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));
        Files.move(file, maildir.resolve("new").resolve(name));
    }

    /** Subjects of the mails of a folder that have the keyword, or of all. */
    List<String> subjects(String name, Optional<String> keyword) throws MessagingException {
        var subjects = new ArrayList<String>();
        try (var store = Session.getInstance(new Properties()).getStore("imap")) {
            store.connect("127.0.0.1", port, USER, PASSWORD);
            Folder mails = store.getFolder(name);
            if (mails.exists()) {
                mails.open(Folder.READ_ONLY);
                for (Message mail : mails.getMessages()) {
                    if (keyword.isEmpty()
                            || List.of(mail.getFlags().getUserFlags()).contains(keyword.get())) {
                        subjects.add(mail.getSubject());
                    }
                }
                mails.close(false);
            }
        }
        return subjects;
    }

    private boolean isUp() throws IOException {
        assertThat(process.isAlive())
                .as("Dovecot runs: " + Files.readString(folder.resolve("out.log")))
                .isTrue();
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 200);
            socket.setSoTimeout(2_000);
            return socket.getInputStream().read() == '*';
        } catch (IOException e) {
            return false;
        }
    }

    /** Dovecot reads mails as another user when it is started by root. */
    private void openToAll() throws IOException {
        Files.setPosixFilePermissions(folder.getParent(), PosixFilePermissions.fromString("rwxr-xr-x"));
        try (var paths = Files.walk(folder)) {
            for (Path path : paths.toList()) {
                String mode = Files.isDirectory(path) ? "rwxrwxrwx" : "rw-rw-rw-";
                Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
            }
        }
    }

    private String config() throws IOException {
        String me = System.getProperty("user.name");
        boolean root = me.equals("root");
        String mailUser = root ? "nobody" : me;
        String internalUser = root ? "dovecot" : me;
        return """
                protocols = imap
                listen = 127.0.0.1
                base_dir = %1$s/run
                state_dir = %1$s/state
                log_path = %1$s/dovecot.log
                default_internal_user = %2$s
                default_internal_group = %3$s
                default_login_user = %4$s
                first_valid_uid = 1
                first_valid_gid = 1
                disable_plaintext_auth = no
                mail_location = maildir:%1$s/Maildir
                mail_max_userip_connections = 100
                ssl = no
                namespace inbox {
                  inbox = yes
                }
                userdb {
                  driver = static
                  args = uid=%5$s gid=%6$s home=%1$s/home
                }
                passdb {
                  driver = passwd-file
                  args = %1$s/users
                }
                service imap-login {
                  chroot =
                  inet_listener imap {
                    port = %7$d
                  }
                }
                service anvil {
                  chroot =
                }
                """.formatted(
                folder, internalUser, group(internalUser), root ? "dovenull" : me, mailUser, group(mailUser), port);
    }

    private static String group(String user) throws IOException {
        var id = new ProcessBuilder("id", "-gn", user).start();
        return new String(id.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    }

    @Override
    public void close() {
        List<ProcessHandle> children = process.descendants().toList();
        process.destroyForcibly();
        children.forEach(ProcessHandle::destroyForcibly);
    }
}
