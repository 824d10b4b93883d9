package dev.vorrang.app.streams.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.vorrang.app.settings.Settings;
import dev.vorrang.app.settings.SettingsException;
import dev.vorrang.app.settings.StreamSettings;
import dev.vorrang.app.streams.StreamKits;
import dev.vorrang.app.streams.machine.MachineStreamSettings;
import dev.vorrang.scoring.model.Device;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What holds for a stream where nothing is said. */
class MailStreamSettingsTest {

    @TempDir
    Path folder;

    @Test
    void shouldCommitLessOftenWhereNoReaderWaitsForIt() throws IOException {
        assertThat(mail("{guarantee: exactly_once}").stream().commitInterval()).isEqualTo(Duration.ofMillis(50));
        assertThat(mail("{guarantee: at_least_once}").stream().commitInterval()).isEqualTo(Duration.ofSeconds(1));
        assertThat(mail("{guarantee: at_least_once, commit-interval: 20ms}").stream()
                        .commitInterval())
                .isEqualTo(Duration.ofMillis(20));
    }

    @Test
    void shouldShareCallsWhereAGpuIsNamed() throws IOException {
        assertThat(mail("{}").callsAtOnce()).isEmpty();
        assertThat(mail("{devices: [cpu]}").callsAtOnce()).isEmpty();
        assertThat(mail("{devices: ['gpu:0', 'gpu:1']}").callsAtOnce()).hasValue(4);
        assertThat(mail("{devices: ['gpu:0'], calls-at-once: 1}").callsAtOnce()).hasValue(1);
    }

    @Test
    void shouldTakeOneModelAlone() {
        assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(() -> mail("{models: [{folder: a}, {folder: b}]}"))
                .withMessageContaining("streams.mail.models[1]")
                .withMessageContaining("allowed is one model");
    }

    @Test
    void shouldPutAModelOnDevicesOfItsOwn() throws IOException {
        var stream = Settings.load(
                StreamKits.SETTINGS,
                file("ingest: {mode: external}\nstreams: {machine: {devices: [cpu], model-threads: 3,"
                        + " models: [{folder: a, devices: ['gpu:1']}, {folder: b}]}}\n"),
                Map.of())
                .of(MachineStreamSettings.SECTION)
                .stream();

        assertThat(stream.models())
                .extracting(StreamSettings.Model::folder)
                .containsExactly(Path.of("a"), Path.of("b"));
        assertThat(stream.models())
                .extracting(model -> model.options().devices().get(0).type())
                .containsExactly(Device.Type.GPU, Device.Type.CPU);
        assertThat(stream.models())
                .extracting(model -> model.options().threads())
                .containsOnly(OptionalInt.of(3));
    }

    @Test
    void shouldScoreWhatIsReadUnlessToldOtherwise() throws IOException {
        assertThat(scored("ingest: {mode: external}")).containsExactly("mail");
        assertThat(scored("ingest: {machines: [{name: a, connector: mqtt}]}")).containsExactly("machine");
        assertThat(scored("ingest: {mode: external}\nstreams: {machine: {enabled: true}}"))
                .containsExactly("machine");
        assertThat(scored("ingest: {mode: external}\nstreams: {mail: {enabled: false}}"))
                .isEmpty();
    }

    private Set<String> scored(String yaml) throws IOException {
        return Settings.load(StreamKits.SETTINGS, file(yaml + "\n"), Map.of()).scored();
    }

    private MailStreamSettings mail(String yaml) throws IOException {
        return Settings.load(
                        StreamKits.SETTINGS,
                        file("ingest: {mode: external}\nstreams: {mail: " + yaml + "}\n"),
                        Map.of())
                .of(MailStreamSettings.SECTION);
    }

    private Path file(String yaml) throws IOException {
        return Files.writeString(folder.resolve("vorrang.yaml"), yaml);
    }
}
