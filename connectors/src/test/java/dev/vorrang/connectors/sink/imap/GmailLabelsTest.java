package dev.vorrang.connectors.sink.imap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vorrang.connectors.ConnectorConfigs;
import dev.vorrang.connectors.imap.ImapSettings;
import dev.vorrang.connectors.imap.LineServer;
import dev.vorrang.connectors.sink.DeliverySettings;
import dev.vorrang.connectors.sink.SinkTaskRun;
import dev.vorrang.connectors.sink.TestActions;
import dev.vorrang.ingest.mail.MailId;
import dev.vorrang.schemas.Action;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Labels, and a server with one mail that answers as Google documents its extension X-GM-EXT-1
 * (https://developers.google.com/workspace/gmail/imap/imap-extensions): labels are strings in modified UTF-7, and a STORE is answered
 * with all labels of the mail. Gmail itself has not been asked.
 */
class GmailLabelsTest {

    private static final String MAIL = "Subject: Order 1\r\n\r\nNumber 1\r\n";

    private final List<String> stored = new CopyOnWriteArrayList<>();
    private volatile String capabilities = " UNSELECT IDLE MOVE UIDPLUS X-GM-EXT-1";
    private volatile String refusal = "";
    private LineServer server;

    @BeforeEach
    void start() throws IOException {
        server = new LineServer(this::serve);
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    private void serve(BufferedReader in, OutputStream out) throws IOException {
        LineServer.say(out, "* OK Gimap ready for requests\r\n");
        for (var line = in.readLine(); line != null; line = in.readLine()) {
            var words = line.split(" ", 3);
            var arguments = words.length > 2 ? words[2] : "";
            var end = "OK Success";
            if (words[1].equals("CAPABILITY")) {
                LineServer.say(out, "* CAPABILITY IMAP4rev1" + capabilities + "\r\n");
            } else if (words[1].equals("EXAMINE") || words[1].equals("SELECT")) {
                LineServer.say(
                        out, "* 1 EXISTS\r\n* OK [UIDVALIDITY 7] UIDs valid.\r\n* OK [UIDNEXT 2] Predicted.\r\n");
            } else if (arguments.startsWith("FETCH")) {
                LineServer.say(out, "* 1 FETCH (UID 1 BODY[]<0> {" + MAIL.length() + "}\r\n" + MAIL + ")\r\n");
            } else if (arguments.startsWith("STORE")) {
                stored.add(arguments);
                if (refusal.isEmpty()) {
                    LineServer.say(out, "* 1 FETCH (X-GM-LABELS (\"\\\\Inbox\" Urgent \"Pr&APw-fen\") UID 1)\r\n");
                } else {
                    end = refusal;
                }
            }
            LineServer.say(out, words[0] + " " + end + "\r\n");
        }
    }

    private SinkTaskRun run(String labels) {
        return new SinkTaskRun(
                new ImapSinkTask(),
                ConnectorConfigs.with(
                        Map.of(
                                ImapSettings.HOST,
                                "127.0.0.1",
                                ImapSettings.PORT,
                                Integer.toString(server.port()),
                                ImapSettings.SECURITY,
                                "none",
                                ImapSettings.LOGIN.user(),
                                "anna",
                                ImapSettings.LOGIN.password(),
                                "correct horse",
                                ImapSinkSettings.LABELS,
                                labels),
                        DeliverySettings.BACKOFF_MS,
                        "5",
                        DeliverySettings.MAX_MS,
                        "10",
                        DeliverySettings.ATTEMPTS,
                        "3"));
    }

    private static Action action() {
        byte[] digest = MailId.digest(MAIL.getBytes(StandardCharsets.UTF_8));
        return TestActions.builder(1)
                .setRecord(HexFormat.of().formatHex(digest, 0, 16))
                .setLink("imap://anna@127.0.0.1/INBOX;UIDVALIDITY=7/;UID=1")
                .setFields(Map.of("topic", "Pr\u00fcfen \"now\" (x)\r\n"))
                .build();
    }

    @Test
    void shouldAddLabelsInModifiedUtf7AndKeepAHostileOneAString() {
        try (var run = run("{{#urgent}}Urgent{{/urgent}},Vorrang/{{fields.topic}}")
                .put(action())
                .untilDone()) {
            assertThat(run.letters()).isEmpty();
        }
        assertThat(stored)
                .singleElement()
                .asString()
                .startsWith("STORE 1 +X-GM-LABELS (")
                .contains("Urgent")
                .contains("Pr&APw-fen \\\"now\\\" (x)");
    }

    @Test
    void shouldDoWithoutLabelsWhereTheServerHasNone() {
        capabilities = " UIDPLUS";
        try (var run = run("Urgent").put(action()).untilDone()) {
            assertThat(run.letters()).isEmpty();
        }
        assertThat(stored).isEmpty();
    }

    @Test
    void shouldBuryALabelThatTheServerRefuses() {
        refusal = "NO [CANNOT] Invalid label (Failure)";
        try (var run = run("Inbox").put(action()).untilDone()) {
            assertThat(run.letters()).singleElement().satisfies(letter -> assertThat(letter.cause())
                    .contains("Invalid label"));
        }
        assertThat(stored).hasSize(3);
    }
}
