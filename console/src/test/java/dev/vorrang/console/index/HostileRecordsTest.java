package dev.vorrang.console.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.awaitility.Awaitility.await;

import dev.vorrang.console.view.Change;
import dev.vorrang.console.view.RecordDetail;
import dev.vorrang.console.view.RecordQuery;
import dev.vorrang.console.view.RecordSummary;
import dev.vorrang.schemas.Address;
import dev.vorrang.schemas.Attachment;
import dev.vorrang.schemas.DeskEventType;
import dev.vorrang.schemas.EmailMessage;
import dev.vorrang.schemas.Priority;
import dev.vorrang.schemas.view.Severity;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Records, events and questions that nobody should send. */
class HostileRecordsTest {

    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final List<String> HOSTILE = List.of(
            "<script>alert(1)</script>",
            "\"AND (((NOT +-*?~^:/\\",
            "\u0000\u0001\u202e\ud800 lone",
            "ＦＵＬＬ\u0300\u0301\u0302",
            "' OR 1=1 --",
            "🙁".repeat(600),
            "a".repeat(40_000));

    @TempDir
    private Path folder;

    private MailCluster cluster;
    private ConsoleIndex index;

    @BeforeEach
    void start() {
        cluster = new MailCluster(folder.resolve("kafka"));
        index = cluster.open(folder.resolve("index"));
    }

    @AfterEach
    void close() {
        index.close();
        cluster.close();
    }

    @Test
    void shouldShowHostileNamesAsTheyAre() {
        for (int i = 0; i < HOSTILE.size(); i++) {
            String text = HOSTILE.get(i);
            cluster.mail(
                    EmailMessage.newBuilder()
                            .setId("h" + i)
                            .setThread(text)
                            .setSource(text)
                            .setReceivedAt(MailCluster.NOON)
                            .setFrom(List.of(new Address(text, text)))
                            .setSubject(text)
                            .setText(text)
                            .setAttachments(List.of(new Attachment(text, text, 1L, text)))
                            .build(),
                    score -> score.setTopic(text)
                            .setSender(text)
                            .setQueues(List.of(text, text))
                            .setLanguage(text));
            cluster.event(
                    "h" + i,
                    DeskEventType.CORRECTED,
                    text.substring(0, Math.min(400, text.length())),
                    Map.of("priority", "<b>"));
        }
        awaitTotal(HOSTILE.size());
        for (int i = 0; i < HOSTILE.size(); i++) {
            RecordDetail detail = index.find("mail", "h" + i).orElseThrow();
            // A lone surrogate cannot be written in UTF-8.
            String text = new String(HOSTILE.get(i).getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
            assertThat(detail.summary().title()).isEqualTo(text);
            assertThat(detail.summary().severity()).as("no priority").isEqualTo(Severity.NORMAL);
            assertThat(detail.thread()).hasSize(1);
            assertThat(detail.source()).isPresent();
        }
        assertThat(index.unreadable()).isZero();
    }

    @Test
    void shouldAnswerWhateverIsAsked() {
        cluster.mails(0, 1);
        awaitTotal(1);
        for (String text : HOSTILE) {
            assertThatCode(() -> {
                        index.search(Asked.mails().text(text).fold().query());
                        index.search(
                                Asked.mails().filter("topic", text, "!" + text).query());
                        index.search(Asked.mails().filter("group", text).query());
                        index.find("mail", text);
                        index.find(text, text);
                    })
                    .as(text.substring(0, Math.min(20, text.length())))
                    .doesNotThrowAnyException();
        }
        assertThat(index.search(Asked.mails().text("!!! ???").query()).total()).isZero();
    }

    @Test
    void shouldPassOverWhatItCannotRead() {
        cluster.write(cluster.topics.mailScored().name(), "k", "no avro".getBytes(StandardCharsets.UTF_8));
        cluster.write(cluster.topics.mailScored().name(), "k", new byte[0]);
        cluster.write(cluster.topics.mailScored().name(), "k", null);
        cluster.write(cluster.topics.deskEvents().name(), "k", new byte[] {0, 0, 0, 0, 1, 2});
        cluster.event("m0", DeskEventType.CLAIMED, "");
        cluster.mail("", "no id", "", UnaryOperator.identity());
        cluster.mails(0, 1);

        awaitTotal(1);
        await().atMost(LIMIT).until(() -> index.unreadable() == 5);
    }

    @Test
    void shouldShowAHugeMail() {
        // Mails of any size are cut to this by the source: the broker takes no more.
        String text = "word ".repeat(1_500_000);
        cluster.mail("huge", "Huge", text, UnaryOperator.identity());
        cluster.mails(0, 1);

        awaitTotal(2);
        RecordDetail shown = index.find("mail", "huge").orElseThrow();
        assertThat(shown.source().orElseThrow().get("text").asText())
                .isEqualTo(text.substring(0, RecordDetail.MAX_FIELD_CHARS));
        assertThat(shown.cut()).isTrue();
        assertThat(index.find("mail", "m0").orElseThrow().cut()).isFalse();
        assertThat(index.search(Asked.mails().text("word huge").query()).items())
                .extracting(RecordSummary::id)
                .containsExactly("huge");
    }

    @Test
    void shouldOrderMailsWhoseClocksJump() {
        mailAt("now", MailCluster.NOON.plusSeconds(10));
        mailAt("far", Instant.parse("9999-12-31T23:59:59Z"));
        mailAt("old", Instant.EPOCH);
        mailAt("before", Instant.parse("-100000-01-01T00:00:00Z"));
        cluster.mail("next", "next", "", score -> score.setReceivedAt(MailCluster.NOON.plusSeconds(30))
                .setScoredAt(MailCluster.NOON.plusSeconds(31)));

        awaitTotal(5);
        assertThat(index.search(Asked.mails().sort(RecordQuery.Sort.NEWEST).query())
                        .items())
                .extracting(RecordSummary::id)
                .containsExactly("next", "far", "now", "old", "before");
    }

    /** Scored 20 seconds after noon. */
    private void mailAt(String id, Instant time) {
        cluster.mail(id, id, "", score -> score.setReceivedAt(time).setScoredAt(MailCluster.NOON.plusSeconds(20)));
    }

    @Test
    void shouldTakeABurstWhileSomebodyWorks() throws Exception {
        Set<String> counted = ConcurrentHashMap.newKeySet();
        index.listen(change -> {
            if (change instanceof Change.Desk desk && desk.counted()) {
                counted.add(desk.id());
            }
        });
        cluster.mails(0, 100);
        awaitTotal(100);
        var burst = new Thread(() -> cluster.mails(100, 10_000));
        burst.start();
        for (int i = 0; i < 20; i++) {
            cluster.event("m" + i, DeskEventType.CLAIMED, "anna");
            String id = "m" + i;
            await().pollInterval(Duration.ofMillis(5)).atMost(LIMIT).until(() -> counted.contains(id));
        }
        burst.join();
        awaitTotal(10_100);
        assertThat(index.search(Asked.mails().filter("holder", "anna").query()).total())
                .isEqualTo(20);
    }

    @Test
    void shouldTellOfAnUrgentMail() {
        var told = new java.util.concurrent.LinkedBlockingQueue<RecordSummary>();
        index.listen(change -> {
            if (change instanceof Change.Scored scored) {
                // What is told of can be found at once.
                assertThat(index.find("mail", scored.record().id())).isPresent();
                told.add(scored.record());
            }
        });
        cluster.mail("u1", "Fire", "", score -> score.setPriority(Priority.URGENT));

        await().until(() -> !told.isEmpty());
        assertThat(told.remove().severity()).isEqualTo(Severity.URGENT);
    }

    private void awaitTotal(long total) {
        await().atMost(LIMIT).until(() -> index.search(Asked.mails().query()).total() == total);
    }
}
