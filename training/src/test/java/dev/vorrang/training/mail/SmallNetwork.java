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
import java.util.function.Function;
import org.tensorflow.Result;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.Tensor;

/**
 * A network of two heads, one of which has a branch of its own besides, trained for a moment on mails of several languages, before and after it was written as a model.
 *
 * @param branches as they were trained
 * @param folder the model that was written of them
 */
record SmallNetwork(List<TrainedBranch> branches, Path folder) {

    static final MailCard.Limits LIMITS = new MailCard.Limits(500, 4_000);
    static final List<String> COMMON_WORDS = List.of("toner", "is");
    static final Map<String, Double> TEMPERATURES = Map.of("topic", 0.8, "sentiment", 1.5);

    private static final Map<String, List<String>> HEADS = heads();

    private static Map<String, List<String>> heads() {
        var heads = new LinkedHashMap<String, List<String>>();
        heads.put("topic", List.of("printers", "invoices", "passwords", "deliveries"));
        heads.put("sentiment", List.of("negative", "neutral", "positive"));
        return heads;
    }

    /** Sizes of the heads, in their order. */
    static Map<String, Integer> labelCounts() {
        var counts = new LinkedHashMap<String, Integer>();
        HEADS.forEach((head, labels) -> counts.put(head, labels.size()));
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
        var branches = new ArrayList<TrainedBranch>();
        var data = new LabelledMails(mails, HEADS, List.of("small.csv"));
        for (Branch branch : Branch.of(HEADS.keySet(), List.of("sentiment"))) {
            branches.add(trained(branch, data.of(branch.heads()), features));
        }
        return write(branches, folder);
    }

    private static TrainedBranch trained(Branch branch, LabelledMails data, List<MailFeatures> features) {
        // The linear branch has a column more than its three labels.
        var shape = branch.own()
                ? new NetworkShape(new NetworkShape.Table(4_093, 4), new NetworkShape.Table(1_021, 4), true)
                : new NetworkShape(new NetworkShape.Table(4_093, 64), new NetworkShape.Table(1_021, 48));
        List<LabelledMail> mails = data.mails();
        var featureWeights = new EnumMap<Reading, FeatureWeights>(Reading.class);
        for (Reading reading : Reading.values()) {
            List<int[]> read = features.stream().map(reading::of).toList();
            featureWeights.put(
                    reading,
                    FeatureWeights.of(
                            mails,
                            read,
                            shape.of(reading).rows(),
                            data.labelCounts().values()));
        }
        try (var graph = new TrainingGraph(shape, data.labelCounts(), featureWeights, 1)) {
            graph.load(Weights.initial(shape, data.labelCounts(), 1));
            for (int step = 0; step < 30; step++) {
                int from = step * 32 % mails.size();
                List<LabelledMail> batch = mails.subList(from, from + 32);
                var alike = new float[branch.heads().size()][batch.size()];
                for (float[] head : alike) {
                    java.util.Arrays.fill(head, 1);
                }
                graph.step(features.subList(from, from + 32), batch, alike, shape.linear() ? 8 : 0.5f);
            }
            return new TrainedBranch(branch, shape, data.labelCounts(), graph.weights(), featureWeights);
        }
    }

    /** A network of these branches. */
    static SmallNetwork write(List<TrainedBranch> branches, Path folder) throws IOException {
        ServingModel.export(branches, COMMON_WORDS, TEMPERATURES, folder);
        return new SmallNetwork(branches, folder);
    }

    /** The same network with other common words. */
    SmallNetwork with(List<String> commonWords, Path other) throws IOException {
        ServingModel.export(branches, commonWords, TEMPERATURES, other);
        return new SmallNetwork(branches, other);
    }

    /** What the logits of a branch are multiplied by for a head; 0 where it does not have the head. */
    float share(TrainedBranch trained, String head) {
        if (!trained.branch().heads().contains(head)) {
            return 0;
        }
        return head.equals("sentiment") ? trained.branch().share() : 1;
    }

    static List<MailFeatures> features(List<MailText> mails) {
        try (var reader = new FeatureReader(LIMITS)) {
            return reader.read(mails);
        }
    }

    /** Logits of a head as the branches in training have them together, {@code [mail][label]}, with these weights. */
    float[][] trainedLogits(String head, Function<TrainedBranch, Weights> weights, List<MailText> mails) {
        var sums = new float[mails.size()][labelCounts().get(head)];
        for (TrainedBranch trained : branches) {
            int place = trained.branch().heads().indexOf(head);
            if (place < 0) {
                continue;
            }
            try (var graph = new TrainingGraph(trained.shape(), trained.labelCounts(), trained.featureWeights(), 1)) {
                graph.load(weights.apply(trained));
                float[][] logits = graph.logits(features(mails))[place];
                for (int mail = 0; mail < sums.length; mail++) {
                    for (int label = 0; label < sums[mail].length; label++) {
                        sums[mail][label] += share(trained, head) * logits[mail][label];
                    }
                }
            }
        }
        return sums;
    }

    /** Weights of a branch whose tables were rounded as in service. */
    static Weights rounded(TrainedBranch trained) {
        Weights rounded = trained.weights();
        for (Reading reading : Reading.values()) {
            float[] table = trained.weights().values().get(reading.table());
            rounded = rounded.and(new Weights(Map.of(
                    reading.table(),
                    QuantisedTable.of(table, trained.featureWeights().get(reading))
                            .table())));
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
