package dev.vorrang.training.mail;

import dev.vorrang.scoring.mail.MailText;
import dev.vorrang.scoring.mail.model.MailArrays;
import dev.vorrang.scoring.mail.model.MailCard;
import dev.vorrang.scoring.model.TensorArrays;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.tensorflow.Result;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.Tensor;

/**
 * A network of two heads, trained for a moment on mails of several languages, before and after it was written as a model.
 *
 * @param weights as they were trained
 * @param folder the model that was written of it
 */
record SmallNetwork(NetworkShape shape, Weights weights, Map<Reading, FeatureWeights> featureWeights, Path folder) {

    static final MailCard.Limits LIMITS = new MailCard.Limits(500, 4_000);
    static final List<String> COMMON_WORDS = List.of("toner", "is");
    static final Map<String, Double> TEMPERATURES = Map.of("topic", 0.8, "sentiment", 1.5);

    /** Sizes of the heads, in their order. */
    static Map<String, Integer> labelCounts() {
        var counts = new LinkedHashMap<String, Integer>();
        counts.put("topic", 4);
        counts.put("sentiment", 3);
        return counts;
    }

    private static final List<List<String>> TOPICS = List.of(
            List.of("printer", "toner", "Papierstau", "imprimante"),
            List.of("invoice", "Rechnung", "facture", "счёт"),
            List.of("password", "Passwort", "contraseña", "密码"),
            List.of("delivery", "Lieferung", "paquet", "доставка"));

    private static final List<String> MOODS = List.of("awful!", "okay", "großartig");

    static SmallNetwork train(Path folder) throws IOException {
        var mails = new ArrayList<LabelledMail>();
        var random = new Random(3);
        for (int row = 0; row < 320; row++) {
            int topic = row % 4;
            int mood = random.nextInt(3);
            List<String> words = TOPICS.get(topic);
            var text = new MailText(
                    "Re: " + words.get(random.nextInt(4)),
                    "the " + words.get(random.nextInt(4)) + " of number " + row + " is " + MOODS.get(mood));
            mails.add(new LabelledMail(text, 0, new int[] {topic, mood}));
        }
        List<MailFeatures> features =
                features(mails.stream().map(LabelledMail::text).toList());
        var shape = new NetworkShape(new NetworkShape.Table(4_093, 64), new NetworkShape.Table(1_021, 48));
        var featureWeights = new EnumMap<Reading, FeatureWeights>(Reading.class);
        for (Reading reading : Reading.values()) {
            List<int[]> read = features.stream().map(reading::of).toList();
            featureWeights.put(
                    reading,
                    FeatureWeights.of(
                            mails, read, shape.of(reading).rows(), labelCounts().values()));
        }
        try (var graph = new TrainingGraph(shape, labelCounts(), featureWeights, 1)) {
            graph.load(Weights.initial(shape, labelCounts(), 1));
            for (int step = 0; step < 30; step++) {
                int from = step * 32 % mails.size();
                List<LabelledMail> batch = mails.subList(from, from + 32);
                var alike = new float[2][batch.size()];
                java.util.Arrays.fill(alike[0], 1);
                java.util.Arrays.fill(alike[1], 1);
                graph.step(features.subList(from, from + 32), batch, alike, 0.5f);
            }
            return write(shape, graph.weights(), featureWeights, folder);
        }
    }

    /** A network with these weights. */
    static SmallNetwork write(
            NetworkShape shape, Weights weights, Map<Reading, FeatureWeights> featureWeights, Path folder)
            throws IOException {
        ServingModel.export(shape, labelCounts(), weights, featureWeights, COMMON_WORDS, TEMPERATURES, folder);
        return new SmallNetwork(shape, weights, featureWeights, folder);
    }

    /** The same network with other common words. */
    SmallNetwork with(List<String> commonWords, Path other) throws IOException {
        ServingModel.export(shape, labelCounts(), weights, featureWeights, commonWords, TEMPERATURES, other);
        return new SmallNetwork(shape, weights, featureWeights, other);
    }

    static List<MailFeatures> features(List<MailText> mails) {
        try (var reader = new FeatureReader(LIMITS)) {
            return reader.read(mails);
        }
    }

    /** Logits of each head as the network in training has them, {@code [head][mail][label]}. */
    float[][][] trainedLogits(Weights of, List<MailText> mails) {
        try (var graph = new TrainingGraph(shape, labelCounts(), featureWeights, 1)) {
            graph.load(of);
            return graph.logits(features(mails));
        }
    }

    /** Weights whose tables were rounded as in service. */
    Weights rounded() {
        Weights rounded = weights;
        for (Reading reading : Reading.values()) {
            float[] table = weights.values().get(reading.table());
            rounded = rounded.and(new Weights(Map.of(
                    reading.table(),
                    QuantisedTable.of(table, featureWeights.get(reading)).table())));
        }
        return rounded;
    }

    /** Outputs of a signature of the model, which the caller closes. */
    static Result call(SavedModelBundle model, String signature, List<MailText> mails) {
        try (var tensors = new TensorArrays(MailArrays.of(mails, LIMITS))) {
            return model.function(signature).call(tensors.byName());
        }
    }

    static <T extends Tensor> T output(Result result, String name, Class<T> type) {
        return type.cast(result.get(name).orElseThrow());
    }
}
