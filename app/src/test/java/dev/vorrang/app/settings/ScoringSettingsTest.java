package dev.vorrang.app.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What holds for scoring where nothing is said. */
class ScoringSettingsTest {

    @TempDir
    Path folder;

    @Test
    void shouldCommitLessOftenWhereNoReaderWaitsForIt() throws IOException {
        assertThat(scoring("{guarantee: exactly_once}").commitInterval()).isEqualTo(Duration.ofMillis(50));
        assertThat(scoring("{guarantee: at_least_once}").commitInterval()).isEqualTo(Duration.ofSeconds(1));
        assertThat(scoring("{guarantee: at_least_once, commit-interval: 20ms}").commitInterval())
                .isEqualTo(Duration.ofMillis(20));
    }

    @Test
    void shouldShareCallsWhereAGpuIsNamed() throws IOException {
        assertThat(scoring("{}").callsAtOnce()).isEmpty();
        assertThat(scoring("{devices: [cpu]}").callsAtOnce()).isEmpty();
        assertThat(scoring("{devices: ['gpu:0', 'gpu:1']}").callsAtOnce()).hasValue(4);
        assertThat(scoring("{devices: ['gpu:0'], calls-at-once: 1}").callsAtOnce())
                .hasValue(1);
    }

    private ScoringSettings scoring(String yaml) throws IOException {
        Path file =
                Files.writeString(folder.resolve("vorrang.yaml"), "ingest: {mode: external}\nscoring: " + yaml + "\n");
        return Settings.load(file, Map.of()).scoring();
    }
}
