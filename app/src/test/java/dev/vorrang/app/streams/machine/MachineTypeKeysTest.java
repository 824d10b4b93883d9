package dev.vorrang.app.streams.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.vorrang.app.settings.Settings;
import dev.vorrang.app.settings.SettingsException;
import dev.vorrang.app.streams.StreamKits;
import dev.vorrang.scoring.machine.MachineTypes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Types of machines in the settings. */
class MachineTypeKeysTest {

    @TempDir
    private Path folder;

    private MachineStreamSettings settings(String types) throws IOException {
        Path file = folder.resolve("vorrang.yaml");
        Files.writeString(
                file,
                "ingest: {mode: external}\nstreams:\n  mail: {enabled: false}\n  machine:\n"
                        + "    enabled: true\n    alerts: {fault: 0.6}\n" + types.indent(4));
        return Settings.load(StreamKits.SETTINGS, file, Map.of()).of(MachineStreamSettings.SECTION);
    }

    @Test
    void shouldReadTypes() throws IOException {
        MachineTypes types = settings("""
                models: [{folder: models/machine-anomaly/1}]
                types:
                  - name: press
                    machines: ["press-*", old]
                    models: [models/machine-anomaly/1]
                    alerts: {anomaly: 0.995}
                  - name: oven
                    machines: ["*"]
                """).types(List.of());

        assertThat(types.of("press-1").type()).isEqualTo("press");
        assertThat(types.of("press-1").settings().alerts().anomaly()).hasValue(0.995);
        assertThat(types.of("press-1").settings().alerts().fault()).isEqualTo(0.6);
        assertThat(types.of("old").type()).isEqualTo("press");
        assertThat(types.of("older").type()).isEqualTo("oven");
        assertThat(types.of("older").settings().alerts().anomaly()).isEmpty();
    }

    @Test
    void shouldNameAllProblemsAtOnce() {
        SettingsException refused = catchThrowableOfType(SettingsException.class, () -> settings("""
                        types:
                          - name: press
                            machines: ["press-*", ""]
                            modles: [models/machine-anomaly/1]
                          - name: press
                            machines: ["press-*"]
                            models: [models/other/1]
                          - name: lathe
                          - machines: [saw]
                            normal: nowhere
                            alerts: {anomaly: 1, fault: 2}
                        """));

        assertThat(refused.problems())
                .anySatisfy(problem -> assertThat(problem)
                        .contains("types[0].machines[1]")
                        .contains("line 9")
                        .contains("allowed is the name of a machine"))
                .anySatisfy(problem -> assertThat(problem).contains("modles").contains("models"))
                .anySatisfy(
                        problem -> assertThat(problem).contains("types[1].name").contains("'press' stands twice"))
                .anySatisfy(problem -> assertThat(problem)
                        .contains("types[1].machines")
                        .contains("'press-*' is of type 'press' already"))
                .anySatisfy(problem -> assertThat(problem)
                        .contains("types[1].models")
                        .contains("'models/other/1' is none of streams.machine.models"))
                .anySatisfy(problem ->
                        assertThat(problem).contains("types[2].machines").contains("each type has machines"))
                .anySatisfy(
                        problem -> assertThat(problem).contains("types[3].name").contains("each type has a name"))
                .anySatisfy(problem ->
                        assertThat(problem).contains("types[3].normal").contains("does not exist"))
                .anySatisfy(problem ->
                        assertThat(problem).contains("types[3].alerts.fault").contains("a number from 0 to 1"))
                .anySatisfy(problem -> assertThat(problem)
                        .contains("types[3].alerts")
                        .contains("anomaly 1.0: allowed is above 0, below 1"))
                .hasSize(10);
    }
}
