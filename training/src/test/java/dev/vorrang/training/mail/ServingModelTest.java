package dev.vorrang.training.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.vorrang.scoring.mail.MailText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.ndarray.StdArrays;
import org.tensorflow.types.TFloat32;

/** That a model in service answers what the network in training does. */
class ServingModelTest {

    private static final List<MailText> MAILS = List.of(
            new MailText("Re: toner", "the printer of number 7 is awful!"),
            new MailText("", ""),
            new MailText("Rechnung Rechnung Rechnung", "Rechnung invoice invoice invoice счёт счёт"),
            new MailText("xylophone", "qqq zzz"),
            new MailText("", "la facture et l'imprimante sont großartig"),
            new MailText("密码", "忘记 密码 контракт contraseña пароль"),
            new MailText("delivery", "доставка is okay, see https://example.org/a or mail me@example.org :-)"),
            new MailText("", "?!?! 🔥🔥 €5 100%"));

    @TempDir
    private static Path folder;

    private static SmallNetwork network;
    private static SavedModelBundle model;

    @BeforeAll
    static void train() throws IOException {
        network = SmallNetwork.train(folder.resolve("model"));
        model = SavedModelBundle.load(network.folder().toString());
    }

    @AfterAll
    static void close() {
        model.close();
    }

    @Test
    void shouldAnswerWhatTheNetworkWithTheRoundedTablesDoes() {
        assertAnswersOf(SmallNetwork::rounded, 1e-3);
    }

    /** A number of a row is off by at most half a step, 1/14 of the row's largest, and so the sum of some dozens by a hundredth or so. */
    @Test
    void shouldLoseLittleByRoundingTheTables() {
        assertAnswersOf(TrainedBranch::weights, 0.05);
    }

    private static void assertAnswersOf(Function<TrainedBranch, Weights> weights, double error) {
        for (String name : SmallNetwork.labelCounts().keySet()) {
            float[][] logits = network.trainedLogits(name, weights, MAILS);
            float[][] served = probabilities("serving_default", name, MAILS);
            for (int mail = 0; mail < MAILS.size(); mail++) {
                for (int label = 0; label < served[mail].length; label++) {
                    var trained = new Calibration.Answer(logits[mail], label);
                    assertThat((double) served[mail][label])
                            .as("%s of mail %d, label %d", name, mail, label)
                            .isCloseTo(trained.probability(label, SmallNetwork.TEMPERATURES.get(name)), within(error));
                }
            }
        }
    }

    @Test
    void shouldAnswerDifferentMailsDifferently() {
        float[][] topics = probabilities("serving_default", "topic", MAILS);
        assertThat(topics[0][0]).isGreaterThan(0.8f);
        assertThat(topics[2][1]).isGreaterThan(0.8f);
        assertThat(topics[6][3]).isGreaterThan(0.8f);
    }

    @Test
    void shouldAnswerTheSameThroughExplain() {
        for (String head : SmallNetwork.labelCounts().keySet()) {
            float[][] explained = probabilities("explain", head, MAILS);
            float[][] plain = probabilities("serving_default", head, MAILS);
            for (int mail = 0; mail < MAILS.size(); mail++) {
                assertThat(explained[mail]).containsExactly(plain[mail], within(1e-6f));
            }
        }
    }

    @Test
    void shouldCountAWordAsOftenAsItComesUpToALimit() {
        List<MailText> mails = List.of(
                new MailText("", "toner"),
                new MailText("", "toner Toner"),
                new MailText("", "toner ".repeat(TextFeatures.MOST_TIMES)),
                new MailText("", "toner ".repeat(TextFeatures.MOST_TIMES + 5)));
        List<MailFeatures> features = SmallNetwork.features(mails);
        int one = features.get(0).parts().length;
        assertThat(features.stream().mapToInt(mail -> mail.parts().length))
                .containsExactly(one, 2 * one, TextFeatures.MOST_TIMES * one, TextFeatures.MOST_TIMES * one);
        // One more is the pair of twice the same word.
        assertThat(features.stream().mapToInt(mail -> mail.words().length)).containsExactly(1, 3, 5, 5);
        for (Reading reading : Reading.values()) {
            assertThat(reading.of(features.get(3))).containsExactly(reading.of(features.get(2)));
        }
    }

    @Test
    void shouldWeighAWordInServiceAsOftenAsItComesUpToALimit() {
        List<MailText> mails = List.of(
                new MailText("", "toner invoice"),
                new MailText("", "toner invoice toner"),
                new MailText("", "toner invoice toner toner toner"),
                new MailText("", "toner invoice toner toner toner toner toner toner"));
        float[][] topics = probabilities("serving_default", "topic", mails);
        assertThat(topics[1][0]).isGreaterThan(topics[0][0] + 0.01f);
        assertThat(topics[2][0]).isGreaterThan(topics[1][0] + 0.01f);
        assertThat(topics[3]).containsExactly(topics[2], within(1e-6f));
    }

    @Test
    void shouldReadTheSameFeaturesAloneAsInABatch() {
        List<MailFeatures> together = SmallNetwork.features(MAILS);
        for (int mail = 0; mail < MAILS.size(); mail++) {
            MailFeatures alone = SmallNetwork.features(List.of(MAILS.get(mail))).get(0);
            for (Reading reading : Reading.values()) {
                assertThat(reading.of(together.get(mail)))
                        .as("%s of mail %d", reading, mail)
                        .containsExactlyInAnyOrder(reading.of(alone));
            }
        }
        assertThat(together.get(1).parts()).isEmpty();
        assertThat(together.get(1).words()).isEmpty();
        // "qqq": " q", "qq" twice, "q ", " qq", "qqq", "qq ", " qqq", "qqq " and " qqq "; "zzz" alike;
        // "xylophone" has 11 characters with its spaces, so 10 + 9 + 8 + 7 runs.
        assertThat(together.get(3).parts()).hasSize(10 + 10 + 34);
        // Three words and two pairs.
        assertThat(together.get(3).words()).hasSize(3 + 2);
    }

    @Test
    void shouldKeepNumbersOfFeaturesInTheirRange() {
        for (MailFeatures features : SmallNetwork.features(MAILS)) {
            for (Reading reading : Reading.values()) {
                for (int feature : reading.of(features)) {
                    assertThat(feature).isBetween(0, TextFeatures.NUMBERS - 1);
                }
            }
        }
    }

    /** Among thousands of common words some hide others, which are then read like rare ones. */
    @Test
    void shouldAnswerTheSameWhicheverWordsAreCommon() throws IOException {
        var words = new ArrayList<>(
                List.of("printer", "awful", "!", "rechnung", "密码", "доставка", "🔥", "la", "xylophone"));
        IntStream.range(0, 20_000).forEach(number -> words.add(Integer.toString(number, 26)));
        for (List<String> common : List.of(List.<String>of(), words.subList(0, 3), words)) {
            SmallNetwork other = network.with(common, folder.resolve("common" + common.size()));
            try (var loaded = SavedModelBundle.load(other.folder().toString())) {
                for (String head : SmallNetwork.labelCounts().keySet()) {
                    assertThat(probabilities(loaded, "serving_default", head, MAILS))
                            .isDeepEqualTo(probabilities("serving_default", head, MAILS));
                }
            }
        }
    }

    /** Beside what {@link NetworkShape} counts there is the graph alone. */
    @Test
    void shouldWriteHalfAByteForANumberOfATable() throws IOException {
        long most = NetworkShapeProperties.bytes(
                network.branches().stream().map(TrainedBranch::shape).toList(),
                network.branches().stream()
                        .map(trained -> trained.labelCounts().values())
                        .toList());
        assertThat(size(network.folder())).isBetween(most - NetworkShapeProperties.GRAPH, most);
    }

    static long size(Path folder) throws IOException {
        long size = 0;
        try (var files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                size += Files.size(file);
            }
        }
        return size;
    }

    private static float[][] probabilities(String signature, String head, List<MailText> mails) {
        return probabilities(model, signature, head, mails);
    }

    private static float[][] probabilities(SavedModelBundle of, String signature, String head, List<MailText> mails) {
        try (var result = SmallNetwork.call(of, signature, mails)) {
            return StdArrays.array2dCopyOf(SmallNetwork.output(result, head, TFloat32.class));
        }
    }
}
