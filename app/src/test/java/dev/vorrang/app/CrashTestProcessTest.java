package dev.vorrang.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code vorrang crashtest} as a whole, in short; longer with {@code -Dvorrang.crash.records=100000 -Dvorrang.crash.kills=10}. */
class CrashTestProcessTest {

    private static final Duration LIMIT = Duration.ofMinutes(30);
    private static final String RECORDS = System.getProperty("vorrang.crash.records", "6000");
    private static final String KILLS = System.getProperty("vorrang.crash.kills", "1");
    private static final String SEED = System.getProperty("vorrang.crash.seed", "3");

    @TempDir
    Path folder;

    @Test
    void shouldLoseAndDoubleNothingWhateverIsKilled() throws Exception {
        var result =
                run(0, "--stream", "machine", "--records", RECORDS, "--kills", KILLS, "--faults", "KILL,BROKER,FAIL");

        assertThat(result.get("lost").asInt()).isZero();
        assertThat(result.get("duplicated").asInt()).isZero();
        assertThat(result.get("disordered").asInt()).isZero();
        assertThat(result.get("deadLettered").asInt())
                .isEqualTo(result.get("poison").asInt())
                .isPositive();
        assertThat(result.get("hangingTransactions").asInt()).isZero();
        assertThat(result.get("compared").asInt()).isPositive();
        assertThat(result.get("different").asInt()).isZero();
        assertThat(result.get("faults").get("kill").asText()).isEqualTo(KILLS);
    }

    /**
     * The control: without what scores held records before a commit, the same test finds losses. So many records that batches
     * become full: with such a linger no other is scored.
     */
    @Test
    void wouldFindLosses() throws Exception {
        var result = run(
                0,
                "--control",
                "--records",
                "6000",
                "--instances",
                "1",
                "--kills",
                "1",
                "--faults",
                "KILL",
                "--linger",
                "500");

        assertThat(result.get("lost").asInt()).isPositive();
    }

    @Test
    void shouldLeaveNothingBehindWhenItIsStopped() throws Exception {
        var temporary = Files.createDirectory(folder.resolve("tmp"));
        try (var test = VorrangProcess.start(temporary, "crashtest")) {
            // Broker and two instances.
            await().atMost(LIMIT).until(() -> test.children().size() == 3 || !test.runs());
            var children = test.children();
            test.signal("TERM");

            assertThat(test.exitCode(LIMIT)).isEqualTo(143);
            assertThat(children).hasSize(3).noneMatch(ProcessHandle::isAlive);
            assertThat(temporary).isEmptyDirectory();
        }
    }

    private JsonNode run(int exitCode, String... options) throws Exception {
        var temporary = Files.createDirectory(folder.resolve("tmp"));
        var arguments = new ArrayList<>(List.of("crashtest", "--json", "--seed", SEED));
        arguments.addAll(List.of(options));
        try (var test = VorrangProcess.start(temporary, arguments.toArray(String[]::new))) {
            int ended = test.exitCode(LIMIT);
            System.out.println(test.err());
            assertThat(ended).as(test.err()).isEqualTo(exitCode);
            assertThat(temporary).as("what it leaves behind").isEmptyDirectory();
            return new ObjectMapper().readTree(test.out().get(0));
        }
    }
}
