package dev.vorrang.training.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.vorrang.scoring.mail.MailText;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.ndarray.StdArrays;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.TString;

/** The signature {@code explain}, of a trained network and of one in which a single pair of words counts. */
class WordEffectsGraphTest {

    private static final List<MailText> MAILS = List.of(
            new MailText("Re: toner", "the printer of number 7 is awful! The printer, the toner."),
            new MailText("", ""),
            new MailText("", "Rechnung"),
            new MailText("Lieferung", "the paquet of number 8 is großartig but the invoice is awful!"),
            new MailText("", "qqq zzz xylophone"));

    @TempDir
    private static Path folder;

    private static SmallNetwork network;
    private static SavedModelBundle model;

    /** A word of a mail and what it did for the topic. */
    private record Effect(int mail, String word, float topic) {}

    @BeforeAll
    static void train() throws IOException {
        network = SmallNetwork.train(folder.resolve("trained"));
        model = SavedModelBundle.load(network.folder().toString());
    }

    @AfterAll
    static void close() {
        model.close();
    }

    @Test
    void shouldAddUpWithTheBiasesToTheBestLogitAgainstTheMean() {
        for (String head : SmallNetwork.labelCounts().keySet()) {
            double[] sums = new double[MAILS.size()];
            float[][] probabilities;
            try (var result = SmallNetwork.call(model, "explain", MAILS)) {
                var mail = SmallNetwork.output(result, "mail", TInt64.class);
                var effect = SmallNetwork.output(result, "effect." + head, TFloat32.class);
                assertThat(effect.size()).isEqualTo(mail.size());
                for (long i = 0; i < mail.size(); i++) {
                    sums[(int) mail.getLong(i)] += effect.getFloat(i);
                }
                probabilities = StdArrays.array2dCopyOf(SmallNetwork.output(result, head, TFloat32.class));
            }
            float[][] hidden = hidden();
            for (int mail = 0; mail < MAILS.size(); mail++) {
                double temperature = SmallNetwork.TEMPERATURES.get(head);
                int best = new Calibration.Answer(probabilities[mail], 0).best();
                double mean = 0;
                for (float probability : probabilities[mail]) {
                    mean += Math.log(probability) / probabilities[mail].length;
                }
                double logit = temperature * (Math.log(probabilities[mail][best]) - mean);
                assertThat(sums[mail] + ofBiases(head, best, hidden[mail]))
                        .as("%s of mail %d", head, mail)
                        .isCloseTo(logit, within(1e-3));
            }
            assertThat(sums[0]).isGreaterThan(0.1);
            assertThat(sums[1]).isZero();
        }
    }

    /** What the biases of the heads and of their active hidden units add to a logit, against the mean over the labels. */
    private static double ofBiases(String head, int label, float[] hidden) {
        double sum = 0;
        int first = 0;
        for (TrainedBranch trained : network.branches()) {
            Map<String, float[]> values = trained.weights().values();
            for (Reading reading : Reading.values()) {
                float[] hiddenBias = values.get(reading.hiddenBias());
                if (trained.branch().heads().contains(head) && trained.shape().linear()) {
                    int labels = trained.labelCounts().get(head);
                    sum += reading.share()
                            * network.share(trained, head)
                            * (hiddenBias[label] - mean(hiddenBias, 0, labels));
                } else if (trained.branch().heads().contains(head)) {
                    float[] bias = values.get(reading.headBias(head));
                    float[] weights = values.get(reading.headWeights(head));
                    double part = bias[label] - mean(bias, 0, bias.length);
                    for (int unit = 0; unit < hiddenBias.length; unit++) {
                        if (hidden[first + unit] > 0) {
                            int row = unit * bias.length;
                            part += hiddenBias[unit] * (weights[row + label] - mean(weights, row, bias.length));
                        }
                    }
                    sum += reading.share() * network.share(trained, head) * part;
                }
                first += hiddenBias.length;
            }
        }
        return sum;
    }

    private static double mean(float[] values, int from, int count) {
        double sum = 0;
        for (int i = from; i < from + count; i++) {
            sum += values[i];
        }
        return sum / count;
    }

    /** The hidden layers of all branches, one behind the other. */
    private static float[][] hidden() {
        try (var result = SmallNetwork.call(model, "features", MAILS)) {
            return StdArrays.array2dCopyOf(SmallNetwork.output(result, "features", TFloat32.class));
        }
    }

    @Test
    void shouldNameEachWordOfAMailOnceMailByMail() {
        List<Effect> effects = effects(model, MAILS);
        assertThat(effects).extracting(Effect::mail).isSorted().doesNotContain(1);
        assertThat(effects.stream().filter(effect -> effect.mail() == 0).map(Effect::word))
                .containsExactlyInAnyOrder("re", "toner", "the", "printer", "of", "number", "0", "is", "awful", "!");
        assertThat(effects.stream().filter(effect -> effect.mail() == 2).map(Effect::word))
                .containsExactly("rechnung");
    }

    @Test
    void shouldExplainAMailAloneAsBesideOthers() {
        List<Effect> together = effects(model, MAILS);
        for (int mail = 0; mail < MAILS.size(); mail++) {
            int number = mail;
            List<Effect> expected =
                    together.stream().filter(effect -> effect.mail() == number).toList();
            List<Effect> alone = effects(model, List.of(MAILS.get(mail)));
            assertThat(alone).extracting(Effect::word).containsExactlyElementsOf(words(expected));
            for (int i = 0; i < alone.size(); i++) {
                assertThat(alone.get(i).topic()).isCloseTo(expected.get(i).topic(), within(1e-5f));
            }
        }
    }

    /** Or a record that is scored again would have another score. */
    @Test
    void shouldExplainAMailTheSameToTheBitInBatchesOfAnySize() {
        List<Effect> expected = effects(model, MAILS);
        for (int times : new int[] {2, 5, 16, 100}) {
            List<MailText> repeated = Collections.nCopies(times, MAILS).stream()
                    .flatMap(List::stream)
                    .toList();
            assertThat(effects(model, repeated).subList(0, expected.size())).isEqualTo(expected);
        }
    }

    @Test
    void shouldFindTheWordsThatATopicIsKnownBy() {
        assertThat(effects(model, MAILS.subList(0, 1)).stream()
                        .sorted((a, b) -> Float.compare(b.topic(), a.topic()))
                        .limit(2))
                .extracting(Effect::word)
                .containsExactlyInAnyOrder("toner", "printer");
    }

    @Test
    void shouldShareAPairBetweenItsWords() throws IOException {
        try (var pair = SavedModelBundle.load(pairAlone("blue", "moon").toString())) {
            // A hidden unit is 1 for a mail with the pair, whose logits then are 2, 0, 0 and 0: 1.5 against the mean.
            assertEffects(pair, "blue moon", Map.of("blue", 0.75f, "moon", 0.75f));
            assertEffects(pair, "a blue moon rises", Map.of("a", 0f, "blue", 0.75f, "moon", 0.75f, "rises", 0f));
            assertEffects(pair, "blue moon blue moon blue sky", Map.of("blue", 0.75f, "moon", 0.75f, "sky", 0f));
            assertEffects(pair, "moon blue", Map.of("moon", 0f, "blue", 0f));
        }
        try (var twice = SavedModelBundle.load(pairAlone("bye", "bye").toString())) {
            assertEffects(twice, "bye bye", Map.of("bye", 1.5f));
            assertEffects(twice, "bye bye bye now", Map.of("bye", 1.5f, "now", 0f));
        }
    }

    @Test
    void shouldNotShareAPairAcrossMails() throws IOException {
        try (var pair = SavedModelBundle.load(pairAlone("red", "moon").toString())) {
            var mails = List.of(
                    new MailText("", "a red"),
                    new MailText("", "moon"),
                    new MailText("", "red moon"),
                    new MailText("", "b red"));
            List<Effect> effects = effects(pair, mails);
            assertThat(effects).allSatisfy(effect -> assertThat(effect.topic())
                    .isCloseTo(effect.mail() == 2 ? 0.75f : 0f, within(1e-3f)));
        }
    }

    private static void assertEffects(SavedModelBundle of, String body, Map<String, Float> expected) {
        List<Effect> effects = effects(of, List.of(new MailText("", body)));
        assertThat(effects).extracting(Effect::word).containsExactlyInAnyOrderElementsOf(expected.keySet());
        assertThat(effects).allSatisfy(effect -> assertThat(effect.topic())
                .as("%s in '%s'", effect.word(), body)
                .isCloseTo(expected.get(effect.word()), within(1e-3f)));
    }

    /** A network that knows one pair of words and nothing else. It speaks for the first topic. */
    private static Path pairAlone(String first, String second) throws IOException {
        var shape = new NetworkShape(new NetworkShape.Table(1_000_003, 2), new NetworkShape.Table(1_000_003, 2));
        int[] features = SmallNetwork.features(List.of(new MailText("", first + " " + second)))
                .get(0)
                .words();
        int row = features[features.length - 1] % 1_000_003;
        var rowWeights = new float[1_000_003];
        rowWeights[row] = 3;
        Map<String, float[]> values = new java.util.LinkedHashMap<>();
        MailNetwork.shapes(shape, SmallNetwork.labelCounts())
                .forEach((name, size) -> values.put(name, new float[(int) size.size()]));
        var weights = new java.util.EnumMap<Reading, FeatureWeights>(Reading.class);
        values.get(Reading.WORDS.table())[2 * row] = 1;
        values.get(Reading.WORDS.headWeights("topic"))[0] = 2 / Reading.WORDS.share();
        weights.put(Reading.WORDS, FeatureWeights.known(rowWeights));
        weights.put(Reading.PARTS, FeatureWeights.known(new float[1_000_003]));
        Path path = folder.resolve(first + " " + second);
        var all = Branch.ofAll(SmallNetwork.labelCounts().keySet());
        var trained = new TrainedBranch(all, shape, SmallNetwork.labelCounts(), new Weights(values), weights);
        return SmallNetwork.write(List.of(trained), path).folder();
    }

    private static List<String> words(List<Effect> effects) {
        return effects.stream().map(Effect::word).toList();
    }

    private static List<Effect> effects(SavedModelBundle of, List<MailText> mails) {
        try (var result = SmallNetwork.call(of, "explain", mails)) {
            var words = SmallNetwork.output(result, "word", TString.class);
            var mail = SmallNetwork.output(result, "mail", TInt64.class);
            var topic = SmallNetwork.output(result, "effect.topic", TFloat32.class);
            var effects = new ArrayList<Effect>();
            for (long i = 0; i < words.size(); i++) {
                effects.add(new Effect((int) mail.getLong(i), words.getObject(i), topic.getFloat(i)));
            }
            return effects;
        }
    }
}
