package dev.vorrang.console.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.vorrang.console.view.DeskView;
import dev.vorrang.console.view.RecordDetail;
import dev.vorrang.console.view.RecordPage;
import dev.vorrang.console.view.RecordSummary;
import dev.vorrang.schemas.DeskEventType;
import dev.vorrang.schemas.Priority;
import dev.vorrang.schemas.view.Severity;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a console shows of what is in the topics. */
class ConsoleIndexTest {

    @TempDir
    private static Path folder;

    private static MailCluster cluster;
    private static ConsoleIndex index;

    @BeforeAll
    static void start() {
        cluster = new MailCluster(folder.resolve("kafka"));
        index = cluster.open(folder.resolve("index"));
    }

    @AfterAll
    static void close() {
        index.close();
        cluster.close();
    }

    @Test
    void shouldShowAMailWithItsTextAndScore() {
        cluster.mail("a1", "Störung an Anlage 7", "Die Anlage steht seit heute früh.", score -> score.setPriority(
                        Priority.URGENT)
                .setPriorityScore(0.9f));

        RecordDetail detail = await().until(() -> index.find("mail", "a1"), found -> found.isPresent())
                .orElseThrow();
        assertThat(detail.summary().title()).isEqualTo("Störung an Anlage 7");
        assertThat(detail.summary().severity()).isEqualTo(Severity.URGENT);
        assertThat(detail.summary().desk()).isEqualTo(DeskView.UNTOUCHED);
        assertThat(detail.score().get("priority").asText()).isEqualTo("URGENT");
        assertThat(detail.score().get("receivedAt").asText()).isEqualTo("2026-01-05T12:00:00Z");
        assertThat(detail.source().orElseThrow().get("text").asText()).isEqualTo("Die Anlage steht seit heute früh.");
        assertThat(detail.thread()).extracting(RecordSummary::id).containsExactly("a1");
        awaitPage(
                Asked.mails().text("fruh anlag"),
                page -> assertThat(page.items()).extracting(RecordSummary::id).containsExactly("a1"));
    }

    @Test
    void shouldApplyWhatPeopleDo() {
        cluster.mail("b1", "Invoice", "wrong amount", score -> score.setTopic("billing"));
        cluster.event("b1", DeskEventType.CLAIMED, "anna");
        cluster.event("b1", DeskEventType.CLAIMED, "ben");
        cluster.event("b1", DeskEventType.CORRECTED, "anna", Map.of("topic", "refunds", "priority", "HIGH"));

        RecordDetail detail = await().until(
                        () -> index.find("mail", "b1"),
                        found -> found.isPresent() && found.get().history().size() == 3)
                .orElseThrow();
        assertThat(detail.summary().desk().holder()).contains("anna");
        assertThat(detail.summary().severity()).isEqualTo(Severity.HIGH);
        assertThat(detail.summary().facets()).containsEntry("topic", java.util.List.of("refunds"));
        assertThat(detail.history()).extracting(RecordDetail.Event::counted).containsExactly(true, false, true);
        awaitPage(Asked.mails().filter("topic", "refunds"), page -> {
            assertThat(page.total()).isEqualTo(1);
            assertThat(page.facets().get("topic")).containsKeys("refunds");
        });
    }

    private static void awaitPage(Asked asked, Consumer<RecordPage> check) {
        await().untilAsserted(() -> check.accept(index.search(asked.query())));
    }
}
