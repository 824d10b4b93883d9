package dev.vorrang.app.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vorrang.app.settings.Placement;
import dev.vorrang.app.settings.Settings;
import dev.vorrang.app.streams.StreamKits;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.connect.runtime.distributed.DistributedConfig;
import org.junit.jupiter.api.Test;

/** The containers' settings, ports and paths fit each other, and are what the programs in them take. */
class ComposeWiringTest {

    private static final Pattern COPY = Pattern.compile("(?m)^COPY (?:(--from=\\w+) )?(.+) (\\S+)$");

    private final ComposeFile compose = ComposeFile.read();

    @Test
    void shouldTellScoringWhereTheOthersAre() {
        for (var name : compose.scoring().keySet()) {
            var environment = new TreeMap<>(compose.environment(name));
            var settings = Settings.load(
                    StreamKits.SETTINGS, ComposeFile.ROOT.resolve("docker/scoring/vorrang.yaml"), environment);

            // One for each variable, so that none is misspelt.
            assertThat(environment).hasSize(8);
            assertThat(settings.ingest().mode()).isEqualTo(Placement.EXTERNAL);
            assertThat(settings.kafka().mode()).isEqualTo(Placement.EXTERNAL);
            assertThat(settings.kafka().bootstrapServers()).contains("kafka:" + listener("INTERNAL"));
            assertThat(settings.registry().mode()).isEqualTo(Placement.EXTERNAL);
            assertThat(settings.registry().url()).contains(compose.registry());
            assertThat(settings.data()).isEqualTo(Path.of("/var/lib/vorrang"));
            assertThat(settings.metrics().address()).isEqualTo("0.0.0.0");
            assertThat(settings.console().enabled()).isFalse();
            assertThat(volumes(name)).containsEntry(name, "/var/lib/vorrang");
            assertThat(volumes(name)).containsEntry("./docker/scoring/vorrang.yaml", "/etc/vorrang/vorrang.yaml");
            assertThat(compose.service(name).at("/healthcheck/test/2").asInt())
                    .isEqualTo(settings.metrics().port());
        }
    }

    @Test
    void shouldServeTheConsoleWithTlsToThisMachineAlone() {
        var environment = new TreeMap<>(compose.environment("console"));
        var settings = Settings.load(
                StreamKits.SETTINGS, ComposeFile.ROOT.resolve("docker/scoring/vorrang.yaml"), environment);

        assertThat(environment).hasSize(11);
        assertThat(settings.kafka().bootstrapServers()).contains("kafka:" + listener("INTERNAL"));
        assertThat(settings.registry().url()).contains(compose.registry());
        var web = settings.console().web();
        assertThat(web.address()).isEqualTo("0.0.0.0");
        assertThat(web.publicUrl()).contains(URI.create("https://localhost:" + web.port()));
        assertThat(ComposeFile.texts(compose.service("console").path("ports")))
                .containsExactly("127.0.0.1:" + web.port() + ":" + web.port());
        assertThat(compose.service("console").at("/healthcheck/test/3").asText())
                .endsWith("/" + web.port());
        var tls = web.tls().orElseThrow();
        assertThat(ComposeFile.texts(compose.service("console").path("secrets")).map("/run/secrets/"::concat))
                .containsExactly(
                        tls.certificate().toString(), tls.key().orElseThrow().toString());
        assertThat(ComposeFile.texts(compose.service("console").path("command")))
                .containsExactly("console", "--config", "/etc/vorrang/vorrang.yaml");
        assertThat(volumes("console"))
                .containsEntry("console", "/var/lib/vorrang")
                .containsEntry("./docker/scoring/vorrang.yaml", "/etc/vorrang/vorrang.yaml");
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
                .isEqualTo(Settings.of(StreamKits.SETTINGS, Map.of("VORRANG_INGEST_MODE", "external"))
                        .metrics()
                        .port());
        assertThat(scrape.path("metrics_path").asText()).isEqualTo("/metrics");
    }

    @Test
    void shouldStartAWorkerThatKafkaTakes() {
        var worker = ComposeFile.worker();
        var config = new DistributedConfig(worker);

        assertThat(config.getList("bootstrap.servers")).containsExactly("kafka:" + listener("INTERNAL"));
        assertThat(config.getList("listeners")).containsExactly("http://0.0.0.0:8083");
        assertThat(compose.service("connect").at("/healthcheck/test/2").asInt()).isEqualTo(8083);
        assertThat(compose.environment("connector")).containsEntry("CONNECT_URL", "http://connect:8083");
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
