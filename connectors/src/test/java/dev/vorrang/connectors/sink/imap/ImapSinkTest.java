package dev.vorrang.connectors.sink.imap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vorrang.connectors.ConnectorConfigs;
import dev.vorrang.connectors.TaskRun;
import dev.vorrang.connectors.imap.DovecotServer;
import dev.vorrang.connectors.imap.ImapSettings;
import dev.vorrang.connectors.imap.ImapSourceTask;
import dev.vorrang.connectors.imap.TestMails;
import dev.vorrang.connectors.sink.DeliverySettings;
import dev.vorrang.connectors.sink.SinkTaskRun;
import dev.vorrang.connectors.sink.TestActions;
import dev.vorrang.schemas.Action;
import java.nio.file.Path;
import java.util.Date;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.connect.data.Struct;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The sink and Dovecot, with mails that the source has read. */
class ImapSinkTest {

    private static final String[] MARK = {ImapSinkSettings.FLAGS, "{{#urgent}}$Urgent{{/urgent}},topic-{{fields.topic}}"
    };
    private static final String[] MOVE = {ImapSinkSettings.MOVE_TO, "Urgent"};

    @TempDir
    Path folder;

    @TempDir
    Path otherFolder;

    private DovecotServer server;
    private Mailbox mailbox;

    @BeforeEach
    void start() throws Exception {
        startWith(folder, "");
    }

    private void startWith(Path place, String config) throws Exception {
        server = DovecotServer.start(place, config);
        for (int i = 1; i <= 3; i++) {
            server.deliver(TestMails.mail("Order " + i, "Number " + i));
        }
        mailbox = new Mailbox(server);
    }

    @AfterEach
    void stop() throws Exception {
        mailbox.close();
        server.close();
    }

    private SinkTaskRun run(String... more) {
        var config = ConnectorConfigs.with(
                server.settings("1000"),
                DeliverySettings.BACKOFF_MS,
                "20",
                DeliverySettings.MAX_MS,
                "50",
                DeliverySettings.ATTEMPTS,
                "3",
                DeliverySettings.RATE,
                "0");
        return new SinkTaskRun(new ImapSinkTask(), ConnectorConfigs.with(config, more));
    }

    /** An action for each mail of the inbox, by subject, with what the source told of it. */
    private Map<String, Action> read() throws InterruptedException {
        var actions = new LinkedHashMap<String, Action>();
        try (var source = new TaskRun(new ImapSourceTask(), server.settings("1000"), new HashMap<>())) {
            source.take(3);
            for (var record : source.records()) {
                var mail = (Struct) record.value();
                actions.put(mail.getString("subject"), action(mail));
            }
        }
        return actions;
    }

    private static Action action(Struct mail) {
        return TestActions.builder(actionNumber(mail))
                .setRecord(mail.getString("id"))
                .setLink(mail.getString("source"))
                .setTime(((Date) mail.get("receivedAt")).toInstant())
                .setFields(new HashMap<>(Map.of("topic", "out (age)*", "queues", "billing,urgent")))
                .build();
    }

    private static int actionNumber(Struct mail) {
        return Integer.parseInt(mail.getString("subject").substring("Order ".length()));
    }

    @Test
    void shouldAddKeywordsAndTouchNoOtherMail() throws Exception {
        var second = read().get("Order 2");
        try (var run = run(MARK)) {
            run.put(second, second).untilDone();
            assertThat(run.letters()).isEmpty();
        }
        assertThat(mailbox.mails("INBOX")).containsExactly("Order 1", "Order 2 $Urgent topic-out__age__", "Order 3");
    }

    @Test
    void shouldMoveOnceAndMakeTheFolder() throws Exception {
        var second = read().get("Order 2");
        try (var run = run(ImapSinkSettings.MOVE_TO, "Urgent", ImapSinkSettings.FLAGS, "\\Flagged")) {
            run.put(second, second).untilDone();
            assertThat(run.letters()).isEmpty();
        }
        assertThat(mailbox.mails("INBOX")).containsExactly("Order 1", "Order 3");
        assertThat(mailbox.mails("Urgent")).containsExactly("Order 2 \\Flagged");
    }

    @Test
    void shouldMoveToTheFolderOfTheFirstQueueThatHasOne() throws Exception {
        var first = read().get("Order 1");
        try (var run = run(ImapSinkSettings.QUEUE_FOLDERS, "urgent=Now,other=Later", MOVE[0], MOVE[1])) {
            run.put(first).untilDone();
        }
        assertThat(mailbox.mails("Now")).containsExactly("Order 1");
    }

    @Test
    void shouldCopyOnce() throws Exception {
        var first = read().get("Order 1");
        try (var run = run(ImapSinkSettings.COPY_TO, "Archive")) {
            run.put(first, first).untilDone();
        }
        assertThat(mailbox.mails("INBOX")).hasSize(3);
        assertThat(mailbox.mails("Archive")).containsExactly("Order 1");
    }

    /** The UIDs of before belong to other mails, or to none. */
    @Test
    void shouldFindTheMailWhenTheFolderWasNumberedAnew() throws Exception {
        var third = read().get("Order 3");
        mailbox.delete("Order 1", "INBOX", true);
        mailbox.close();
        server.renumber();
        mailbox = new Mailbox(server);
        try (var run = run(MARK)) {
            run.put(third).untilDone();
            assertThat(run.letters()).isEmpty();
        }
        assertThat(mailbox.mails("INBOX")).containsExactly("Order 2", "Order 3 $Urgent topic-out__age__");
    }

    @Test
    void shouldLeaveAMailWhereAPersonPutItAndMarkIt() throws Exception {
        var second = read().get("Order 2");
        mailbox.move("Order 2", "INBOX", "Berta");
        try (var run = run(MARK[0], "$Urgent", MOVE[0], MOVE[1], ImapSinkSettings.SEARCH_FOLDERS, "Berta,Nowhere")) {
            run.put(second).untilDone();
            assertThat(run.letters()).isEmpty();
        }
        assertThat(mailbox.mails("Berta")).containsExactly("Order 2 $Urgent");
        assertThat(mailbox.mails("Urgent")).isEmpty();
    }

    @Test
    void shouldDoNothingAboutAMailThatIsGone() throws Exception {
        var actions = read();
        mailbox.delete("Order 2", "INBOX", true);
        try (var run = run(MARK[0], "$Urgent", MOVE[0], MOVE[1])) {
            run.put(actions.get("Order 2"), actions.get("Order 3")).untilDone();
            assertThat(run.letters()).isEmpty();
        }
        assertThat(mailbox.mails("INBOX")).containsExactly("Order 1");
        assertThat(mailbox.mails("Urgent")).containsExactly("Order 3 $Urgent");
    }

    @Test
    void shouldTouchNoMailThatOnlyHasTheUid() throws Exception {
        var forged = Action.newBuilder(read().get("Order 2"))
                .setRecord(TestActions.id("other", 1))
                .build();
        try (var run = run(MARK[0], "$Urgent", MOVE[0], MOVE[1])) {
            run.put(forged).untilDone();
        }
        assertThat(mailbox.mails("INBOX")).containsExactly("Order 1", "Order 2", "Order 3");
    }

    /** A plain EXPUNGE would remove the mail that a person marked, too. */
    @Test
    void shouldMoveWithoutMoveAndRemoveNoOtherMail() throws Exception {
        stop();
        startWith(otherFolder, "imap_capability = IMAP4rev1 SASL-IR ENABLE IDLE LITERAL+ UIDPLUS\n");
        var second = read().get("Order 2");
        mailbox.delete("Order 1", "INBOX", false);
        try (var run = run(MOVE)) {
            run.put(second, second).untilDone();
            assertThat(run.letters()).isEmpty();
        }
        assertThat(mailbox.mails("INBOX"))
                .contains("Order 1 \\Deleted")
                .doesNotContain("Order 2")
                .endsWith("Order 3");
        assertThat(mailbox.mails("Urgent")).containsExactly("Order 2");
    }

    @Test
    void shouldNotMoveWhereThatWouldTouchOthers() throws Exception {
        stop();
        startWith(otherFolder, "imap_capability = IMAP4rev1 SASL-IR ENABLE IDLE LITERAL+\n");
        var second = read().get("Order 2");
        try (var run = run(MOVE)) {
            run.put(second).untilDone();
            assertThat(run.letters()).singleElement().satisfies(letter -> assertThat(letter.cause())
                    .contains("neither MOVE nor UIDPLUS"));
        }
        assertThat(mailbox.mails("Urgent")).isEmpty();
    }

    @Test
    void shouldRefuseWhatIsNoMailOfThisMailbox() throws Exception {
        var mail = read().get("Order 1");
        var other = Action.newBuilder(mail)
                .setLink(mail.getLink().replace("anna", "berta"))
                .build();
        var group = Action.newBuilder(mail).setCount(300).build();
        try (var run = run(MARK)) {
            run.put(
                            other,
                            group,
                            TestActions.builder(9).setLink("machine.scored-0@5").build())
                    .untilDone();
            assertThat(run.letters())
                    .extracting(SinkTaskRun.Letter::cause)
                    .satisfiesExactly(
                            first -> assertThat(first).contains("is of the mailbox of berta"),
                            second -> assertThat(second).contains("about 300 records"),
                            third -> assertThat(third).contains("machine.scored-0@5"));
        }
        assertThat(mailbox.mails("INBOX")).containsExactly("Order 1", "Order 2", "Order 3");
    }

    @Test
    void shouldWaitForAServerThatIsDownAndDoNothingForATest() throws Exception {
        var actions = read();
        mailbox.close();
        server.stop();
        try (var run = run(MARK[0], "$Urgent")) {
            run.put(actions.get("Order 1"))
                    .put(Action.newBuilder(actions.get("Order 2")).setTest(true).build());
            assertThat(run.committed()).isZero();
            server.restart();
            run.untilDone();
            assertThat(run.letters()).isEmpty();
        }
        mailbox = new Mailbox(server);
        assertThat(mailbox.mails("INBOX")).containsExactly("Order 1 $Urgent", "Order 2", "Order 3");
    }

    @Test
    void shouldWaitLongAfterARefusedLogin() throws Exception {
        var first = read().get("Order 1");
        try (var run = run(MARK[0], "$Urgent", ImapSettings.LOGIN.password(), "battery staple")) {
            run.put(first);
            assertThat(run.timeout()).isBetween(240_000L, 300_000L);
            assertThat(run.letters()).isEmpty();
        }
    }
}
