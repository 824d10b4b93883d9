package dev.vorrang.console.desk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vorrang.console.desk.TopicRecords.Written;
import dev.vorrang.console.index.MailCluster;
import dev.vorrang.schemas.Acceptance;
import dev.vorrang.schemas.Maintenance;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Marks of machines reach the topics that scoring reads. */
class KafkaMarksTest {

    private static final Instant NOON = Instant.parse("2026-01-05T12:00:00Z");

    @TempDir
    Path folder;

    @Test
    void shouldWriteMarksOfMachines() {
        try (var cluster = new MailCluster(folder);
                var sender = RecordSender.open(cluster.client(), cluster.serdes)) {
            var topics = cluster.topics;
            cluster.createTopics(topics.machineAccepted(), topics.machineMaintenance());
            var marks = new KafkaMarks(sender, topics, Clock.fixed(NOON.plusNanos(1_500), ZoneOffset.UTC));

            marks.accept("press-5", Optional.of("alert-1"), "anna", "new tool");
            marks.accept("press-5", Optional.empty(), "anna", "");
            assertThat(TopicRecords.of(cluster, topics.machineAccepted()))
                    .containsExactly(
                            new Written<>(
                                    "press-5",
                                    Optional.of(new Acceptance("press-5", "alert-1", "anna", "new tool", NOON))),
                            new Written<>("press-5", Optional.of(new Acceptance("press-5", null, "anna", "", NOON))));

            Instant end = NOON.plus(Duration.ofHours(2));
            marks.maintain("press-5", NOON, Optional.of(end), "oil change");
            marks.endMaintenance("press-5");
            assertThat(TopicRecords.of(cluster, topics.machineMaintenance()))
                    .containsExactly(
                            new Written<>("press-5", Optional.of(new Maintenance("press-5", NOON, end, "oil change"))),
                            new Written<>("press-5", Optional.empty()));
        }
    }

    @Test
    void shouldSayThatAMarkIsNotWrittenWhileTheBrokerIsAway() {
        try (var cluster = new MailCluster(folder);
                var sender = RecordSender.open(cluster.client(), cluster.serdes)) {
            cluster.createTopics(cluster.topics.machineMaintenance());
            cluster.stopBroker();
            var marks = new KafkaMarks(sender, cluster.topics, Clock.systemUTC());

            assertThatThrownBy(() -> marks.endMaintenance("press-5")).isInstanceOf(NotWrittenException.class);
        }
    }
}
