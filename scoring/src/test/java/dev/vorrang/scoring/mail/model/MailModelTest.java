package dev.vorrang.scoring.mail.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.vorrang.scoring.mail.MailPrediction;
import dev.vorrang.scoring.mail.MailText;
import dev.vorrang.scoring.model.ModelOptions;
import dev.vorrang.scoring.model.ModelRefusedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MailModelTest {

    private static final ModelOptions NO_WARM_UP =
            new ModelOptions(List.of(), OptionalInt.of(1), OptionalInt.empty(), Optional.empty());

    @TempDir
    private Path folder;

    @Test
    void shouldGiveProbabilitiesAndAbstainBelowTheThreshold() throws IOException {
        TinyModel.write(folder);
        try (var model = MailModel.load(folder, ModelOptions.defaults())) {
            var predictions = model.apply(List.of(new MailText("-".repeat(100), ""), new MailText("ab", "abc")));

            assertThat(predictions).hasSize(2);
            var sure = predictions.get(0).topic().orElseThrow();
            assertThat(sure.label()).isEqualTo("subject");
            assertThat(sure.confidence()).isCloseTo(0.7311f, within(1e-4f));
            assertThat(sure.abstained()).isFalse();
            assertThat(predictions.get(1).abstained()).isTrue();
            assertThat(predictions.get(0).sentiment()).isEmpty();
            assertThat(predictions.get(0).priority()).isEmpty();
        }
    }

    @Test
    void shouldTakeAnyText() throws IOException {
        TinyModel.write(folder);
        try (var model = MailModel.load(folder, ModelOptions.defaults())) {
            var odd = List.of(
                    new MailText("", ""),
                    new MailText("a\0b", "\0"),
                    new MailText("🔥", "👩‍👩‍👧 ok"),
                    new MailText("\ud83d", "lone \udc00 surrogates \ud83d"),
                    new MailText("s".repeat(1 << 20), "b".repeat(1 << 20)));
            for (MailPrediction prediction : model.apply(odd)) {
                float[] probabilities = prediction.topic().orElseThrow().probabilities();
                assertThat(probabilities[0] + probabilities[1]).isCloseTo(1, within(1e-5f));
            }
        }
    }

    @Test
    void shouldCutTextsAtTheLimitsOfTheCard() throws IOException {
        TinyModel.write(folder);
        try (var model = MailModel.load(folder, NO_WARM_UP)) {
            var cut = model.apply(List.of(new MailText("-".repeat(100), "-".repeat(1_000))))
                    .get(0);
            var longer = model.apply(List.of(new MailText("-".repeat(999), "-".repeat(99_999))))
                    .get(0);
            assertThat(longer.topic().orElseThrow().probabilities())
                    .isEqualTo(cut.topic().orElseThrow().probabilities());
        }
    }

    @Test
    void shouldRaiseAnErrorRatherThanScoreNaN() throws IOException {
        TinyModel.write(folder, Float.NaN);
        try (var model = MailModel.load(folder, NO_WARM_UP)) {
            assertThatThrownBy(() -> model.apply(List.of(new MailText("a", "b"))))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("'topic'")
                    .hasMessageContaining("NaN");
        }
    }

    @Test
    void shouldRefuseAModelThatGivesNaNInItsWarmUp() throws IOException {
        TinyModel.write(folder, Float.NaN);
        assertThatThrownBy(() -> MailModel.load(folder, ModelOptions.defaults()))
                .isInstanceOf(ModelRefusedException.class)
                .hasMessageContaining("warm-up");
    }

    @Test
    void shouldScoreForSeveralThreadsAtOnce() throws Exception {
        TinyModel.write(folder);
        var threads = Executors.newFixedThreadPool(4);
        try (var model = MailModel.load(folder, NO_WARM_UP)) {
            var results = new ArrayList<Future<Float>>();
            for (int i = 0; i < 200; i++) {
                int length = i % 100;
                results.add(threads.submit(
                        () -> model.apply(Collections.nCopies(1 + length, new MailText("-".repeat(length), "")))
                                .get(length)
                                .topic()
                                .orElseThrow()
                                .probabilities()[1]));
            }
            for (int i = 0; i < results.size(); i++) {
                double expected = 1 / (1 + Math.exp(-0.01 * (i % 100)));
                assertThat(results.get(i).get()).isCloseTo((float) expected, within(1e-5f));
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void shouldGiveBackMemoryWhenClosed() throws IOException {
        Assumptions.assumeTrue(Files.exists(Path.of("/proc/self/statm")), "resident memory is read from /proc (Linux)");
        TinyModel.write(folder);
        loadAndClose(10);
        long before = residentPages();
        loadAndClose(50);
        long grown = (residentPages() - before) * 4096;
        assertThat(grown).as("bytes that 50 loads left behind").isLessThan(64L << 20);
    }

    private void loadAndClose(int times) {
        for (int i = 0; i < times; i++) {
            MailModel.load(folder, NO_WARM_UP).close();
        }
    }

    private static long residentPages() throws IOException {
        return Long.parseLong(Files.readString(Path.of("/proc/self/statm")).split(" ")[1]);
    }
}
