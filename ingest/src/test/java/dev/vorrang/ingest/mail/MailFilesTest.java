package dev.vorrang.ingest.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.vorrang.schemas.ParseStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MailFilesTest {
    private static final Instant MODIFIED = Instant.parse("2025-06-01T12:00:00Z");

    @TempDir
    private Path folder;

    @Test
    void shouldReadAnEmlFile() throws IOException {
        Path file = write("a.eml", "Subject: x\n\ny");
        assertThat(read(file)).singleElement().satisfies(mail -> {
            assertThat(text(mail)).isEqualTo("Subject: x\n\ny");
            assertThat(mail.source()).isEqualTo(file.toUri().toString());
            assertThat(mail.receivedAt()).isEqualTo(MODIFIED);
            assertThat(mail.copy()).isEqualTo(1);
            assertThat(mail.status()).isEqualTo(ParseStatus.OK);
        });
    }

    @Test
    void shouldFollowNoLinkOutOfTheFolderOrInACircle(@TempDir Path elsewhere) throws IOException {
        Path secret = Files.writeString(elsewhere.resolve("secret.eml"), "Subject: secret\n\ny");
        write("a.eml", "Subject: x\n\ny");
        Files.createSymbolicLink(folder.resolve("b.eml"), secret);
        Files.createSymbolicLink(folder.resolve("circle"), folder);
        Path maildir = Files.createDirectories(folder.resolve("maildir/cur")).getParent();
        Files.createSymbolicLink(maildir.resolve("cur/c"), secret);
        Files.createSymbolicLink(maildir.resolve("new"), elsewhere);
        assertThat(read(folder)).extracting(MailFilesTest::text).containsExactly("Subject: x\n\ny");
        Path link = Files.createSymbolicLink(elsewhere.resolve("link"), folder);
        assertThat(read(link)).as("a link that was named itself").hasSize(1);
    }

    @Test
    void shouldReadAnMbox() throws IOException {
        Path file = write("inbox", """
                From a@example.org Thu Nov 22 20:00:01 2001
                Subject: one

                >From here it is quoted.
                >>From there twice.

                From this sentence no mail begins.

                From - Sun Nov  2 20:00:01 +0000 2025
                Subject: two

                Text.

                From MAILER-DAEMON without a date
                is text too.
                """);
        List<RawMail> mails = read(file);
        assertThat(mails)
                .extracting(MailFilesTest::text)
                .containsExactly(
                        "Subject: one\n\nFrom here it is quoted.\n>From there twice.\n\nFrom this sentence no mail begins.\n",
                        "Subject: two\n\nText.\n\nFrom MAILER-DAEMON without a date\nis text too.\n");
        assertThat(mails)
                .extracting(RawMail::receivedAt)
                .containsExactly(Instant.parse("2001-11-22T20:00:01Z"), Instant.parse("2025-11-02T20:00:01Z"));
        assertThat(mails).extracting(RawMail::source).containsExactly(file.toUri() + "#1", file.toUri() + "#2");
    }

    @Test
    void shouldTakeTheTimeOfTheFileForAnMboxWithoutDates() throws IOException {
        assertThat(read(write("inbox", "From nobody\r\nSubject: x\r\n\r\ny\r\n")))
                .singleElement()
                .satisfies(mail -> {
                    assertThat(mail.receivedAt()).isEqualTo(MODIFIED);
                    assertThat(text(mail)).isEqualTo("Subject: x\r\n\r\ny\r\n");
                });
    }

    @Test
    void shouldReadAMaildir() throws IOException {
        write("cur/1732.M1.host:2,S", "Subject: read\n\nx");
        write("new/1733.M2.host", "Subject: new\n\nx");
        write("tmp/1734.M3.host", "Subject: half\n\nx");
        write("dovecot-uidlist", "3 V1");
        write(".Sent/cur/1735.M4.host:2,S", "Subject: sent\n\nx");
        assertThat(read(folder))
                .extracting(mail -> text(mail).lines().findFirst().orElseThrow())
                .containsExactly("Subject: sent", "Subject: read", "Subject: new");
    }

    @Test
    void shouldReadFoldersInTheOrderOfTheirPaths() throws IOException {
        write("b.eml", "Subject: b\n\nx");
        write("a/z.txt", "Subject: a-z\n\nx");
        write("a/box", "From x Thu Nov 22 20:00:01 2001\nSubject: box\n\nx\n");
        write("c.msg", "Subject: c\n\nx");
        write("broken.eml", "\0\0");
        write("empty.eml", "");
        write("picture.png", "\0PNG");
        write(".hidden.eml", "Subject: hidden\n\nx");
        assertThat(read(folder))
                .extracting(mail ->
                        folder.toUri().relativize(URI.create(mail.source())).toString())
                .containsExactly("a/box#1", "a/z.txt", "b.eml", "broken.eml", "c.msg", "empty.eml");
    }

    @Test
    void shouldCountCopies() throws IOException {
        write("a.eml", "Subject: x\n\ny");
        write("b.eml", "Subject: other\n\ny");
        write("c.eml", "Subject: x\n\ny");
        assertThat(read(folder)).extracting(RawMail::copy).containsExactly(1, 1, 2);
    }

    @Test
    void shouldCutAMailThatIsTooLargeAndGoOn() throws IOException {
        String mail = "From x Thu Nov 22 20:00:01 2001\nSubject: large\n\n" + "line\n".repeat(50_000)
                + "\nFrom x Thu Nov 22 20:00:01 2001\nSubject: next\n\ny\n";
        try (MailFiles files = MailFiles.open(write("inbox", mail), 1000)) {
            RawMail large = files.next();
            assertThat(large.status()).isEqualTo(ParseStatus.LIMIT);
            assertThat(large.bytes()).hasSize(1000);
            RawMail next = files.next();
            assertThat(next.status()).isEqualTo(ParseStatus.OK);
            assertThat(text(next)).isEqualTo("Subject: next\n\ny\n");
        }
        Path file = write("exact.eml", "x".repeat(1000));
        try (MailFiles files = MailFiles.open(file, 1000)) {
            assertThat(files.next().status()).isEqualTo(ParseStatus.OK);
        }
        try (MailFiles files = MailFiles.open(file, 999)) {
            assertThat(files.next().status()).isEqualTo(ParseStatus.LIMIT);
        }
    }

    @Test
    void shouldSayWhatIsWrongWithAPath() throws IOException {
        assertRefused(folder.resolve("missing.eml"), "there is no such file or folder");
        assertRefused(write("empty.eml", ""), "is empty");
        assertRefused(write("picture.eml", "\0\1\2"), "is binary");
        assertRefused(Files.createDirectory(folder.resolve("none")), "the folder has no mails");
    }

    @Test
    void shouldSayThatAFileMustNotBeReadAndGoOn() throws IOException {
        Path secret = write("a.eml", "Subject: secret\n\nx");
        write("b.eml", "Subject: open\n\nx");
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("---------"));
        assumeFalse(Files.isReadable(secret), "this user may read every file, root perhaps");
        assertRefused(secret, "must not be read");
        try (MailFiles files = MailFiles.open(folder)) {
            assertThatThrownBy(files::next)
                    .isInstanceOf(UncheckedIOException.class)
                    .hasCauseInstanceOf(MailFileException.class)
                    .hasMessageContaining("a.eml");
            assertThat(text(files.next())).startsWith("Subject: open");
            assertThat(files.hasNext()).isFalse();
        }
    }

    @Test
    void shouldSayThatAFileIsGoneAndGoOn() throws IOException {
        Path gone = write("a.eml", "Subject: gone\n\nx");
        write("b.eml", "Subject: there\n\nx");
        try (MailFiles files = MailFiles.open(folder)) {
            Files.delete(gone);
            assertThatThrownBy(files::next).hasCauseInstanceOf(MailFileException.class);
            assertThat(text(files.next())).startsWith("Subject: there");
        }
    }

    private static void assertRefused(Path path, String problem) {
        assertThatThrownBy(() -> MailFiles.open(path))
                .isInstanceOf(MailFileException.class)
                .hasMessageStartingWith(path + ": " + problem)
                .hasMessageContaining("allowed: an .eml file");
    }

    private Path write(String name, String content) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content, StandardCharsets.ISO_8859_1);
        Files.setLastModifiedTime(file, FileTime.from(MODIFIED));
        return file;
    }

    private static List<RawMail> read(Path path) throws IOException {
        List<RawMail> mails = new ArrayList<>();
        try (MailFiles files = MailFiles.open(path)) {
            files.forEachRemaining(mails::add);
        }
        return mails;
    }

    private static String text(RawMail mail) {
        return new String(mail.bytes(), StandardCharsets.ISO_8859_1);
    }
}
