package dev.vorrang.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A broker whose process gets no processor for seconds, as on a busy machine or while it collects garbage. */
class EmbeddedKafkaPauseTest {

    private static final TopicPartition PARTITION = new TopicPartition("paused", 0);
    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final int PAUSE_S = 6;

    @TempDir
    private Path folder;

    @Test
    void shouldKeepItsPartitionsOverAPause() throws Exception {
        Process process = ChildBroker.start(Broker.class, folder);
        try {
            var out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
            String servers = out.readLine();
            try (var admin = Admin.create(Map.<String, Object>of("bootstrap.servers", servers))) {
                assertThat(leaderEpoch(admin)).isZero();

                signal(process, "STOP");
                assertThat(process.waitFor(PAUSE_S, TimeUnit.SECONDS)).isFalse();
                signal(process, "CONT");

                // Each loss of the leader, and each return, counts one up.
                await().atMost(LIMIT).during(Duration.ofSeconds(2)).untilAsserted(() -> assertThat(leaderEpoch(admin))
                        .isZero());
            }
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    private static int leaderEpoch(Admin admin) throws Exception {
        return admin.listOffsets(Map.of(PARTITION, OffsetSpec.latest()))
                .partitionResult(PARTITION)
                .get(LIMIT.toSeconds(), TimeUnit.SECONDS)
                .leaderEpoch()
                .orElseThrow();
    }

    private static void signal(Process process, String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .start()
                .waitFor();
    }

    /** Tells its address when the topic is there. */
    static final class Broker {

        private Broker() {}

        public static void main(String[] args) throws Exception {
            var out = System.out;
            System.setOut(System.err);
            var kafka = ChildBroker.withTopic(Path.of(args[0]), PARTITION.topic(), 1);
            out.println(kafka.bootstrapServers());
        }
    }
}
