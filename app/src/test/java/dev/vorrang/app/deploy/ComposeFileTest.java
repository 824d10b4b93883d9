package dev.vorrang.app.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What holds for every service of the Compose file. */
class ComposeFileTest {

    /** From Debian's package docker-compose; another copy can be named by VORRANG_COMPOSE_SCHEMA. */
    private static final String SCHEMA = "/usr/lib/python3/dist-packages/compose/config/compose_spec.json";

    private static final Pattern SECRET = Pattern.compile("(?i)(password|passwd|secret|token|api_?key)");
    private static final Pattern HEAP = Pattern.compile("-Xmx(\\d+[mg])");
    /** Runs once and ends. */
    private static final String ONE_SHOT = "connector";

    private final ComposeFile compose = ComposeFile.read();

    @Test
    void shouldKeepToTheComposeSpecification() throws IOException {
        var schemaFile = Path.of(System.getenv().getOrDefault("VORRANG_COMPOSE_SCHEMA", SCHEMA));
        boolean required = "1".equals(System.getenv("VORRANG_REQUIRE_COMPOSE_SCHEMA"));
        assumeTrue(
                required || Files.exists(schemaFile),
                "the Compose specification's schema is not here: install Debian's docker-compose or set VORRANG_COMPOSE_SCHEMA");

        var schema = withoutIds(new ObjectMapper().readTree(schemaFile.toFile()));

        assertThat(JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V201909)
                        .getSchema(schema)
                        .validate(compose.tree()))
                .isEmpty();
    }

    /** Its ids are not of the form that its draft allows. Nothing refers to them. */
    private static JsonNode withoutIds(JsonNode schema) {
        if (schema instanceof ObjectNode object) {
            Stream.of("id", "$id").filter(name -> object.path(name).isTextual()).forEach(object::remove);
        }
        schema.forEach(ComposeFileTest::withoutIds);
        return schema;
    }

    @Test
    void shouldPinEveryImage() {
        compose.services()
                .forEach((name, service) -> assertThat(service.path("image").asText())
                        .as("image of " + name)
                        .matches("[a-z0-9./-]+:[a-zA-Z]?\\d+\\.\\d+\\.\\d+[A-Za-z0-9._-]*"));
    }

    @Test
    void shouldCheckTheHealthOfEveryServiceThatStays() {
        compose.services().forEach((name, service) -> {
            if (name.equals(ONE_SHOT)) {
                assertThat(service.has("restart")).as(name).isFalse();
            } else {
                assertThat(service.at("/healthcheck/test/0").asText())
                        .as("health check of " + name)
                        .isEqualTo("CMD");
                assertThat(service.path("restart").asText())
                        .as("restart of " + name)
                        .isEqualTo("unless-stopped");
            }
        });
    }

    @Test
    void shouldWaitOnlyForServicesThatSayWhenTheyAreHealthy() {
        compose.services().forEach((name, service) -> service.path("depends_on")
                .properties()
                .forEach(dependency -> {
                    assertThat(dependency.getValue().path("condition").asText())
                            .as(name)
                            .isEqualTo("service_healthy");
                    assertThat(compose.service(dependency.getKey()).has("healthcheck"))
                            .as("health check of " + dependency.getKey())
                            .isTrue();
                }));
    }

    @Test
    void shouldOpenItsPortsToThisMachineAlone() {
        var ports = published();
        assertThat(ports).isNotEmpty().allMatch(port -> port.matches("127\\.0\\.0\\.1:\\d+:\\d+"));
        assertThat(ports.stream().map(port -> port.split(":")[1])).doesNotHaveDuplicates();
    }

    @Test
    void shouldMountOnlyFilesAndVolumesThatAreThere() {
        compose.services().forEach((name, service) -> ComposeFile.texts(service.path("volumes"))
                .map(volume -> volume.split(":")[0])
                .forEach(source -> {
                    if (source.startsWith("./")) {
                        assertThat(ComposeFile.ROOT.resolve(source))
                                .as("volume of " + name)
                                .exists();
                    } else {
                        assertThat(compose.tree().path("volumes").has(source))
                                .as("volume " + source + " of " + name)
                                .isTrue();
                    }
                }));
    }

    @Test
    void shouldKeepSecretsInFilesOutsideOfTheProject() throws IOException {
        compose.services().forEach((name, service) -> {
            compose.environment(name).forEach((variable, value) -> {
                if (SECRET.matcher(variable).find()) {
                    assertThat(value).as(name + ": " + variable).startsWith("/run/secrets/");
                }
            });
            assertThat(texts(service)).noneMatch(text -> text.matches("(?i).*(password|token|secret)=(?!/run/).*"));
            ComposeFile.texts(service.path("secrets")).forEach(secret -> {
                var file = compose.tree().at("/secrets/" + secret + "/file").asText();
                assertThat(file).as(secret).startsWith("./docker/secrets/");
                assertThat(ComposeFile.ROOT.resolve(file + ".example")).exists();
            });
        });
        assertThat(Files.readString(ComposeFile.ROOT.resolve("docker/secrets/.gitignore")))
                .isEqualTo("*\n!.gitignore\n!*.example\n");
    }

    /** As a mail's text and its model live outside of Java's heap, so does half of what a broker needs: its page cache. */
    @Test
    void shouldLimitTheMemoryOfEveryServiceToMoreThanItsHeap() {
        compose.services().forEach((name, service) -> {
            long limit = bytes(service.path("mem_limit").asText());
            compose.environment(name)
                    .values()
                    .forEach(value -> HEAP.matcher(value).results().forEach(heap -> assertThat(bytes(heap.group(1)))
                            .as("heap of " + name)
                            .isLessThanOrEqualTo(limit * 2 / 3)));
        });
        var share = Pattern.compile("MaxRAMPercentage=(\\d+)").matcher(ComposeFile.text("docker/Dockerfile"));
        assertThat(share.find()).isTrue();
        // docs/operations.md: what the shipped model takes outside the heap for its largest batch, and what else is
        // there.
        compose.scoring().forEach((name, service) -> {
            long limit = bytes(service.path("mem_limit").asText());
            assertThat(limit * (100 - Integer.parseInt(share.group(1))) / 100)
                    .as("memory outside the heap of " + name)
                    .isGreaterThan(bytes("1536m"));
        });
    }

    private static long bytes(String size) {
        assertThat(size).matches("\\d+[mg]");
        long number = Long.parseLong(size.substring(0, size.length() - 1));
        return number << (size.endsWith("g") ? 30 : 20);
    }

    /** Compose mounts secret files as they are, and the images have users of their own. */
    @Test
    void shouldMakeSecretFilesThatContainersCanReadAndOtherUsersCannot(@TempDir Path copy) throws Exception {
        var secrets = Files.createDirectory(copy.resolve("secrets"));
        try (var examples = Files.newDirectoryStream(ComposeFile.ROOT.resolve("docker/secrets"), "*.example")) {
            for (var example : examples) {
                Files.copy(example, secrets.resolve(example.getFileName()));
            }
        }
        Files.writeString(secrets.resolve("imap_password"), "kept");
        Files.copy(ComposeFile.ROOT.resolve("docker/prepare"), copy.resolve("prepare"));

        var prepare = new ProcessBuilder("sh", "-c", "umask 077; sh " + copy.resolve("prepare"))
                .redirectErrorStream(true)
                .redirectOutput(copy.resolve("output").toFile())
                .start();
        assertThat(prepare.waitFor(1, TimeUnit.MINUTES)).isTrue();

        assertThat(prepare.exitValue()).isZero();
        assertThat(permissions(secrets)).isEqualTo("rwx------");
        for (var name : List.of(
                "imap_password", "mqtt_password", "grafana_admin_password", "console_certificate", "console_key")) {
            assertThat(permissions(secrets.resolve(name))).as(name).isEqualTo("r--r--r--");
        }
        assertThat(secrets.resolve("imap_password")).hasContent("kept");
        assertThat(Files.readString(secrets.resolve("grafana_admin_password"))).matches("[0-9a-f]{32}");
        assertThat(Files.readString(secrets.resolve("console_key"))).startsWith("-----BEGIN PRIVATE KEY-----");
        try (var certificate = Files.newInputStream(secrets.resolve("console_certificate"))) {
            var names = ((X509Certificate)
                            CertificateFactory.getInstance("X.509").generateCertificate(certificate))
                    .getSubjectAlternativeNames();
            assertThat(names).map(name -> name.get(1).toString()).containsExactly("localhost", "127.0.0.1");
        }
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    private List<String> published() {
        var ports = new ArrayList<String>();
        compose.services().values().forEach(service -> ComposeFile.texts(service.path("ports"))
                .forEach(ports::add));
        return ports;
    }

    private static List<String> texts(JsonNode node) {
        var texts = new ArrayList<String>();
        if (node.isTextual()) {
            texts.add(node.asText());
        }
        node.forEach(child -> texts.addAll(texts(child)));
        return texts;
    }
}
