package dev.vorrang.training.mail;

import dev.vorrang.scoring.mail.MailText;
import dev.vorrang.scoring.model.MailTensors;
import dev.vorrang.scoring.model.ModelCard;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
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
record SmallNetwork(NetworkShape shape, Weights weights, FeatureWeights featureWeights, Path folder) {

    static final ModelCard.Limits LIMITS = new ModelCard.Limits(500, 4_000);
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
        List<int[]> features = features(mails.stream().map(LabelledMail::text).toList());
        var shape = new NetworkShape(4_093, 64);
        FeatureWeights featureWeights =
                FeatureWeights.of(mails, features, shape.rows(), labelCounts().values());
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
    static SmallNetwork write(NetworkShape shape, Weights weights, FeatureWeights featureWeights, Path folder)
            throws IOException {
        ServingModel.export(shape, labelCounts(), weights, featureWeights, TEMPERATURES, folder);
        return new SmallNetwork(shape, weights, featureWeights, folder);
    }

    static List<int[]> features(List<MailText> mails) {
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

    /** Weights whose table was rounded as in service. */
    Weights rounded() {
        float[] table = weights.values().get(MailNetwork.TABLE).clone();
        QuantisedTable quantised = QuantisedTable.of(table, featureWeights);
        for (int i = 0; i < table.length; i++) {
            int row = i / shape.width();
            float weight = featureWeights.of(row);
            table[i] = weight == 0
                    ? 0
                    : (quantised.values()[i] - QuantisedTable.ZERO) * quantised.steps()[row] / weight;
        }
        return weights.with(new Weights(Map.of(MailNetwork.TABLE, table)));
    }

    /** Outputs of a signature of the model, which the caller closes. */
    static Result call(SavedModelBundle model, String signature, List<MailText> mails) {
        try (var tensors = new MailTensors(mails, LIMITS)) {
            return model.function(signature).call(tensors.byName());
        }
    }

    static <T extends Tensor> T output(Result result, String name, Class<T> type) {
        return type.cast(result.get(name).orElseThrow());
    }
}
