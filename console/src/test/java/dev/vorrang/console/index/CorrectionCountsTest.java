package dev.vorrang.console.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.vorrang.console.mail.MailConsole;
import dev.vorrang.console.operations.Operations;
import dev.vorrang.console.operations.OperationsSettings;
import dev.vorrang.schemas.DeskEvent;
import dev.vorrang.schemas.DeskEventType;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Operations show what people corrected, as the index has it. */
class CorrectionCountsTest {

    @TempDir
    private Path folder;

    @Test
    void shouldCountCorrections() {
        try (var cluster = new MailCluster(folder.resolve("kafka"));
                var index = cluster.open(folder.resolve("index"));
                var operations = Operations.open(settings(cluster), index, Clock.systemUTC())) {
            cluster.mails(0, 4);
            DeskEvent first = cluster.event("m0", DeskEventType.CORRECTED, "anna", Map.of("topic", "billing"));
            cluster.event("m0", DeskEventType.CORRECTED, "anna", Map.of("topic", "refunds", "priority", "HIGH"));
            cluster.write(first);
            cluster.event("m1", DeskEventType.CORRECTED, "ben", Map.of("topic", "refunds"));
            cluster.event("m2", DeskEventType.CLAIMED, "ben");

            await().untilAsserted(() -> assertThat(
                            operations.operations().streams().get(0).corrections())
                    .isEqualTo(Map.of("topic", Map.of("refunds", 2L), "priority", Map.of("HIGH", 1L))));
        }
    }

    private static OperationsSettings settings(MailCluster cluster) {
        return new OperationsSettings(
                cluster.client(),
                cluster.topics,
                cluster.serdes,
                List.of(MailConsole.operated(cluster.topics)),
                Optional.empty());
    }
}
