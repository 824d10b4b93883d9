package dev.vorrang.console.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.vorrang.console.Console;
import dev.vorrang.console.access.AccessSettings;
import dev.vorrang.console.access.Role;
import dev.vorrang.console.access.SessionLimits;
import dev.vorrang.console.access.UserFile;
import dev.vorrang.console.history.HistorySettings;
import dev.vorrang.console.index.MailCluster;
import dev.vorrang.console.mail.MailConsole;
import dev.vorrang.console.web.ConsoleSettings;
import dev.vorrang.schemas.DeskEvent;
import dev.vorrang.schemas.DeskEventType;
import dev.vorrang.schemas.DeskState;
import dev.vorrang.schemas.DeskStatus;
import dev.vorrang.schemas.Priority;
import dev.vorrang.schemas.desk.DeskEvents;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/**
 * A day in a support centre: a flood, three agents at once, an emergency; console and broker go away in between. Every claim, correction
 * and done that was answered as counted is in the topic, and nothing else is. {@code -Dvorrang.day=500} makes the day longer.
 */
@ExtendWith(Chromium.Resolver.class)
class SupportDayTest {

    private static final int MAILS = Integer.getInteger("vorrang.day", 90);
    private static final int FLOOD = 40;
    private static final List<Integer> SIGNATURE =
            IntStream.range(0, 64).boxed().toList();
    private static final List<String> AGENTS = List.of("anna", "boris", "clara");
    private static final String PASSWORD = "seven blue herons wade";

    @TempDir
    Path folder;

    private MailCluster cluster;
    private Console console;

    private Console start(int port) throws IOException {
        var access = new AccessSettings(Optional.of(folder.resolve("users")), Optional.empty(), SessionLimits.STANDARD);
        return Console.start(new Console.Setup(
                ConsoleSettings.onLoopback(port, access),
                folder.resolve("console"),
                HistorySettings.DEFAULT_RETENTION,
                cluster.client(),
                cluster.topics,
                cluster.serdes,
                List.of(new Console.Shown(new MailConsole(cluster.topics), MailConsole.operated(cluster.topics))),
                List.of(),
                Optional.empty()));
    }

    private void mail(String id, String subject, Priority priority, List<Integer> signature) {
        cluster.mail(id, subject, "Hello, " + subject + ".", score -> score.setPriority(priority)
                .setPriorityScore(0.2f + 0.2f * priority.ordinal())
                .setSignature(signature));
    }

    @Test
    void shouldLoseNothingOfADay(Chromium browser) throws Exception {
        var users = new UserFile(folder.resolve("users"));
        for (String agent : AGENTS) {
            users.add(agent, Role.AGENT, PASSWORD);
        }
        cluster = new MailCluster(folder.resolve("kafka"));
        try {
            cluster.createTopics(cluster.topics.consoleAudit());
            console = start(0);
            browser.resize(1440, 900);
            browser.media("screen", Map.of());
            browser.open(console.loginLink());
            // New mails are not inserted below the pointer.
            browser.pointAway();
            finishFlood(browser);
            workThroughTheDay(browser);
        } finally {
            if (console != null) {
                console.close();
            }
            cluster.close();
        }
    }

    private void finishFlood(Chromium browser) {
        for (int i = 0; i < FLOOD; i++) {
            mail("flood-" + i, "the portal shows error 503", Priority.HIGH, SIGNATURE);
        }
        browser.find(".fold", FLOOD + " similar mails");
        browser.click(".fold button", "Done with all");
        browser.find(".dialog", "Done with " + FLOOD);
        browser.press(Keys.ENTER);
        browser.find(".toast", FLOOD + " mails done");
    }

    private void workThroughTheDay(Chromium browser) throws Exception {
        for (int i = 0; i < MAILS; i++) {
            mail("mail-" + i, "question number " + i, Priority.values()[i % 3], List.of());
        }
        await().atMost(Duration.ofMinutes(1)).until(() -> console.health().behind() == 0);
        var answered = Collections.synchronizedList(new ArrayList<DeskEventType>());
        var agents = AGENTS.stream()
                .map(name -> new SupportAgent(console.url(), name, PASSWORD, answered))
                .toList();
        var pool = Executors.newFixedThreadPool(AGENTS.size());
        try {
            List<Future<?>> work = new ArrayList<>();
            agents.forEach(agent -> work.add(pool.submit(agent)));
            awaitDone(answered, MAILS / 3);
            int port = console.url().getPort();
            console.close();
            console = start(port);
            browser.open(console.loginLink());
            browser.find(".line");
            browser.pointAway();
            mail("emergency", "the oxygen supply of ward 4 fails", Priority.URGENT, List.of());
            browser.find(".line.urgent, .new-bar .alarm");

            awaitDone(answered, 2 * MAILS / 3);
            cluster.stopBroker();
            browser.find(".banner", "The Kafka broker is away.");
            cluster.startBroker();
            for (Future<?> each : work) {
                each.get();
            }
        } finally {
            pool.shutdownNow();
        }
        browser.find(".empty", "No mail meets these filters.");
        compare(answered);
    }

    private static void awaitDone(List<DeskEventType> answered, int count) {
        await().atMost(Duration.ofMinutes(5)).until(() -> Collections.frequency(answered, DeskEventType.DONE) >= count);
    }

    /** What agents were told with what the topic says. */
    private void compare(List<DeskEventType> answered) {
        var seen = new HashSet<String>();
        var states = new HashMap<String, DeskState>();
        var counted = new ArrayList<DeskEventType>();
        for (DeskEvent event : events()) {
            if (seen.add(event.getId())) {
                DeskEvents.apply(states.get(event.getRecord()), event).ifPresent(after -> {
                    states.put(event.getRecord(), after);
                    if (!event.getRecord().startsWith("flood")) {
                        counted.add(event.getType());
                    }
                });
            }
        }
        assertThat(counted).containsExactlyInAnyOrderElementsOf(answered);
        assertThat(states).hasSize(FLOOD + MAILS + 1);
        assertThat(states.values()).extracting(DeskState::getStatus).containsOnly(DeskStatus.DONE);
        assertThat(Collections.frequency(counted, DeskEventType.CLAIMED)).isEqualTo(MAILS + 1);
    }

    private List<DeskEvent> events() {
        var settings = new HashMap<String, Object>(cluster.client());
        var events = new ArrayList<DeskEvent>();
        try (var consumer = new KafkaConsumer<>(
                settings,
                new StringDeserializer(),
                cluster.serdes.valueSerde(cluster.topics.deskEvents()).deserializer())) {
            List<TopicPartition> partitions = consumer
                    .partitionsFor(cluster.topics.deskEvents().name())
                    .stream()
                    .map(each -> new TopicPartition(each.topic(), each.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(each -> consumer.position(each) < ends.get(each))) {
                consumer.poll(Duration.ofMillis(200)).forEach(each -> events.add(each.value()));
            }
        }
        return events;
    }
}
