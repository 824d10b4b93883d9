package dev.vorrang.connectors.imap;

import static dev.vorrang.connectors.imap.TestMails.mail;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.connect.errors.ConnectException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The task against a real server: nothing is lost, whatever happens to server, connection or task. */
class ImapSourceTaskDovecotTest {

    @TempDir
    Path folder;

    private final Map<Map<String, ?>, Map<String, ?>> offsets = new HashMap<>();
    private DovecotServer dovecot;

    @BeforeEach
    void start() throws Exception {
        dovecot = DovecotServer.start(folder);
    }

    @AfterEach
    void stop() throws Exception {
        if (dovecot != null) {
            dovecot.close();
        }
    }

    private Map<String, String> config(String... more) {
        var config = dovecot.settings("1000");
        config.putAll(Map.of(ImapSettings.RETRY_MAX_MS, "1000", ImapSettings.TIMEOUT_MS, "5000"));
        for (int i = 0; i < more.length; i += 2) {
            config.put(more[i], more[i + 1]);
        }
        return config;
    }

    private void deliver(int first, int last) throws Exception {
        for (int i = first; i <= last; i++) {
            dovecot.deliver(mail(i));
        }
    }

    private static List<String> orders(int first, int last) {
        return IntStream.rangeClosed(first, last).mapToObj(i -> "Order " + i).toList();
    }

    @Test
    void shouldReadWhatIsThereAndWhatComesAndLeaveTheMailboxAsItIs() throws Exception {
        deliver(1, 3);
        try (var run = new ImapTaskRun(config(), offsets)) {
            run.takeUntil(3);
            deliver(4, 4);
            run.takeUntil(4);

            assertThat(run.subjects()).isEqualTo(orders(1, 4));
            var record = run.records().get(0);
            assertThat(record.topic()).isEqualTo("mail.received");
            assertThat(record.key()).isEqualTo("same@example.com");
            assertThat(run.mails().get(0).getString("source"))
                    .matches("imap://anna%40example\\.com@localhost/INBOX;UIDVALIDITY=\\d+/;UID=1");
        }
        assertThat(dovecot.files()).hasSize(4).noneMatch(name -> name.matches(".*:2,.+"));
    }

    @Test
    void shouldGoOnOverStarttls() throws Exception {
        deliver(1, 2);
        var port = Integer.toString(dovecot.port());
        try (var run = new ImapTaskRun(config(ImapSettings.SECURITY, "starttls", ImapSettings.PORT, port), offsets)) {
            assertThat(run.takeUntil(2).subjects()).isEqualTo(orders(1, 2));
        }
    }

    @Test
    void shouldReadOnAfterKillsAtAnyRecord() throws Exception {
        deliver(1, 700);
        var ids = new HashMap<String, String>();
        for (int committed : new int[] {1, 100, 300, 12}) {
            try (var run = new ImapTaskRun(config(ImapSettings.BATCH_SIZE, "37"), offsets)) {
                run.takeUntil(committed + 20, committed);
                run.mails().forEach(mail -> assertSameId(ids, mail.getString("subject"), mail.getString("id")));
            }
        }
        try (var run = new ImapTaskRun(config(), offsets)) {
            run.takeUntil(700 - 413);
            run.mails().forEach(mail -> assertSameId(ids, mail.getString("subject"), mail.getString("id")));
        }
        assertThat(ids.keySet()).containsExactlyInAnyOrderElementsOf(orders(1, 700));
        assertThat(new HashSet<>(ids.values())).hasSize(700);
    }

    private static void assertSameId(Map<String, String> ids, String subject, String id) {
        assertThat(ids.merge(subject, id, (before, now) -> before))
                .as("id of %s", subject)
                .isEqualTo(id);
    }

    @Test
    void shouldSkipWhatWasDeliveredWhenTheFolderIsNumberedAnew() throws Exception {
        deliver(1, 600);
        try (var run = new ImapTaskRun(config(), offsets)) {
            run.takeUntil(600);
        }
        dovecot.renumber();
        deliver(601, 602);
        try (var run = new ImapTaskRun(config(), offsets)) {
            run.takeUntil(2);
            assertThat(run.poll()).isZero();
            assertThat(run.subjects()).isEqualTo(orders(601, 602));
        }
    }

    @Test
    void shouldNoticeANewNumberingWhileItRuns() throws Exception {
        deliver(1, 3);
        try (var run = new ImapTaskRun(config(), offsets)) {
            run.takeUntil(3);
            dovecot.renumber();
            deliver(4, 4);
            run.takeUntil(4);
            assertThat(run.subjects()).isEqualTo(orders(1, 4));
        }
    }

    @Test
    void shouldCountIdenticalMailsAsMails() throws Exception {
        for (int i = 0; i < 3; i++) {
            dovecot.deliver(mail("Same", "Same"));
        }
        List<String> ids;
        try (var run = new ImapTaskRun(config(), offsets)) {
            ids = run.takeUntil(3, 2).ids();
            assertThat(ids).doesNotHaveDuplicates();
        }
        try (var run = new ImapTaskRun(config(), offsets)) {
            assertThat(run.takeUntil(1).ids()).isEqualTo(ids.subList(2, 3));
        }
        dovecot.renumber();
        dovecot.deliver(mail("Same", "Same"));
        try (var run = new ImapTaskRun(config(), offsets)) {
            run.takeUntil(1);
            assertThat(run.poll()).isZero();
            assertThat(ids).doesNotContainAnyElementsOf(run.ids());
        }
    }

    @Test
    void shouldGoOnWhenTheConnectionIsCutWithinAMail() throws Exception {
        for (int i = 1; i <= 30; i++) {
            dovecot.deliver(mail("Order " + i, "Where is it? ".repeat(2_000)));
        }
        try (var proxy = new CuttingProxy(dovecot.tlsPort())) {
            proxy.cutAfter(100_000);
            var port = Integer.toString(proxy.port());
            try (var run = new ImapTaskRun(config(ImapSettings.PORT, port), offsets)) {
                await().atMost(Duration.ofMinutes(2)).until(() -> proxy.cuts() >= 3);
                proxy.cutAfter(Long.MAX_VALUE);
                run.takeUntil(30);
                assertThat(run.subjects()).isEqualTo(orders(1, 30));
                assertThat(run.mails())
                        .allMatch(mail -> mail.getString("parseStatus").equals("OK"));
            }
        }
    }

    @Test
    void shouldGoOnWhenAConnectionDiesWithoutAWord() throws Exception {
        deliver(1, 1);
        try (var proxy = new CuttingProxy(dovecot.tlsPort())) {
            var port = Integer.toString(proxy.port());
            try (var run = new ImapTaskRun(config(ImapSettings.PORT, port, ImapSettings.TIMEOUT_MS, "1000"), offsets)) {
                run.takeUntil(1);
                proxy.silence();
                deliver(2, 2);
                assertThat(run.takeUntil(2).subjects()).isEqualTo(orders(1, 2));
            }
        }
    }

    @Test
    void shouldGoOnWhenTheServerIsRestarted() throws Exception {
        deliver(1, 2);
        try (var run = new ImapTaskRun(config(), offsets)) {
            run.takeUntil(2);
            dovecot.stop();
            deliver(3, 4);
            dovecot.restart();
            assertThat(run.takeUntil(4).subjects()).isEqualTo(orders(1, 4));
        }
    }

    @Test
    void shouldBeginWithNewMailsAndRememberWhereThatWas() throws Exception {
        deliver(1, 3);
        var config = config(ImapSettings.START, "new");
        try (var run = new ImapTaskRun(config, offsets)) {
            run.takeUntil(1);
            assertThat(run.records().get(0).topic()).isEqualTo("mail.received.start");
            assertThat(run.records().get(0).value()).isNull();
        }
        deliver(4, 5);
        try (var run = new ImapTaskRun(config, offsets)) {
            assertThat(run.takeUntil(2).subjects()).isEqualTo(orders(4, 5));
        }
    }

    @Test
    void shouldBeginWithADate() throws Exception {
        dovecot.deliver("", mail(1), Instant.parse("2026-01-30T23:59:00Z"));
        dovecot.deliver("", mail(2), Instant.parse("2026-01-31T00:00:00Z"));
        dovecot.deliver("", mail(3), Instant.parse("2026-02-01T12:00:00Z"));
        try (var run = new ImapTaskRun(config(ImapSettings.START, "2026-01-31"), offsets)) {
            run.takeUntil(2);
            assertThat(run.subjects()).isEqualTo(orders(2, 3));
            assertThat(run.records().get(0).timestamp())
                    .isEqualTo(Instant.parse("2026-01-31T00:00:00Z").toEpochMilli());
        }
    }

    @Test
    void shouldReadSeveralFolders() throws Exception {
        dovecot.makeFolder("Anfragen");
        deliver(1, 1);
        dovecot.deliver(".Anfragen", mail(2), Instant.now());
        try (var run = new ImapTaskRun(config(ImapSettings.FOLDERS, "INBOX,Anfragen"), offsets)) {
            assertThat(run.takeUntil(2).subjects()).containsExactlyInAnyOrder("Order 1", "Order 2");
        }
    }

    @Test
    void shouldSayWhichFoldersThereAre() throws Exception {
        dovecot.makeFolder("Anfragen");
        try (var run = new ImapTaskRun(config(ImapSettings.FOLDERS, "Bestellungen"), offsets)) {
            assertThatThrownBy(() -> run.takeUntil(1))
                    .isInstanceOf(ConnectException.class)
                    .hasMessageContaining("Bestellungen")
                    .hasMessageContaining("Anfragen")
                    .hasMessageContaining("INBOX");
        }
    }

    @Test
    void shouldRefuseAWrongPasswordWithoutShowingIt() {
        try (var run = new ImapTaskRun(config(ImapSettings.LOGIN.password(), "wrong-secret"), offsets)) {
            assertThatThrownBy(() -> run.takeUntil(1))
                    .isInstanceOf(ConnectException.class)
                    .hasMessageContaining("anna@example.com")
                    .hasMessageContaining("refused")
                    .hasMessageNotContaining("wrong-secret");
        }
    }

    @Test
    void shouldRefuseACertificateThatIsNotTrustedOrForAnotherHost() {
        for (var more :
                List.of(new String[] {ImapSettings.TLS.caFile(), ""}, new String[] {ImapSettings.HOST, "127.0.0.1"})) {
            try (var run = new ImapTaskRun(config(more), offsets)) {
                assertThatThrownBy(() -> run.takeUntil(1))
                        .isInstanceOf(ConnectException.class)
                        .hasMessageContaining("no trusted TLS connection");
            }
        }
    }

    @Test
    void shouldReadTheBeginningOfAMailThatIsTooLong() throws Exception {
        dovecot.deliver(mail("Long", "word ".repeat(10_000)));
        dovecot.deliver(mail(2));
        try (var run = new ImapTaskRun(config(ImapSettings.MAX_MESSAGE_BYTES, "10000"), offsets)) {
            run.takeUntil(2);
            assertThat(run.subjects()).containsExactly("Long", "Order 2");
            var mail = run.mails().get(0);
            assertThat(mail.getString("parseStatus")).isEqualTo("LIMIT");
            assertThat(mail.getArray("parseNotes").toString()).contains("only the first 10000 of");
            assertThat(mail.getInt64("size")).isGreaterThan(50_000);
        }
    }
}
