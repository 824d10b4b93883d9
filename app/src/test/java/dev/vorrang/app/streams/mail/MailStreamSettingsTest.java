package dev.vorrang.app.streams.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.vorrang.app.doctor.Checks;
import dev.vorrang.app.kit.Check;
import dev.vorrang.app.settings.Settings;
import dev.vorrang.app.settings.SettingsException;
import dev.vorrang.app.settings.StreamSettings;
import dev.vorrang.app.streams.StreamKits;
import dev.vorrang.app.streams.machine.MachineStreamSettings;
import dev.vorrang.app.streams.mail.score.ShippedModel;
import dev.vorrang.scoring.mail.cascade.CascadeSettings;
import dev.vorrang.scoring.model.Device;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Supplier;
import org.assertj.core.api.ThrowableAssertAlternative;
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
    void shouldReadACascade() throws IOException {
        assertThat(mail("{}").cascade()).isEmpty();

        var mail = mail("{devices: ['gpu:0'], cascade: {folder: models/large/1, devices: ['gpu:1'], heads: [urgency],"
                + " unsure-below: 0.7, always: true, time-limit: 2s, batch-size: 64}}");

        var cascade = mail.cascade().orElseThrow();
        assertThat(cascade.timeLimit()).isEqualTo(Duration.ofSeconds(2));
        assertThat(cascade.batchSize()).isEqualTo(64);
        assertThat(cascade.rule().heads()).containsExactly("urgency");
        assertThat(cascade.rule().unsureBelow()).hasValue(0.7);
        assertThat(cascade.rule().always()).isTrue();
        assertThat(mail.stream().models())
                .extracting(StreamSettings.Model::folder)
                .containsExactly(ShippedModel.PATH, Path.of("models/large/1"));
        assertThat(mail.stream().models().get(1).options().devices())
                .extracting(Device::toString)
                .containsExactly("gpu:1");
        assertThat(mail("{cascade: {folder: a}}").cascade()).contains(CascadeSettings.defaults());
    }

    @Test
    void shouldRefuseACascadeThatMakesATransactionTimeOut() throws IOException {
        assertRefused("{cascade: {folder: a, time-limit: 6s}}")
                .withMessageContaining("streams.mail.cascade.time-limit")
                .withMessageContaining("allowed is a third of transaction-timeout at most, PT5S");
        assertRefused("{slow-after: 1s, cascade: {folder: a, time-limit: 2s}}")
                .withMessageContaining("allowed is less than slow-after, PT1S");
        assertThat(mail("{guarantee: at_least_once, cascade: {folder: a, time-limit: 6s}}")
                        .cascade()
                        .orElseThrow()
                        .timeLimit())
                .isEqualTo(Duration.ofSeconds(6));
        assertThat(mail("{transaction-timeout: 1m, cascade: {folder: a, time-limit: 20s}}")
                        .cascade())
                .isPresent();
    }

    @Test
    void shouldRefuseACascadeWithoutAModelAndOneOfWrongParts() {
        assertRefused("{cascade: {always: true}}").withMessageContaining("needs streams.mail.cascade.folder");
        assertRefused("{cascade: {unsure-below: 0.7}}").withMessageContaining("needs streams.mail.cascade.folder");
        assertRefused("{cascade: {folder: a, heads: [mood]}}").withMessageContaining("one of priority, sentiment");
        assertRefused("{cascade: {folder: a, urgent-from: 0.8, urgent-to: 0.2}}")
                .withMessageContaining("urgentTo 0.2: allowed is 0.8 to 1");
    }

    @Test
    void shouldSayHowToFetchALargeModelThatIsNotThere() {
        assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(() -> Settings.loadWithModels(
                        StreamKits.SETTINGS,
                        file("ingest: {mode: external}\nstreams: {mail: {models: [{folder: ../models/mail-triage/3}],"
                                + " cascade: {folder: models/nowhere/1}}}\n"),
                        Map.of()))
                .withMessageContaining("streams.mail.cascade.folder (")
                .withMessageContaining("'models/nowhere/1': there is no such folder")
                .withMessageContaining("./vorrang model fetch mail-large");
    }

    @Test
    void shouldTellTheDoctorHowToFetchIt() throws IOException {
        var settings = Settings.load(
                StreamKits.SETTINGS,
                file("ingest: {mode: external}\nstreams: {mail: {models: [{folder: ../models/mail-triage/3}],"
                        + " cascade: {folder: models/nowhere/1}}}\n"),
                Map.of());

        var models = Checks.of(StreamKits.ALL, Optional.empty(), Optional.of(settings)).stream()
                .skip(3)
                .limit(2)
                .map(Supplier::get)
                .toList();

        assertThat(models).extracting(Check::good).containsExactly(true, false);
        assertThat(models.get(1).advice()).hasValueSatisfying(advice -> assertThat(advice)
                .contains("./vorrang model fetch mail-large")
                .contains("streams.mail.cascade.folder"));
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

    private ThrowableAssertAlternative<SettingsException> assertRefused(String yaml) {
        return assertThatExceptionOfType(SettingsException.class).isThrownBy(() -> mail(yaml));
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
