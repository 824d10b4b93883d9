package dev.vorrang.connectors.imap;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.zip.ZipFile;
import org.apache.kafka.connect.cli.ConnectDistributed;

/** A Connect worker as a process of its own, with Kafka alone on its class path and the plugins in a folder. */
public final class ConnectProcess implements AutoCloseable {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final ObjectMapper JSON = new ObjectMapper();
    /** Libraries that the plugin brings, and others of the tests: Kafka has none of them. */
    private static final List<String> OF_THE_PLUGIN = List.of(
            "/avro/",
            "/eclipse/angus/",
            "/jakarta/mail/",
            "/icegreen/",
            "/samskivert/",
            "/failsafe/",
            "/hivemq/",
            "/io/netty/",
            "/io/reactivex/",
            "/artemis/");

    private final Process process;
    private final URI rest;
    private final Path log;

    private ConnectProcess(Process process, URI rest, Path log) {
        this.process = process;
        this.rest = rest;
        this.log = log;
    }

    public static ConnectProcess start(Path folder, Path plugins, String bootstrapServers) throws IOException {
        int port = freePort();
        var properties = """
                bootstrap.servers=%s
                group.id=connect
                plugin.path=%s
                plugin.discovery=service_load
                listeners=http://127.0.0.1:%d
                key.converter=org.apache.kafka.connect.storage.StringConverter
                value.converter=org.apache.kafka.connect.json.JsonConverter
                config.storage.topic=connect-configs
                offset.storage.topic=connect-offsets
                status.storage.topic=connect-status
                config.storage.replication.factor=1
                offset.storage.replication.factor=1
                offset.storage.partitions=1
                status.storage.replication.factor=1
                status.storage.partitions=1
                offset.flush.interval.ms=300
                session.timeout.ms=6000
                heartbeat.interval.ms=1000
                scheduled.rebalance.max.delay.ms=0
                """.formatted(bootstrapServers, plugins, port);
        var config = Files.writeString(folder.resolve("worker-" + port + ".properties"), properties);
        var log = folder.resolve("worker-" + port + ".log");
        var process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        classPathWithoutPlugin(),
                        ConnectDistributed.class.getName(),
                        config.toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        var worker = new ConnectProcess(process, URI.create("http://127.0.0.1:" + port), log);
        await("Connect worker, log " + log).atMost(Duration.ofMinutes(2)).until(worker::isUp);
        return worker;
    }

    private static String classPathWithoutPlugin() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.contains("vorrang")
                        && !entry.matches(".*/(connectors|ingest|schemas|registry-client|embedded)/target/.*")
                        && OF_THE_PLUGIN.stream().noneMatch(entry::contains))
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** Gives the worker a connector; done when it answers that it took it. */
    public void put(String name, Map<String, String> config) {
        await("connector " + name + " taken, log " + log)
                .atMost(Duration.ofMinutes(2))
                .until(() -> {
                    var body = JSON.writeValueAsString(config);
                    var request = HttpRequest.newBuilder(rest.resolve("/connectors/" + name + "/config"))
                            .header("Content-Type", "application/json")
                            .PUT(HttpRequest.BodyPublishers.ofString(body))
                            .build();
                    int status = HTTP.send(request, HttpResponse.BodyHandlers.ofString())
                            .statusCode();
                    return status == 200 || status == 201;
                });
    }

    public String get(String path) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(rest.resolve(path)).build();
        return HTTP.send(request, HttpResponse.BodyHandlers.ofString()).body();
    }

    /** Unpacks the plugin's archive, which the build names, and returns the folder for the worker's plugin.path. */
    public static Path plugins(Path folder) throws IOException {
        var target = folder.resolve("plugins");
        try (var zip = new ZipFile(System.getProperty("plugin.archive"))) {
            zip.stream().filter(entry -> !entry.isDirectory()).forEach(entry -> {
                try (var in = zip.getInputStream(entry)) {
                    var file = target.resolve(entry.getName());
                    Files.createDirectories(file.getParent());
                    Files.copy(in, file);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
        return target;
    }

    private boolean isUp() throws InterruptedException {
        try {
            return get("/connector-plugins").startsWith("[");
        } catch (IOException e) {
            return false;
        }
    }

    /** Kills it at once, as a machine that fails. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
