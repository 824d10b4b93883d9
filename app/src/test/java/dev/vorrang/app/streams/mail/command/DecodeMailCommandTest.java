package dev.vorrang.app.streams.mail.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command as a user calls it. */
class DecodeMailCommandTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String MAIL = """
            From: =?UTF-8?Q?J=C3=BCrgen?= <j@Example.org>, b@example.org
            Subject: =?UTF-8?Q?K=C3=BChlung?=
            Message-ID: <2@example.org>
            References: <1@example.org>
            Delivered-To: desk+pumps@example.org
            Auto-Submitted: auto-replied
            MIME-Version: 1.0
            Content-Type: multipart/mixed; boundary=x

            --x
            Content-Type: text/plain

            It is warm.
            > Is it cold?
            --x
            Content-Type: application/pdf
            Content-Disposition: attachment; filename=a.pdf

            12345
            --x--
            """;

    private final StringWriter output = new StringWriter();
    private final StringWriter errors = new StringWriter();

    @TempDir
    private Path folder;

    private Path in;
    private Path out;

    @BeforeEach
    void makeFolders() throws IOException {
        in = Files.createDirectories(folder.resolve("in"));
        out = folder.resolve("out.jsonl");
    }

    @Test
    void shouldWriteEveryFieldInItsOrder() throws IOException {
        Files.writeString(in.resolve("a.eml"), MAIL);

        assertThat(decode(in, out.toString())).isZero();

        JsonNode line = lines(Files.readString(out)).get(0);
        assertThat(line.toString()).isEqualTo(JSON.readTree("""
                {"file": "a.eml", "number": null, "subject": "Kühlung", "from": ["j@example.org", "b@example.org"],
                 "fromNames": ["Jürgen", null], "text": "It is warm.", "quoted": "> Is it cold?", "textOrigin": "PLAIN",
                 "automatic": "AUTO_REPLY", "parseStatus": "OK", "notes": [],
                 "attachments": [{"name": "a.pdf", "type": "application/pdf", "size": 5}],
                 "thread": "1@example.org", "deliveredTo": ["desk+pumps@example.org"]}
                """).toString());
        assertThat(output.toString()).contains("1 mails decoded");
    }

    @Test
    void shouldTakeWhatScoringTakesAndNameEachFile() throws IOException {
        Files.writeString(Files.createDirectories(in.resolve("b c/cur")).resolve("1:2,S"), "Subject: maildir\n\nx\n");
        Files.writeString(
                in.resolve("m.mbox"),
                "From a Thu Jan  1 00:00:00 1970\nSubject: one\n\nx\n\nFrom b Thu Jan  1 00:00:00 1970\n"
                        + "Subject: two\n\ny\n");
        Files.writeString(in.resolve("ü.eml"), "Subject: =?\n\n\u00fc\n");

        assertThat(decode(in, "-")).isZero();

        assertThat(lines(output.toString()))
                .extracting(line -> line.get("file").asText() + " " + line.get("number") + " "
                        + line.get("subject").asText())
                .containsExactly("b c/cur/1:2,S null maildir", "m.mbox 1 one", "m.mbox 2 two", "ü.eml null =?");
        assertThat(errors.toString()).isEmpty();
    }

    @Test
    void shouldNameASingleFileByItsName() throws IOException {
        Path file = Files.writeString(in.resolve("a.eml"), "Subject: s\n\nx\n");

        assertThat(decode(file, "-")).isZero();

        assertThat(lines(output.toString()).get(0).get("file").asText()).isEqualTo("a.eml");
    }

    @Test
    void shouldRefuseAFolderThatIsNotThere() {
        assertThat(decode(folder.resolve("none"), "-")).isEqualTo(2);
        assertThat(errors.toString())
                .contains("--in", "none", "there is no such file or folder")
                .hasLineCount(1);
    }

    @Test
    void shouldRefuseAFileThatIsNoMail() throws IOException {
        Path file = Files.write(in.resolve("a.bin"), new byte[] {0, 1, 2});

        assertThat(decode(file, out.toString())).isEqualTo(1);

        assertThat(errors.toString()).contains("a.bin", "is binary and no mail").hasLineCount(1);
        assertThat(out).doesNotExist();
    }

    private int decode(Path input, String to) {
        return Calls.run(output, errors, "decode", "mail", "--in", input.toString(), "--out", to);
    }

    private static List<JsonNode> lines(String text) throws IOException {
        var lines = new ArrayList<JsonNode>();
        for (String line : text.lines().toList()) {
            lines.add(JSON.readTree(line));
        }
        return lines;
    }
}
