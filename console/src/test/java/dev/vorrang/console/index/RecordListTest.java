package dev.vorrang.console.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.vorrang.console.view.DeskView.Status;
import dev.vorrang.console.view.RecordPage;
import dev.vorrang.console.view.RecordQuery;
import dev.vorrang.console.view.RecordSummary;
import dev.vorrang.schemas.DeskEventType;
import dev.vorrang.schemas.Priority;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lists of mails: order, filters, figures, pages and groups. */
class RecordListTest {

    private static final List<Integer> FLOOD = IntStream.range(0, 16).boxed().toList();

    @TempDir
    private static Path folder;

    private static MailCluster cluster;
    private static ConsoleIndex index;

    /** Twelve mails: three of a flood, the first of them urgent, and nine that are like no other. */
    @BeforeAll
    static void start() {
        cluster = new MailCluster(folder.resolve("kafka"));
        for (int i = 0; i < 9; i++) {
            int number = i;
            mail("m" + i, "Invoice " + i, Duration.ofMinutes(i), score -> score.setTopic(
                            number < 3 ? "billing" : number < 6 ? "outage" : "spam")
                    .setPriority(number % 2 == 0 ? Priority.LOW : Priority.HIGH)
                    .setPriorityScore(number / 10f)
                    .setLanguage(number < 8 ? "de" : null));
        }
        for (int i = 0; i < 3; i++) {
            int number = i;
            mail("f" + i, "Portal down", Duration.ofMinutes(100 + 50 * i), score -> score.setTopic("outage")
                    .setSignature(FLOOD)
                    .setPriority(number == 1 ? Priority.URGENT : Priority.NORMAL));
        }
        cluster.event("m1", DeskEventType.CLAIMED, "anna");
        cluster.event("m2", DeskEventType.DONE, "ben");
        cluster.event("m3", DeskEventType.CORRECTED, "ben", Map.of("queue", "billing"));
        index = cluster.open(folder.resolve("index"));
        await().until(() -> index.search(Asked.mails().query()).total() == 12
                && index.search(Asked.mails().filter("queue", "billing").query())
                                .total()
                        == 1
                && index.search(Asked.mails()
                                        .status(Status.DONE, Status.CLAIMED)
                                        .query())
                                .total()
                        == 2);
    }

    private static void mail(
            String id,
            String subject,
            Duration after,
            java.util.function.UnaryOperator<dev.vorrang.schemas.MailScore.Builder> scored) {
        cluster.mail(
                id,
                subject,
                "text of " + id,
                score -> scored.apply(score.setReceivedAt(MailCluster.NOON.plus(after))
                        .setScoredAt(MailCluster.NOON.plus(after).plusSeconds(1))));
    }

    @AfterAll
    static void close() {
        index.close();
        cluster.close();
    }

    @Test
    void shouldOrderByPriorityThenRankThenAge() {
        assertThat(ids(Asked.mails()))
                .containsExactly("f1", "m7", "m5", "m3", "m1", "f0", "f2", "m8", "m6", "m4", "m2", "m0");
        assertThat(ids(Asked.mails().sort(RecordQuery.Sort.NEWEST))).startsWith("f2", "f1", "f0", "m8");
        assertThat(ids(Asked.mails().sort(RecordQuery.Sort.OLDEST))).startsWith("m0", "m1", "m2");
    }

    @Test
    void shouldFilter() {
        assertThat(ids(Asked.mails().filter("topic", "billing"))).containsExactlyInAnyOrder("m0", "m1", "m2");
        assertThat(ids(Asked.mails().filter("topic", "!billing", "!outage")))
                .containsExactlyInAnyOrder("m6", "m7", "m8");
        assertThat(ids(Asked.mails().filter("topic", "billing", "spam").filter("priority", "HIGH")))
                .containsExactlyInAnyOrder("m1", "m7");
        assertThat(ids(Asked.mails().status(Status.CLAIMED))).containsExactly("m1");
        assertThat(ids(Asked.mails().filter("holder", "anna"))).containsExactly("m1");
        assertThat(ids(Asked.mails().filter("corrected", "queue"))).containsExactly("m3");
        assertThat(ids(Asked.mails().filter("corrected", RecordQuery.ANY))).containsExactly("m3");
        assertThat(ids(Asked.mails().filter("language", RecordQuery.ANY)))
                .hasSize(8)
                .doesNotContain("m8", "f0");
        assertThat(ids(Asked.mails().text("invoice 4"))).containsExactly("m4");
        assertThat(ids(Asked.mails().text("invoices 4"))).containsExactly("m4");
        assertThat(ids(Asked.mails().text("invoicing"))).isEmpty();
        assertThat(ids(Asked.mails().text("invoices 4"))).containsExactly("m4");
        assertThat(ids(Asked.mails().text("invoi nosuchword"))).isEmpty();
    }

    @Test
    void shouldFilterByTime() {
        Instant from = MailCluster.NOON.plus(Duration.ofMinutes(2));
        var query = new RecordQuery(
                "mail",
                Set.of(),
                "",
                Map.of(),
                Set.of(),
                Optional.empty(),
                Optional.of(from),
                Optional.of(from.plus(Duration.ofMinutes(2))),
                RecordQuery.Sort.OLDEST,
                false,
                Optional.empty(),
                10);
        assertThat(index.search(query).items()).extracting(RecordSummary::id).containsExactly("m2", "m3");
    }

    @Test
    void shouldCountTheValuesOfAFacetWithoutItsOwnFilter() {
        RecordPage page = index.search(
                Asked.mails().filter("topic", "billing").status(Status.OPEN).query());

        assertThat(page.total()).isEqualTo(1);
        assertThat(page.facets().get("topic"))
                .containsExactlyInAnyOrderEntriesOf(Map.of("billing", 1L, "outage", 6L, "spam", 3L));
        assertThat(page.facets().get("status")).isEqualTo(Map.of("OPEN", 1L, "CLAIMED", 1L, "DONE", 1L));
        assertThat(page.facets().get("priority")).isEqualTo(Map.of("LOW", 1L));
        assertThat(page.facets()).doesNotContainKey("sender");
    }

    @Test
    void shouldGoThroughAllRecordsPageByPage() {
        for (RecordQuery.Sort sort : RecordQuery.Sort.values()) {
            assertThat(allPages(Asked.mails().sort(sort).limit(5)))
                    .hasSize(12)
                    .doesNotHaveDuplicates()
                    .isEqualTo(ids(Asked.mails().sort(sort)));
            assertThat(allPages(Asked.mails().sort(sort).fold().limit(1)))
                    .hasSize(10)
                    .isEqualTo(ids(Asked.mails().sort(sort).fold()));
        }
    }

    @Test
    void shouldFoldSimilarMailsIntoOneLine() {
        List<RecordSummary> items = index.search(Asked.mails().fold().query()).items();
        assertThat(items)
                .extracting(RecordSummary::id)
                .containsExactly("f1", "m7", "m5", "m3", "m1", "m8", "m6", "m4", "m2", "m0");
        RecordSummary.Fold fold = items.get(0).fold().orElseThrow();
        assertThat(fold.count()).isEqualTo(3);
        assertThat(fold.lastHour()).isEqualTo(2);
        assertThat(fold.newest()).isEqualTo(MailCluster.NOON.plus(Duration.ofMinutes(200)));
        assertThat(items.get(1).fold()).isEmpty();

        assertThat(ids(Asked.mails().filter("group", fold.group()))).containsExactly("f1", "f0", "f2");
        assertThat(index.find("mail", "f0").orElseThrow().similar())
                .extracting(RecordSummary::id)
                .containsExactly("f2", "f1");
        assertThat(index.search(Asked.mails()
                                .fold()
                                .filter("priority", "NORMAL")
                                .query())
                        .items())
                .singleElement()
                .satisfies(line -> {
                    assertThat(line.id()).isEqualTo("f0");
                    assertThat(line.fold().orElseThrow().count()).isEqualTo(2);
                });
    }

    @Test
    void shouldRefuseWhatItDoesNotKnow() {
        assertThatThrownBy(
                        () -> index.search(Asked.mails().filter("colour", "red").query()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("filter 'colour': allowed are abstained, automatic,");
        assertThatThrownBy(() -> index.search(
                        Asked.mails().after(Optional.of("<script>")).query()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("after '<script>'");
        String newest = index.search(
                        Asked.mails().sort(RecordQuery.Sort.NEWEST).limit(1).query())
                .next()
                .orElseThrow();
        assertThatThrownBy(() ->
                        index.search(Asked.mails().after(Optional.of(newest)).query()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> index.search(new RecordQuery(
                        "male",
                        Set.of(),
                        "",
                        Map.of(),
                        Set.of(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        RecordQuery.Sort.NEWEST,
                        false,
                        Optional.empty(),
                        10)))
                .hasMessage("stream 'male': allowed are mail");
    }

    private static List<String> ids(Asked asked) {
        return index.search(asked.query()).items().stream()
                .map(RecordSummary::id)
                .toList();
    }

    private static List<String> allPages(Asked asked) {
        var ids = new ArrayList<String>();
        Optional<String> next = Optional.empty();
        do {
            RecordPage page = index.search(asked.after(next).query());
            page.items().forEach(each -> ids.add(each.id()));
            next = page.next();
        } while (next.isPresent());
        return ids;
    }
}
