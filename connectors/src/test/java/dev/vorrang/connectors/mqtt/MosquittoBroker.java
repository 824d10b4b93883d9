package dev.vorrang.connectors.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A Mosquitto of the test's own: its process, folder and port. Without Mosquitto on the machine tests are skipped, unless
 * VORRANG_REQUIRE_MOSQUITTO=1 says that it must be there.
 */
public final class MosquittoBroker implements Broker {

    private final Path folder;
    private final Path config;
    private final int port = freePort();
    private Process process;

    private MosquittoBroker(Path folder, String access) throws IOException {
        this.folder = Files.createDirectories(folder.resolve("mosquitto"));
        this.config = this.folder.resolve("mosquitto.conf");
        Files.writeString(config, """
                listener %d 127.0.0.1
                persistence true
                persistence_location %s/
                autosave_interval 1
                autosave_on_changes true
                max_queued_messages 0
                sys_interval 1
                user %s
                %s
                """.formatted(port, this.folder, System.getProperty("user.name"), access));
        start();
    }

    /** A broker that lets everyone in. */
    public static MosquittoBroker open(Path folder) throws IOException {
        return start(folder, "allow_anonymous true");
    }

    /** @param access lines of its settings on who is let in */
    public static MosquittoBroker start(Path folder, String access) throws IOException {
        if (executable("mosquitto").isEmpty()) {
            var missing = "Mosquitto is not on this machine (Debian package mosquitto)";
            assertThat(System.getenv("VORRANG_REQUIRE_MOSQUITTO")).as(missing).isNotEqualTo("1");
            abort(missing);
        }
        return new MosquittoBroker(folder, access);
    }

    /** A file with one user, as Mosquitto wants it. */
    public static Path passwords(Path folder, String user, String password) throws IOException, InterruptedException {
        Path file = folder.resolve("passwords");
        var program = executable("mosquitto_passwd");
        if (program.isPresent()) {
            new ProcessBuilder(program.get().toString(), "-b", "-c", file.toString(), user, password)
                    .start()
                    .waitFor();
        }
        return file;
    }

    private static Optional<Path> executable(String name) {
        return Stream.of("/usr/sbin", "/usr/bin", "/usr/local/sbin", "/opt/homebrew/sbin")
                .map(place -> Path.of(place, name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private void start() throws IOException {
        process = new ProcessBuilder(executable("mosquitto").orElseThrow().toString(), "-c", config.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("out.log").toFile())
                .start();
        await("Mosquitto on port " + port + ", log " + folder.resolve("out.log"))
                .atMost(Duration.ofMinutes(2))
                .until(this::isUp);
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

    @Override
    public int port() {
        return port;
    }

    @Override
    public void restart() throws IOException {
        close();
        start();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
