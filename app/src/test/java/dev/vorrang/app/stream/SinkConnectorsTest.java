package dev.vorrang.app.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vorrang.app.kit.Source;
import dev.vorrang.app.program.CommandFailedException;
import dev.vorrang.app.settings.Settings;
import dev.vorrang.app.streams.StreamKits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SinkConnectorsTest {

    @TempDir
    private Path folder;

    private Settings settings(String sinks) throws IOException {
        Path file = folder.resolve("vorrang.yaml");
        Files.writeString(file, "ingest: {mode: external}\ntopics: {prefix: test.}\nsinks:\n" + sinks);
        return Settings.load(StreamKits.SETTINGS, file, Map.of());
    }

    @Test
    void shouldSayToConnectWhatTheSettingsSay() throws IOException {
        var sinks = SinkConnectors.all(settings("""
                          - {name: pager, connector: http, tasks: 2, settings: {http.url: "https://hooks.example.org/x"}}
                          - {name: own, connector: external}
                        """), Map.of("schema.registry.url", "http://localhost:8081"));

        assertThat(sinks).singleElement().satisfies(sink -> {
            assertThat(sink.name()).isEqualTo("sink-pager");
            assertThat(sink.toString()).doesNotContain("hooks.example.org");
        });
        assertThat(sinks.get(0))
                .extracting(Source::config, InstanceOfAssertFactories.map(String.class, String.class))
                .containsEntry("connector.class", "dev.vorrang.connectors.sink.http.HttpSinkConnector")
                .containsEntry("tasks.max", "2")
                .containsEntry("topics", "test.actions.pager")
                .containsEntry("value.converter.schema.registry.url", "http://localhost:8081")
                .containsEntry("errors.tolerance", "all")
                .containsEntry("errors.deadletterqueue.topic.name", "test.actions.dead-letters")
                .containsEntry("http.url", "https://hooks.example.org/x");
    }

    @Test
    void shouldRefuseWhatAConnectorDoesNotTake() {
        assertThatThrownBy(() -> SinkConnectors.check(settings(
                        "  - {name: pager, connector: http, settings: {http.adress: x, errors.tolerance: none}}")))
                .isInstanceOf(CommandFailedException.class)
                .hasMessage("sinks pager: settings.http.adress: there is no such setting; allowed are those of http in"
                        + " docs/connectors.md");
        assertThatThrownBy(
                        () -> SinkConnectors.check(
                                settings(
                                        "  - {name: pager, connector: http, settings: {http.url: \"https://a\", retry.attempts: many}}")))
                .isInstanceOf(CommandFailedException.class)
                .hasMessageContaining("sinks pager: ")
                .hasMessageContaining("retry.attempts");
        assertThatThrownBy(() -> SinkConnectors.check(
                        settings("  - {name: pager, connector: http, settings: {http.url: \"http://a\"}}")))
                .isInstanceOf(CommandFailedException.class)
                .hasMessageContaining("sinks pager: ")
                .hasMessageContaining("http.security none");
        assertThatCode(() -> SinkConnectors.check(
                        settings("  - {name: pager, connector: http, settings: {http.url: \"https://a\"}}")))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"http", "mail", "imap", "mqtt"})
    void shouldKnowEachConnectorThatTheSettingsAllow(String word) throws Exception {
        var sink = SinkConnectors.all(settings("  - {name: pager, connector: " + word + "}\n"), Map.of())
                .get(0);

        assertThat(Class.forName(sink.config().get("connector.class")).getSimpleName())
                .isEqualToIgnoringCase(word + "SinkConnector");
    }

    /** Those of docs/sinks as they stand; what they make of actions is tried where the sinks are. */
    @Test
    void shouldTakeWhatThePagesSay() throws IOException {
        try (var pages = Files.list(Path.of("..", "docs", "sinks"))) {
            for (Path page : pages.toList()) {
                var block = Pattern.compile("```yaml\\nsinks:\\n(.*?)```", Pattern.DOTALL)
                        .matcher(Files.readString(page));
                assertThat(block.find()).as(page + " has a configuration").isTrue();
                assertThatCode(() -> SinkConnectors.check(settings(block.group(1))))
                        .as(page.toString())
                        .doesNotThrowAnyException();
            }
        }
    }
}
