package dev.vorrang.console.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.vorrang.console.view.Change;
import dev.vorrang.console.view.DeskView.Status;
import dev.vorrang.console.view.RecordDetail;
import dev.vorrang.console.view.RecordPage;
import dev.vorrang.schemas.DeskEvent;
import dev.vorrang.schemas.DeskEventType;
import dev.vorrang.schemas.EmailMessage;
import dev.vorrang.schemas.Position;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An index that is killed, deleted, damaged or old, and a broker that is away: nothing is lost, and nothing is shown twice. */
class IndexRecoveryTest {

    private static final Duration LIMIT = Duration.ofMinutes(2);

    @TempDir
    private Path folder;

    private MailCluster cluster;

    @BeforeEach
    void start() {
        cluster = new MailCluster(folder.resolve("kafka"));
    }

    @AfterEach
    void close() {
        cluster.close();
    }

    @Test
    void shouldLoseNothingWhenItIsKilled() throws Exception {
        cluster.mails(0, 4_000);
        for (int kill = 0; kill < 3; kill++) {
            cluster.event("m" + kill, DeskEventType.CLAIMED, "anna");
            Process console = launch();
            try {
                // Somewhere between the first records and the last.
                assertThat(console.getInputStream().read()).as("it runs").isEqualTo('r');
                assertThat(console.waitFor(300L + 400 * kill, TimeUnit.MILLISECONDS))
                        .isFalse();
            } finally {
                console.destroyForcibly().waitFor();
            }
            cluster.mails(4_000 + kill * 100, 100);
        }
        try (var index = cluster.open(folder.resolve("index"))) {
            awaitTotal(index, 4_300);
            assertThat(index.search(Asked.mails().status(Status.CLAIMED).query())
                            .total())
                    .isEqualTo(3);
            assertThat(index.find("mail", "m4299").orElseThrow().source()).isPresent();
        }
    }

    private Process launch() throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        ConsoleProgram.class.getName(),
                        cluster.client().get("bootstrap.servers"),
                        folder.resolve("index").toString())
                .redirectError(new File(folder.toFile(), "console.log"))
                .start();
    }

    @Test
    void shouldGoOnWhereItWasLeft() throws Exception {
        cluster.mails(0, 50);
        DeskEvent claim = cluster.event("m7", DeskEventType.CLAIMED, "anna");
        try (var index = cluster.open(folder.resolve("index"))) {
            awaitTotal(index, 50);
            await().until(() ->
                    !index.find("mail", "m7").orElseThrow().history().isEmpty());
        }
        // Only what is new is read again: the text of what is known is not.
        cluster.deleteTopic(cluster.topics.mailReceived());
        cluster.createTopics(cluster.topics.mailReceived());
        cluster.write(claim);
        cluster.event("m7", DeskEventType.CORRECTED, "ben", Map.of("topic", "outage"));
        try (var index = cluster.open(folder.resolve("index"))) {
            RecordDetail detail = await().until(
                            () -> index.find("mail", "m7").orElseThrow(),
                            found -> found.history().size() == 2);
            assertThat(detail.source().orElseThrow().get("text").asText()).isEqualTo("text 7");
            assertThat(detail.summary().facets()).containsEntry("topic", List.of("outage"));
            assertThat(index.search(Asked.mails().query()).total()).isEqualTo(50);
        }
    }

    @Test
    void shouldBuildADeletedOrDamagedIndexAnew() throws Exception {
        Path files = folder.resolve("index");
        cluster.mails(0, 200);
        cluster.event("m7", DeskEventType.DONE, "anna");
        build(files, 200);

        IndexFolder.delete(files);
        build(files, 200);

        try (var largest = Files.list(files)) {
            Path file = largest.max(
                            Comparator.comparingLong(each -> each.toFile().length()))
                    .orElseThrow();
            byte[] bytes = Files.readAllBytes(file);
            Files.write(file, java.util.Arrays.copyOf(bytes, bytes.length / 2));
        }
        build(files, 200);

        try (var all = Files.list(files)) {
            for (Path file : all.filter(each -> each.getFileName().toString().startsWith("segments"))
                    .toList()) {
                Files.write(file, "no index".getBytes(StandardCharsets.UTF_8), StandardOpenOption.TRUNCATE_EXISTING);
            }
        }
        build(files, 200);
    }

    @Test
    void shouldBuildAnIndexOfAnotherVersionAnew() throws Exception {
        Path files = folder.resolve("index");
        cluster.mails(0, 20);
        build(files, 20);
        try (var other = RecordIndex.open(files, "another version")) {
            assertThat(other.committed())
                    .as("what is of another version is not read")
                    .isEmpty();
            other.commit(Map.of("position mail.scored-0", "1000000"));
        }
        build(files, 20);
    }

    private void build(Path files, long mails) {
        try (var index = cluster.open(files)) {
            awaitTotal(index, mails);
            await().until(() ->
                    index.search(Asked.mails().query()).facets().get("status").size() >= 1);
        }
    }

    @Test
    void shouldBuildTheIndexAnewWhenATopicIsAnotherOne() {
        cluster.mails(0, 30);
        try (var index = cluster.open(folder.resolve("index"))) {
            awaitTotal(index, 30);
            cluster.deleteTopic(cluster.topics.mailScored());
            await().ignoreExceptions().atMost(LIMIT).until(() -> {
                cluster.createTopics(cluster.topics.mailScored());
                return true;
            });
            cluster.mails(100, 10);
            awaitTotal(index, 10);
            assertThat(index.find("mail", "m0")).isEmpty();
        }
    }

    @Test
    void shouldBeOpenOnlyOnce() {
        try (var index = cluster.open(folder.resolve("index"))) {
            assertThat(index.health()).isNotNull();
            assertThatThrownBy(() -> cluster.open(folder.resolve("index")))
                    .hasMessageContaining("is in use by another console");
        }
    }

    @Test
    void shouldGoOnWhenTheBrokerIsBack() {
        cluster.mails(0, 10);
        try (var index = cluster.open(folder.resolve("index"))) {
            awaitTotal(index, 10);
            await().until(() -> index.health().connected());

            cluster.stopBroker();
            await().atMost(LIMIT).until(() -> !index.health().connected());
            assertThat(index.search(Asked.mails().query()).total())
                    .as("what is known is shown")
                    .isEqualTo(10);

            cluster.startBroker();
            cluster.mails(10, 10);
            awaitTotal(index, 20);
            await().atMost(LIMIT).until(() -> index.health().equals(new Change.Health(true, 0)));
        }
    }

    @Test
    void shouldGoOnWhenTheRegistryIsBack() {
        cluster.registry.down = true;
        cluster.mails(0, 10);
        try (var index = cluster.open(folder.resolve("index"))) {
            await().atMost(LIMIT).until(() -> !index.health().connected());
            assertThat(index.search(Asked.mails().query()).total()).isZero();

            cluster.registry.down = false;
            awaitTotal(index, 10);
            await().atMost(LIMIT).until(() -> index.health().connected());
            assertThat(index.unreadable()).isZero();
        }
    }

    @Test
    void shouldAgreeWithOtherConsolesOnWhoCameFirst() {
        cluster.mails(0, 20);
        Map<String, Boolean> told = new ConcurrentHashMap<>();
        try (var one = cluster.open(folder.resolve("one"));
                var other = cluster.open(folder.resolve("other"))) {
            one.listen(change -> {
                if (change instanceof Change.Desk desk) {
                    told.put(desk.event(), desk.counted());
                }
            });
            awaitTotal(one, 20);
            awaitTotal(other, 20);
            Set<String> first = java.util.stream.IntStream.range(0, 20)
                    .mapToObj(i -> {
                        DeskEvent claim = cluster.event("m" + i, DeskEventType.CLAIMED, i % 2 == 0 ? "anna" : "ben");
                        cluster.event("m" + i, DeskEventType.CLAIMED, i % 2 == 0 ? "ben" : "anna");
                        return claim.getId();
                    })
                    .collect(Collectors.toSet());

            await().atMost(LIMIT).until(() -> told.size() == 40);
            assertThat(told.entrySet().stream().filter(Map.Entry::getValue).map(Map.Entry::getKey))
                    .containsExactlyInAnyOrderElementsOf(first);
            for (var console : List.of(one, other)) {
                await().atMost(LIMIT).untilAsserted(() -> {
                    for (int i = 0; i < 20; i++) {
                        RecordDetail detail = console.find("mail", "m" + i).orElseThrow();
                        assertThat(detail.summary().desk().holder()).contains(i % 2 == 0 ? "anna" : "ben");
                        assertThat(detail.history())
                                .extracting(RecordDetail.Event::counted)
                                .containsExactly(true, false);
                    }
                });
            }
        }
    }

    @Test
    void shouldKnowWhatPeopleDidBeforeTheRecordCame() {
        cluster.event("m3", DeskEventType.CLAIMED, "anna");
        try (var index = cluster.open(folder.resolve("index"))) {
            await().until(() -> index.health().equals(new Change.Health(true, 0)));
            assertThat(index.find("mail", "m3")).isEmpty();
            assertThat(index.search(Asked.mails().query()).total()).isZero();

            cluster.mails(3, 1);
            awaitTotal(index, 1);
            assertThat(index.find("mail", "m3").orElseThrow().summary().desk().holder())
                    .contains("anna");
        }
    }

    @Test
    void shouldAnswerAnEventThatIsSentAgain() {
        cluster.mails(0, 1);
        var told = new java.util.concurrent.CopyOnWriteArrayList<Change.Desk>();
        try (var index = cluster.open(folder.resolve("index"))) {
            index.listen(change -> {
                if (change instanceof Change.Desk desk) {
                    told.add(desk);
                }
            });
            DeskEvent claim = cluster.event("m0", DeskEventType.CLAIMED, "anna");
            await().until(() -> told.size() == 1);
            cluster.write(claim);
            await().until(() -> told.size() == 2);
            assertThat(told).allSatisfy(desk -> {
                assertThat(desk.counted()).isTrue();
                assertThat(desk.desk().events()).isEqualTo(1);
            });
        }
    }

    @Test
    void shouldShowAMailWithoutTextWhenItsTopicHasItNoMore() {
        EmailMessage mail = EmailMessage.newBuilder()
                .setId("gone")
                .setThread("t")
                .setSource("file:/gone")
                .setReceivedAt(MailCluster.NOON)
                .setSubject("Gone")
                .build();
        List.of(
                        new Position(cluster.topics.mailReceived().name(), 0, 1_000_000L),
                        new Position(cluster.topics.mailReceived().name(), 99, 0L),
                        new Position("no.such.topic", 0, 0L),
                        new Position(cluster.topics.mailReceived().name(), -1, -1L))
                .forEach(position -> cluster.score(
                        MailCluster.score(mail, position),
                        score -> score.setId("gone-" + position.getTopic() + position.getPartition())));
        try (var index = cluster.open(folder.resolve("index"))) {
            awaitTotal(index, 4);
            RecordPage page = index.search(Asked.mails().text("gone").query());
            assertThat(page.items()).hasSize(4).allSatisfy(each -> assertThat(
                            index.find("mail", each.id()).orElseThrow().source())
                    .isEmpty());
        }
    }

    private static void awaitTotal(ConsoleIndex index, long total) {
        await().atMost(LIMIT).until(() -> index.search(Asked.mails().query()).total() == total);
    }
}
