package dev.vorrang.app.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vorrang.app.kit.Source;
import dev.vorrang.app.program.CommandFailedException;
import dev.vorrang.app.settings.Settings;
import dev.vorrang.app.streams.StreamKits;
import dev.vorrang.connectors.mqtt.MqttDeskSourceConnector;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeskConnectorTest {

    private static final String REGISTRY = "schema.registry.url";

    @TempDir
    private Path folder;

    private Settings settings(String mqtt) throws IOException {
        Path file = folder.resolve("vorrang.yaml");
        Files.writeString(
                file, "ingest: {mode: external}\ntopics: {prefix: test.}\nactions: {acknowledge: {" + mqtt + "}}\n");
        return Settings.load(StreamKits.SETTINGS, file, Map.of());
    }

    private String secretFile() {
        try {
            return Files.writeString(folder.resolve("link"), "sixteen-characters")
                    .toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void shouldSayToConnectWhatTheSettingsSay() throws IOException {
        var settings = settings("mqtt: {settings: {mqtt.host: broker.example.org, mqtt.filters: plant/+/acknowledge}}");

        assertThat(settings.actions().enabled()).isTrue();
        assertThat(settings.actions().acknowledge().served()).isFalse();
        var source =
                DeskConnector.source(settings, Optional.of("not shown"), Map.of(REGISTRY, "http://localhost:8081"));
        assertThat(source.toString()).doesNotContain("not shown").contains("plant/+/acknowledge of broker.example.org");
        assertThat(source.orElseThrow())
                .extracting(Source::config, InstanceOfAssertFactories.map(String.class, String.class))
                .containsEntry("connector.class", MqttDeskSourceConnector.class.getName())
                .containsEntry("topic", "test.desk.events")
                .containsEntry("dead.letter.topic", "test.actions.undecided")
                .containsEntry("mqtt.client.id", "vorrang-desk")
                .containsEntry("desk.link.secret", "not shown")
                .containsEntry("value.converter.schema.registry.url", "http://localhost:8081");
        assertThat(DeskConnector.source(settings("port: 0"), Optional.empty(), Map.of()))
                .isEmpty();
    }

    @Test
    void shouldLeaveTheSecretToItsFile() throws IOException {
        var settings = settings(
                "url: \"https://vorrang.example.org\", mqtt: {settings: {mqtt.host: broker, mqtt.filters: plant/+/acknowledge,"
                        + " desk.link.secret.file: " + secretFile() + "}}");

        assertThatCode(() -> DeskConnector.check(settings)).doesNotThrowAnyException();
        assertThat(DeskConnector.source(settings, Optional.of("not shown"), Map.of()))
                .hasValueSatisfying(source -> assertThat(source.config())
                        .containsEntry("desk.link.secret.file", secretFile())
                        .doesNotContainKey("desk.link.secret"));
    }

    @Test
    void shouldMissTheSecretOfLinks() throws IOException {
        String links = "mqtt: {settings: {mqtt.host: broker, mqtt.filters: plant/+/acknowledge, desk.accept: links%s}}";

        assertThatThrownBy(() -> DeskConnector.check(settings(links.formatted(""))))
                .isInstanceOf(CommandFailedException.class)
                .hasMessage(
                        "actions.acknowledge.mqtt: settings.desk.accept: 'links' needs the secret that signs links; set"
                                + " actions.acknowledge.url, or one of settings.desk.link.secret and settings.desk.link.secret.file");
        for (String enough : List.of(
                "url: \"https://vorrang.example.org\", " + links.formatted(""),
                links.formatted(", desk.link.secret: sixteen-characters"),
                links.formatted(", desk.link.secret.file: " + secretFile()))) {
            var settings = settings(enough);
            assertThatCode(() -> DeskConnector.check(settings)).doesNotThrowAnyException();
        }
    }

    @Test
    void shouldTakeWhatThePageSays() throws IOException {
        var page = Pattern.compile("```yaml\\n(actions:\\n  acknowledge:\\n    mqtt:.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(Path.of("..", "docs", "actions.md")));
        assertThat(page.find()).isTrue();
        Path file = folder.resolve("page.yaml");
        var yaml = page.group(1).replace("/run/secrets/mqtt", secretFile());
        Files.writeString(file, yaml + "ingest: {mode: external}\n");
        var settings = Settings.load(StreamKits.SETTINGS, file, Map.of());

        assertThatCode(() -> DeskConnector.check(settings)).doesNotThrowAnyException();
        assertThat(DeskConnector.source(settings, Optional.empty(), Map.of())).isPresent();
    }

    @Test
    void shouldRefuseWhatTheConnectorDoesNotTake() {
        assertThatThrownBy(() -> DeskConnector.check(settings("mqtt: {settings: {mqtt.topic: plant/+}}")))
                .isInstanceOf(CommandFailedException.class)
                .hasMessage(
                        "actions.acknowledge.mqtt: settings.mqtt.topic: there is no such setting; allowed are those of"
                                + " MQTT desk events in docs/connectors.md");
        assertThatThrownBy(() -> DeskConnector.check(settings("mqtt: {settings: {mqtt.host: broker}}")))
                .isInstanceOf(CommandFailedException.class)
                .hasMessageContaining("mqtt.filters");
        assertThatCode(() -> DeskConnector.check(
                        settings("mqtt: {settings: {mqtt.host: broker, mqtt.filters: plant/+/acknowledge}}")))
                .doesNotThrowAnyException();
    }
}
