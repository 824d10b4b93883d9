package dev.vorrang.console.desk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.vorrang.console.access.AuditLog;
import dev.vorrang.console.access.AuditLog.Deed;
import dev.vorrang.console.access.AuditLog.Outcome;
import dev.vorrang.console.desk.TopicRecords.Written;
import dev.vorrang.console.index.MailCluster;
import dev.vorrang.schemas.ConsoleAudit;
import dev.vorrang.schemas.ConsoleDeed;
import dev.vorrang.schemas.ConsoleOutcome;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The audit trail reaches its topic, also what was done while the broker was away. */
class KafkaAuditTest {

    private static final Instant NOON = Instant.parse("2026-01-05T12:00:00Z");

    @TempDir
    Path folder;

    @Test
    void shouldWriteAllBeforeItIsClosed() {
        try (var cluster = new MailCluster(folder);
                var sender = RecordSender.open(cluster.client(), cluster.serdes)) {
            cluster.createTopics(cluster.topics.consoleAudit());
            try (var audit = KafkaAudit.start(sender, cluster.topics.consoleAudit())) {
                audit.add(entry("anna", Deed.LOGIN, "FILE", Outcome.DONE));
                audit.add(entry("anna", Deed.MACHINE_ACCEPTED, "press-5", Outcome.REFUSED));
            }

            assertThat(TopicRecords.of(cluster, cluster.topics.consoleAudit()))
                    .containsExactly(
                            written(ConsoleDeed.LOGIN, "FILE", ConsoleOutcome.DONE),
                            written(ConsoleDeed.MACHINE_ACCEPTED, "press-5", ConsoleOutcome.REFUSED));
        }
    }

    @Test
    void shouldWriteWhatWasDoneWhileTheBrokerWasAway() {
        try (var cluster = new MailCluster(folder);
                var sender = RecordSender.open(cluster.client(), cluster.serdes)) {
            cluster.createTopics(cluster.topics.consoleAudit());
            try (var audit = KafkaAudit.start(sender, cluster.topics.consoleAudit())) {
                cluster.stopBroker();
                audit.add(entry("anna", Deed.TOKEN_REVOKED, "t1", Outcome.DONE));
                cluster.startBroker();

                await().atMost(Duration.ofMinutes(1))
                        .untilAsserted(() -> assertThat(TopicRecords.of(cluster, cluster.topics.consoleAudit()))
                                .contains(written(ConsoleDeed.TOKEN_REVOKED, "t1", ConsoleOutcome.DONE)));
            }
        }
    }

    private static AuditLog.Entry entry(String who, Deed what, String object, Outcome outcome) {
        return new AuditLog.Entry(who, what, object, "127.0.0.1", NOON.plusNanos(1_500), outcome);
    }

    private static Written<ConsoleAudit> written(ConsoleDeed what, String object, ConsoleOutcome outcome) {
        return new Written<>(
                "anna",
                Optional.of(ConsoleAudit.newBuilder()
                        .setWho("anna")
                        .setWhat(what)
                        .setObject(object)
                        .setAddress("127.0.0.1")
                        .setAt(NOON)
                        .setOutcome(outcome)
                        .build()));
    }
}
