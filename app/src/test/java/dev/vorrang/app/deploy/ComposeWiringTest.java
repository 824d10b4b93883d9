package dev.vorrang.app.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.vorrang.app.settings.Placement;
import dev.vorrang.app.settings.Settings;
import dev.vorrang.connectors.avro.AvroConverter;
import dev.vorrang.connectors.imap.ImapSourceConnector;
import dev.vorrang.schemas.Topics;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.common.config.provider.EnvVarConfigProvider;
import org.apache.kafka.connect.runtime.SourceConnectorConfig;
import org.apache.kafka.connect.runtime.distributed.DistributedConfig;
import org.junit.jupiter.api.Test;

/** The containers' settings, ports and paths fit each other, and are what the programs in them take. */
class ComposeWiringTest {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{env:(\\w+)}");
    private static final Pattern COPY = Pattern.compile("(?m)^COPY (?:(--from=\\w+) )?(.+) (\\S+)$");

    private final ComposeFile compose = ComposeFile.read();

    @Test
    void shouldTellScoringWhereTheOthersAre() {
        for (var name : compose.scoring().keySet()) {
            var environment = new TreeMap<>(compose.environment(name));
            var settings = Settings.load(ComposeFile.ROOT.resolve("docker/scoring/vorrang.yaml"), environment);

            // One for each variable, so that none is misspelt.
            assertThat(environment).hasSize(7);
            assertThat(settings.ingest().mode()).isEqualTo(Placement.EXTERNAL);
            assertThat(settings.kafka().mode()).isEqualTo(Placement.EXTERNAL);
            assertThat(settings.kafka().bootstrapServers()).contains("kafka:" + listener("INTERNAL"));
            assertThat(settings.registry().mode()).isEqualTo(Placement.EXTERNAL);
            assertThat(settings.registry().url()).contains(registry());
            assertThat(settings.data()).isEqualTo(Path.of("/var/lib/vorrang"));
            assertThat(settings.metrics().address()).isEqualTo("0.0.0.0");
            assertThat(volumes(name)).containsEntry(name, "/var/lib/vorrang");
            assertThat(volumes(name)).containsEntry("./docker/scoring/vorrang.yaml", "/etc/vorrang/vorrang.yaml");
            assertThat(compose.service(name).at("/healthcheck/test/2").asInt())
                    .isEqualTo(settings.metrics().port());
        }
    }

    @Test
    void shouldRunScoringInTwoInstancesAndOneMoreOnAGpu() {
        var scoring = compose.scoring();
        assertThat(scoring.keySet()).containsExactly("scoring-1", "scoring-2", "scoring-gpu");
        assertThat(scoring.get("scoring-1").has("profiles")).isFalse();
        assertThat(scoring.get("scoring-2").has("profiles")).isFalse();
        var gpu = scoring.get("scoring-gpu");
        assertThat(ComposeFile.texts(gpu.path("profiles"))).containsExactly("gpu");
        assertThat(gpu.at("/deploy/resources/reservations/devices/0/capabilities/0")
                        .asText())
                .isEqualTo("gpu");
        assertThat(gpu.at("/build/args/MAVEN_OPTIONS").asText()).isEqualTo("-Pgpu");
        assertThat(ComposeFile.text("pom.xml")).contains("<id>gpu</id>");
    }

    @Test
    void shouldScrapeEveryScoringInstance() {
        var scrape = ComposeFile.yaml("docker/prometheus.yml").at("/scrape_configs/0");
        var targets = scrape.at("/dns_sd_configs/0");
        assertThat(ComposeFile.texts(targets.path("names")))
                .containsExactlyElementsOf(compose.scoring().keySet());
        assertThat(targets.path("port").asInt())
                .isEqualTo(Settings.of(Map.of("VORRANG_INGEST_MODE", "external"))
                        .metrics()
                        .port());
        assertThat(scrape.path("metrics_path").asText()).isEqualTo("/metrics");
    }

    @Test
    void shouldHandTheWorkerAConnectorThatItAccepts() throws IOException {
        var written = connector();
        var given = compose.environment("connect");
        var resolved = new HashMap<String, String>();
        written.forEach((key, value) -> resolved.put(key, resolve(value, given)));

        var connector = new ImapSourceConnector();
        var problems = connector.validate(new HashMap<>(resolved)).configValues().stream()
                .filter(value -> !value.errorMessages().isEmpty())
                // The secret is a file in the container.
                .filter(value -> !value.name().equals("imap.password.file"))
                .map(value -> value.name() + ": " + value.errorMessages());
        assertThat(problems).isEmpty();

        var known = Stream.concat(
                        connector.config().names().stream(), SourceConnectorConfig.configDef().names().stream())
                .toList();
        var converter = Stream.concat(
                        Stream.of("value.converter"),
                        new AvroConverter().config().names().stream().map("value.converter."::concat))
                .toList();
        assertThat(resolved.keySet())
                .allMatch(key -> known.contains(key) || converter.contains(key), "a setting of connector or converter");
        assertThat(resolved)
                .containsEntry("connector.class", ImapSourceConnector.class.getName())
                .containsEntry("value.converter", AvroConverter.class.getName())
                .containsEntry("value.converter.schema.registry.url", registry().toString())
                .containsEntry("topic", new Topics("").mailReceived().name())
                .containsEntry("imap.password.file", "/run/secrets/imap_password");
        assertThat(ComposeFile.texts(compose.service("connect").path("secrets")))
                .contains("imap_password");
    }

    @Test
    void shouldLetTheConnectorSeeOnlyTheVariablesItNeeds() throws IOException {
        var pattern = worker().get("config.providers.env.param." + EnvVarConfigProvider.ALLOWLIST_PATTERN_CONFIG);
        var used = connector().values().stream()
                .flatMap(value -> PLACEHOLDER.matcher(value).results().map(match -> match.group(1)));
        assertThat(used).isNotEmpty().allMatch(name -> name.matches(pattern));
        assertThat(ComposeFile.text(".env.example")
                        .lines()
                        .filter(line -> !line.startsWith("#"))
                        .map(line -> line.split("=")[0]))
                .allMatch(name ->
                        compose.service("connect").at("/environment/" + name).isTextual());
    }

    @Test
    void shouldStartAWorkerThatKafkaTakes() {
        var worker = worker();
        var config = new DistributedConfig(worker);

        assertThat(config.getList("bootstrap.servers")).containsExactly("kafka:" + listener("INTERNAL"));
        assertThat(config.getList("listeners")).containsExactly("http://0.0.0.0:8083");
        assertThat(compose.service("connect").at("/healthcheck/test/2").asInt()).isEqualTo(8083);
        assertThat(compose.service("connector").path("command").toString())
                .contains("http://connect:8083/connectors/mailbox/config", "@/etc/vorrang/mailbox.json");
        assertThat(volumes("connector")).containsEntry("./docker/connect/mailbox.json", "/etc/vorrang/mailbox.json");
        assertThat(worker.get("plugin.path"))
                .isIn(copies().map(copy -> copy.get(2)).toList());
        assertThat(ComposeFile.text("docker/Dockerfile"))
                .contains("CMD [\"/opt/kafka/bin/connect-distributed.sh\", \"/etc/vorrang/worker.properties\"]");
    }

    @Test
    void shouldLetClientsReachTheBrokerFromOutside() {
        var port = listener("HOST");
        assertThat(compose.environment("kafka").get("KAFKA_ADVERTISED_LISTENERS"))
                .contains("HOST://localhost:" + port)
                .contains("INTERNAL://kafka:" + listener("INTERNAL"));
        assertThat(ComposeFile.texts(compose.service("kafka").path("ports")))
                .containsExactly("127.0.0.1:" + port + ":" + port);
        assertThat(volumes("kafka"))
                .containsEntry("kafka", compose.environment("kafka").get("KAFKA_LOG_DIRS"));
    }

    @Test
    void shouldBuildImagesFromWhatIsThere() {
        var dockerfile = ComposeFile.text("docker/Dockerfile");
        for (var service : compose.services().values()) {
            if (service.has("build")) {
                assertThat(dockerfile)
                        .contains(" AS " + service.at("/build/target").asText());
            }
        }
        copies().filter(copy -> copy.get(0).isEmpty() && !copy.get(1).equals("."))
                .forEach(copy ->
                        assertThat(ComposeFile.ROOT.resolve(copy.get(1))).exists());
        var built = copies().filter(copy -> copy.get(0).equals("--from=build"))
                .flatMap(copy -> Stream.of(copy.get(1).split(" ")))
                .toList();
        assertThat(built)
                .contains("/build/app/target/dependency")
                .allMatch(path -> Files.isDirectory(ComposeFile.ROOT.resolve(path.split("/")[2])));
        assertThat(dockerfile).contains("USER vorrang").doesNotContain(":latest");
        assertThat(compose.service("kafka").path("image").asText())
                .isEqualTo("apache/kafka:" + argument(dockerfile, "KAFKA"));
        assertThat(ComposeFile.text("pom.xml")).contains("<kafka.version>" + argument(dockerfile, "KAFKA") + "<");
    }

    /** Each COPY as where from, what and where to. */
    private static Stream<List<String>> copies() {
        return COPY.matcher(ComposeFile.text("docker/Dockerfile"))
                .results()
                .map(copy -> List.of(copy.group(1) == null ? "" : copy.group(1), copy.group(2), copy.group(3)));
    }

    private static String argument(String dockerfile, String name) {
        return dockerfile
                .lines()
                .filter(line -> line.startsWith("ARG " + name + "="))
                .map(line -> line.split("=", 2)[1])
                .findFirst()
                .orElseThrow();
    }

    private static Map<String, String> connector() throws IOException {
        var text = new HashMap<String, String>();
        new ObjectMapper()
                .readTree(ComposeFile.text("docker/connect/mailbox.json"))
                .properties()
                .forEach(entry -> text.put(entry.getKey(), entry.getValue().asText()));
        return text;
    }

    private static Map<String, String> worker() {
        var properties = new Properties();
        try {
            properties.load(new StringReader(ComposeFile.text("docker/connect/worker.properties")));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        var map = new HashMap<String, String>();
        properties.stringPropertyNames().forEach(name -> map.put(name, properties.getProperty(name)));
        return map;
    }

    private static String resolve(String value, Map<String, String> environment) {
        return PLACEHOLDER.matcher(value).replaceAll(match -> environment.get(match.group(1)));
    }

    /** The registry inside the Compose network: Apicurio's path for Confluent's API. */
    private URI registry() {
        var port = compose.environment("registry").get("QUARKUS_HTTP_PORT");
        return URI.create("http://registry:" + port + "/apis/ccompat/v7");
    }

    private String listener(String name) {
        return Stream.of(compose.environment("kafka").get("KAFKA_LISTENERS").split(","))
                .filter(listener -> listener.startsWith(name + "://"))
                .map(listener -> listener.substring(listener.lastIndexOf(':') + 1))
                .findFirst()
                .orElseThrow();
    }

    private Map<String, String> volumes(String service) {
        var volumes = new HashMap<String, String>();
        ComposeFile.texts(compose.service(service).path("volumes"))
                .map(volume -> volume.split(":"))
                .forEach(volume -> volumes.put(volume[0], volume[1]));
        return volumes;
    }
}
