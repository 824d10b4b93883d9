package dev.vorrang.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A Mosquitto of the test's own, to be killed. Without Mosquitto on the machine tests are skipped, unless
 * VORRANG_REQUIRE_MOSQUITTO=1 says that it must be there.
 */
final class MosquittoProcess implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofMinutes(2);

    private final Path folder;
    private final Path program;
    private final int port;
    private Process process;

    private MosquittoProcess(Path folder, Path program, int port) {
        this.folder = folder;
        this.program = program;
        this.port = port;
    }

    static MosquittoProcess start(Path folder, int port) throws IOException {
        Optional<Path> program = Stream.of("/usr/sbin", "/usr/bin", "/usr/local/sbin", "/opt/homebrew/sbin")
                .map(place -> Path.of(place, "mosquitto"))
                .filter(Files::isExecutable)
                .findFirst();
        if (program.isEmpty()) {
            var missing = "Mosquitto is not on this machine (Debian package mosquitto)";
            assertThat(System.getenv("VORRANG_REQUIRE_MOSQUITTO")).as(missing).isNotEqualTo("1");
            abort(missing);
        }
        Files.createDirectories(folder);
        Files.writeString(
                folder.resolve("mosquitto.conf"), """
                listener %d 127.0.0.1
                allow_anonymous true
                persistence true
                persistence_location %s/
                autosave_interval 3600
                max_queued_messages 0
                user %s
                """.formatted(port, folder, System.getProperty("user.name")));
        var mosquitto = new MosquittoProcess(folder, program.orElseThrow(), port);
        mosquitto.launch();
        return mosquitto;
    }

    private void launch() throws IOException {
        process = new ProcessBuilder(
                        program.toString(),
                        "-c",
                        folder.resolve("mosquitto.conf").toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        await("Mosquitto on port " + port).atMost(LIMIT).until(this::isUp);
    }

    private boolean isUp() {
        assertThat(process.isAlive()).as("Mosquitto runs").isTrue();
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 200);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Lets it write its database, kills it and starts it again: what is acknowledged in between is sent again. */
    void killAfter(Runnable afterSave) throws IOException, InterruptedException {
        Path database = folder.resolve("mosquitto.db");
        Files.deleteIfExists(database);
        new ProcessBuilder("kill", "-USR1", Long.toString(process.pid()))
                .start()
                .waitFor();
        // It is renamed to this name once it is whole.
        await("Mosquitto's database").atMost(LIMIT).until(() -> Files.exists(database));
        afterSave.run();
        process.destroyForcibly().waitFor();
        launch();
    }

    int port() {
        return port;
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
