package dev.vorrang.app.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.StreamSupport;
import org.apache.maven.artifact.versioning.DefaultArtifactVersion;
import org.apache.maven.artifact.versioning.InvalidVersionSpecificationException;
import org.apache.maven.artifact.versioning.VersionRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the program consists of, in CycloneDX's form as Maven writes it, and what is known of its parts. */
class BillOfMaterialsTest {

    @Test
    void shouldHoldNoLibraryWithAKnownVulnerability() throws IOException {
        var known = knownVulnerabilities();

        assertThat(libraries()).isNotEmpty().allSatisfy(library -> assertThat(known)
                .as("of %s; take a newer version in the parent pom.xml", library)
                .noneMatch(vulnerability -> vulnerability.affects(library)));
    }

    /** The versions that were in use once. */
    @ParameterizedTest
    @CsvSource({
        "at.yawk.lz4:lz4-java, 1.10.2",
        "ch.qos.logback:logback-core, 1.5.20",
        "com.fasterxml.jackson.core:jackson-core, 2.21.2",
        "com.fasterxml.jackson.core:jackson-databind, 2.21.2",
        "io.netty:netty-codec-mqtt, 4.1.132.Final",
        "io.netty:netty-handler, 4.1.132.Final",
        "org.apache.activemq:artemis-server, 2.44.0",
        "org.apache.artemis:artemis-server, 2.56.0",
        "org.bouncycastle:bcprov-jdk18on, 1.80.2",
        "org.bouncycastle:bcpkix-jdk18on, 1.80",
        "org.eclipse.jetty:jetty-http, 12.0.34"
    })
    void shouldFindAVulnerableLibrary(String name, String version) throws IOException {
        assertThat(knownVulnerabilities()).anyMatch(known -> known.affects(new Library(name, version)));
    }

    @Test
    void shouldNameEveryLibraryOfTheClassPath() throws IOException {
        var files = Files.readString(Path.of("target", "class-path")).strip().split(File.pathSeparator);
        var jars = Arrays.stream(files)
                .map(file -> Path.of(file).getFileName().toString())
                .filter(file -> file.endsWith(".jar"))
                .toList();
        var libraries = libraries();

        assertThat(jars).isNotEmpty().allSatisfy(jar -> assertThat(libraries)
                .as("the one of %s", jar)
                .anyMatch(library -> jar.startsWith(library.fileName())));
    }

    @Test
    void shouldSayWhereAVulnerabilityIsDescribed() throws IOException {
        assertThat(knownVulnerabilities()).allSatisfy(known -> {
            assertThat(known.id()).matches("CVE-\\d{4}-\\d{4,}|GHSA(-[23456789cfghjmpqrvwx]{4}){3}");
            assertThat(known.source()).startsWith("https://");
        });
    }

    private static List<Library> libraries() throws IOException {
        var file = Path.of("target", "vorrang.cdx.json");
        assertThat(file)
                .as("written by Maven in the phase process-test-classes")
                .exists();
        var components = new ObjectMapper().readTree(file.toFile()).get("components");
        return StreamSupport.stream(components.spliterator(), false)
                .map(component -> new Library(
                        component.get("group").asText() + ":"
                                + component.get("name").asText(),
                        component.get("version").asText()))
                .toList();
    }

    private static List<Vulnerability> knownVulnerabilities() throws IOException {
        try (var list = BillOfMaterialsTest.class.getResourceAsStream("known-vulnerabilities.yaml")) {
            return new YAMLMapper().readValue(list, new TypeReference<>() {});
        }
    }

    /** @param name group and artifact, as in {@code org.jsoup:jsoup} */
    private record Library(String name, String version) {

        String fileName() {
            return name.substring(name.indexOf(':') + 1) + "-" + version;
        }
    }

    /**
     * @param affected as in Maven: {@code [1.82,1.84)}
     * @param source   where it is described
     */
    private record Vulnerability(String id, String library, String affected, String source) {

        boolean affects(Library found) {
            try {
                return library.equals(found.name())
                        && VersionRange.createFromVersionSpec(affected)
                                .containsVersion(new DefaultArtifactVersion(found.version()));
            } catch (InvalidVersionSpecificationException e) {
                throw new IllegalArgumentException("%s: %s".formatted(id, e.getMessage()), e);
            }
        }
    }
}
