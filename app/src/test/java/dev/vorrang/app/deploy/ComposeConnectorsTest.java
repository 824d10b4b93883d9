package dev.vorrang.app.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import dev.vorrang.connectors.avro.AvroConverter;
import dev.vorrang.connectors.imap.ImapSourceConnector;
import dev.vorrang.connectors.mqtt.MqttSourceConnector;
import dev.vorrang.schemas.Topics;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.common.config.provider.EnvVarConfigProvider;
import org.apache.kafka.connect.runtime.SourceConnectorConfig;
import org.apache.kafka.connect.source.SourceConnector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The connectors of the Compose file are ones that the worker accepts, and reach it. */
class ComposeConnectorsTest {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{env:(\\w+)}");

    private final ComposeFile compose = ComposeFile.read();

    /** A connector of the Compose file: its name, what it is, its topic and the setting that names its password's file. */
    record Written(String name, SourceConnector connector, String topic, String passwordFile) {

        Map<String, String> settings() throws IOException {
            var text = new HashMap<String, String>();
            new ObjectMapper()
                    .readTree(ComposeFile.text("docker/connect/" + name + ".json"))
                    .properties()
                    .forEach(entry -> text.put(entry.getKey(), entry.getValue().asText()));
            return text;
        }
    }

    static List<Written> connectors() {
        var topics = new Topics("");
        return List.of(
                new Written(
                        "mailbox",
                        new ImapSourceConnector(),
                        topics.mailReceived().name(),
                        "imap.password.file"),
                new Written(
                        "machines",
                        new MqttSourceConnector(),
                        topics.machineReadings().name(),
                        "mqtt.password.file"));
    }

    @ParameterizedTest
    @MethodSource("connectors")
    void shouldHandTheWorkerAConnectorThatItAccepts(Written written) throws IOException {
        var given = compose.environment("connect");
        var resolved = new HashMap<String, String>();
        written.settings()
                .forEach((key, value) ->
                        resolved.put(key, PLACEHOLDER.matcher(value).replaceAll(match -> given.get(match.group(1)))));

        var problems = written.connector().validate(new HashMap<>(resolved)).configValues().stream()
                .filter(value -> !value.errorMessages().isEmpty())
                // The secret is a file in the container.
                .filter(value -> !value.name().equals(written.passwordFile()))
                .map(value -> value.name() + ": " + value.errorMessages());
        assertThat(problems).isEmpty();

        var known = Stream.concat(
                        written.connector().config().names().stream(),
                        SourceConnectorConfig.configDef().names().stream())
                .toList();
        var converter = Stream.concat(
                        Stream.of("value.converter"),
                        new AvroConverter().config().names().stream().map("value.converter."::concat))
                .toList();
        assertThat(resolved.keySet())
                .allMatch(key -> known.contains(key) || converter.contains(key), "a setting of connector or converter");
        var secret = resolved.get(written.passwordFile()).replace("/run/secrets/", "");
        assertThat(resolved)
                .containsEntry("connector.class", written.connector().getClass().getName())
                .containsEntry("value.converter", AvroConverter.class.getName())
                .containsEntry(
                        "value.converter.schema.registry.url",
                        compose.registry().toString())
                .containsEntry("topic", written.topic());
        assertThat(ComposeFile.texts(compose.service("connect").path("secrets")))
                .contains(secret);
    }

    @Test
    void shouldLetConnectorsSeeOnlyTheVariablesTheyNeed() throws IOException {
        var pattern =
                ComposeFile.worker().get("config.providers.env.param." + EnvVarConfigProvider.ALLOWLIST_PATTERN_CONFIG);
        for (var connector : connectors()) {
            var used = connector.settings().values().stream()
                    .flatMap(value -> PLACEHOLDER.matcher(value).results().map(match -> match.group(1)));
            assertThat(used).isNotEmpty().allMatch(name -> name.matches(pattern));
        }
        assertThat(ComposeFile.text(".env.example")
                        .lines()
                        .filter(line -> !line.startsWith("#"))
                        .map(line -> line.split("=")[0]))
                .allMatch(name -> Stream.of("connect", "connector").anyMatch(service -> compose.service(service)
                        .at("/environment/" + name)
                        .isTextual()));
    }

    @Test
    void shouldStartServersToTryItOnlyWithTheirProfile() {
        for (var server : List.of("mailbox", "mqtt")) {
            assertThat(ComposeFile.texts(compose.service(server).path("profiles")))
                    .containsExactly("try");
        }
        assertThat(compose.environment("connect"))
                .containsEntry("IMAP_HOST", "mailbox")
                .containsEntry("MQTT_HOST", "mqtt");
        compose.services().forEach((name, service) -> assertThat(
                        service.path("depends_on").properties())
                .as("what %s waits for is started without the profile, too", name)
                .noneMatch(dependency -> compose.service(dependency.getKey()).has("profiles")));
    }

    /** The program that the container runs, with curl, against a worker that rebalances at first. */
    @Test
    void shouldHandConnectorsOverAgainWhileTheWorkerRebalances(@TempDir Path folder) throws Exception {
        assumeTrue(
                "1".equals(System.getenv("VORRANG_REQUIRE_CURL"))
                        || Stream.of(System.getenv("PATH").split(File.pathSeparator))
                                .anyMatch(entry -> Files.isExecutable(Path.of(entry, "curl"))),
                "curl is not on this machine (Debian package curl)");
        var tries = new ConcurrentHashMap<String, Integer>();
        var taken = new ConcurrentHashMap<String, String>();
        var worker = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        worker.createContext("/", exchange -> {
            var path = exchange.getRequestURI().getPath();
            var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            boolean rebalancing = tries.merge(path, 1, Integer::sum) < 3;
            if (!rebalancing && exchange.getRequestMethod().equals("PUT")) {
                taken.put(path, body);
            }
            exchange.sendResponseHeaders(rebalancing ? 409 : 201, -1);
            exchange.close();
        });
        worker.start();
        try {
            var script = mounted("connector", "/etc/vorrang/put-connectors");
            var process = new ProcessBuilder("sh", script.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("output").toFile());
            process.environment()
                    .put(
                            "CONNECT_URL",
                            "http://127.0.0.1:" + worker.getAddress().getPort());
            process.environment()
                    .put("CONNECTORS", compose.environment("connector").get("CONNECTORS"));
            process.environment().put("RETRY_DELAY", "0");

            var running = process.start();
            assertThat(running.waitFor(2, TimeUnit.MINUTES)).isTrue();

            assertThat(running.exitValue()).isZero();
            for (var connector : connectors()) {
                var text = ComposeFile.text("docker/connect/" + connector.name() + ".json");
                assertThat(taken).hasEntrySatisfying("/connectors/" + connector.name() + "/config", body -> assertThat(
                                json(body))
                        .isEqualTo(json(text)));
                assertThat(mounted("connector", "/etc/vorrang/" + connector.name() + ".json"))
                        .exists();
            }
        } finally {
            worker.stop(0);
        }
    }

    private static Object json(String text) {
        try {
            return new ObjectMapper().readTree(text);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** What is mounted there, on this machine. */
    private Path mounted(String service, String target) {
        return ComposeFile.texts(compose.service(service).path("volumes"))
                .map(volume -> volume.split(":"))
                .filter(volume -> volume[1].equals(target))
                .map(volume -> ComposeFile.ROOT.resolve(volume[0]))
                .findFirst()
                .orElseThrow();
    }
}
