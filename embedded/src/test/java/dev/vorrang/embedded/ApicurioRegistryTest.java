package dev.vorrang.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.vorrang.schemas.registry.ConfluentSchemaRegistry;
import dev.vorrang.schemas.registry.RegistryUnavailableException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A registry that others made and that speaks Confluent's API, in a process of its own; the build unpacks it. */
class ApicurioRegistryTest extends HttpRegistryContract {

    private static final Path FOLDER = Path.of("target", "apicurio");
    private static final Duration START_LIMIT = Duration.ofMinutes(5);

    @TempDir
    static Path logs;

    private static int port;
    private static Process process;

    @BeforeAll
    static void start() throws IOException {
        try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        launch();
    }

    @AfterAll
    static void stop() throws InterruptedException {
        kill();
    }

    @Override
    String url() {
        return address();
    }

    private static String address() {
        return "http://127.0.0.1:" + port + "/apis/ccompat/v7";
    }

    private static void launch() throws IOException {
        Path runner;
        try (Stream<Path> files = Files.list(FOLDER)) {
            runner = files.filter(file -> file.toString().endsWith("-runner.jar"))
                    .findFirst()
                    .orElseThrow();
        }
        Path log = logs.resolve("apicurio.log");
        process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:TieredStopAtLevel=1",
                        // It leaves a cache behind.
                        "-Djava.io.tmpdir=" + logs,
                        "-Dquarkus.http.host=127.0.0.1",
                        "-Dquarkus.http.port=" + port,
                        "-jar",
                        runner.toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        await("Apicurio is up").atMost(START_LIMIT).until(ApicurioRegistryTest::answers);
    }

    private static boolean answers() throws IOException {
        assertThat(process.isAlive())
                .withFailMessage(() -> "Apicurio ended with status " + process.exitValue())
                .isTrue();
        try (var registry = ConfluentSchemaRegistry.connect(Map.of("schema.registry.url", address()))) {
            registry.subjects();
            return true;
        } catch (RegistryUnavailableException e) {
            return false;
        }
    }

    private static void kill() throws InterruptedException {
        process.destroyForcibly();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void shouldBeMissedAndFoundAgain() throws Exception {
        Schema early = record("Early", "x");
        Schema later = record("Later", "x");
        try (var registry = connect()) {
            int id = registry.idOf(subject, early);
            registry.schemaOf(id);
            kill();
            try {
                assertThat(registry.schemaOf(id)).isEqualTo(early);
                assertThat(registry.idOf(subject, early)).isEqualTo(id);
                assertThatThrownBy(() -> registry.idOf(subject + "2", later))
                        .isInstanceOf(RegistryUnavailableException.class)
                        .hasMessageContaining(address());
            } finally {
                launch();
            }
            assertThat(registry.idOf(subject + "2", later)).isPositive();
        }
    }
}
