package dev.vorrang.training.mail;

import dev.vorrang.scoring.model.FeatureModel;
import dev.vorrang.scoring.model.ModelCard;
import dev.vorrang.scoring.model.ModelCard.TensorSpec;
import dev.vorrang.scoring.model.ModelCards;
import dev.vorrang.scoring.model.ModelOptions;
import dev.vorrang.scoring.model.ModelRefusedException;
import dev.vorrang.training.TrainingProgress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import org.tensorflow.TensorFlow;

/**
 * Trains new heads for a model that somebody else trained: works out its features of every mail once, learns the heads on them
 * until the validation loss no longer falls, calibrates and measures them, and writes the model with these heads. The body's
 * weights stay as they are. For one thread.
 */
final class HeadTraining {

    private static final int BATCH = 32;
    private static final int FEATURE_BATCH = 64;
    private static final float RATE = 0.1f;
    /** Passes without a lower validation loss after which training ends. */
    private static final int PATIENCE = 5;
    /** A small set is passed over several times before the validation part is looked at. */
    private static final int ROWS_OF_A_PASS = 1_000;

    private static final int MOST_PASSES = 40;

    private final Path from;
    private final TrainingSettings settings;
    private final TrainingProgress progress;

    /**
     * @param from folder of one version of a model with the signature {@code features}
     * @param settings name, version, description, seed, most passes, and the folder to write to, which holds no model yet
     */
    HeadTraining(Path from, TrainingSettings settings, TrainingProgress progress) {
        this.from = from;
        this.settings = settings;
        this.progress = progress;
    }

    /**
     * Trains and writes the model.
     *
     * @param data the heads to learn, and what the rows are
     * @param split its rows
     * @param sources licences of the data, for the card
     * @return the card of the new model
     * @throws ModelRefusedException if the model cannot be loaded, or has no features; nothing is written then
     * @throws UncheckedIOException if the new model cannot be written
     */
    ModelCard train(LabelledMails data, Split split, DataSources sources) {
        var labelCounts = new LinkedHashMap<String, Integer>();
        data.heads().forEach((head, labels) -> labelCounts.put(head, labels.size()));
        var options = new ModelOptions(List.of(), OptionalInt.empty(), OptionalInt.empty(), Optional.empty());
        try (var body = FeatureModel.load(from, options);
                var graph = new HeadGraph(body.width(), labelCounts)) {
            List<float[]> raw = features(body, split.training());
            FeatureScale scale = FeatureScale.of(raw);
            Map<LabelledMail, float[]> features = new IdentityHashMap<>();
            add(features, split.training(), raw, scale);
            add(features, split.validation(), features(body, split.validation()), scale);
            Best best = learn(graph, features, split, data);
            var heads = new LinkedHashMap<String, LinearHead>();
            best.heads().forEach((name, head) -> heads.put(name, scale.unscaled(head)));
            return write(body.card(), heads, best, data, sources);
        }
    }

    private static List<float[]> features(FeatureModel body, List<LabelledMail> mails) {
        var features = new ArrayList<float[]>(mails.size());
        for (int start = 0; start < mails.size(); start += FEATURE_BATCH) {
            features.addAll(body.apply(mails.subList(start, Math.min(mails.size(), start + FEATURE_BATCH)).stream()
                    .map(LabelledMail::text)
                    .toList()));
        }
        return features;
    }

    private static void add(
            Map<LabelledMail, float[]> features, List<LabelledMail> mails, List<float[]> raw, FeatureScale scale) {
        for (int i = 0; i < mails.size(); i++) {
            features.put(mails.get(i), scale.apply(raw.get(i)));
        }
    }

    /** The heads with the least validation loss, the pass that gave them, and what they answered to the validation part. */
    private record Best(Map<String, LinearHead> heads, int epoch, double loss, Assessment answers) {}

    private Best learn(HeadGraph graph, Map<LabelledMail, float[]> features, Split split, LabelledMails data) {
        var balance = new RowWeights(split.training(), data);
        var sampler = new Sampler(split.training(), data.dataSets().size(), new Random(settings.seed()));
        int epochs = settings.epochs().orElse(MOST_PASSES);
        int repeats = Math.max(1, ROWS_OF_A_PASS / Math.max(1, sampler.passSize()));
        long steps = (long) sampler.passSize() * repeats * epochs;
        progress.started(split.training().size(), split.validation().size(), steps);
        Best best = new Best(graph.heads(), 0, Double.POSITIVE_INFINITY, Assessment.none(data));
        for (int epoch = 1; epoch <= epochs && epoch - best.epoch() <= PATIENCE; epoch++) {
            double sum = 0;
            int learned = 0;
            for (int repeat = 0; repeat < repeats; repeat++) {
                List<LabelledMail> rows = sampler.pass();
                for (int start = 0; start < rows.size(); start += BATCH) {
                    List<LabelledMail> batch = rows.subList(start, Math.min(rows.size(), start + BATCH));
                    sum += graph.step(table(batch, features), batch, balance.of(batch), RATE) * batch.size();
                    learned += batch.size();
                    progress.learned(batch.size());
                }
            }
            Assessment answers = Assessment.none(data);
            answers.add(split.validation(), graph.logits(table(split.validation(), features)));
            double loss = answers.loss();
            progress.epochEnded(epoch, sum / learned, loss);
            if (!Double.isFinite(loss)) {
                throw new IllegalStateException("training has diverged in pass " + epoch + ": the loss is " + loss);
            }
            if (loss < best.loss()) {
                best = new Best(graph.heads(), epoch, loss, answers);
            }
        }
        return best;
    }

    private static float[][] table(List<LabelledMail> mails, Map<LabelledMail, float[]> features) {
        return mails.stream().map(features::get).toArray(float[][]::new);
    }

    private ModelCard write(
            ModelCard body, Map<String, LinearHead> trained, Best best, LabelledMails data, DataSources sources) {
        var temperatures = new LinkedHashMap<String, Double>();
        Map<String, ModelCard.Head> heads = best.answers().heads(data, settings.precision());
        heads.forEach((name, head) -> temperatures.put(name, head.temperature()));
        try {
            Files.createDirectories(settings.out());
            ServedHeads.write(from, trained, temperatures, settings.out());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the model to " + settings.out(), e);
        }
        var card = new ModelCard(
                settings.name(),
                settings.version(),
                ModelCard.MAIL_TASK,
                settings.description(),
                new ModelCard.Signature(body.signature().inputs(), outputs(heads)),
                heads,
                body.limits(),
                new ModelCard.Training(
                        "TensorFlow " + TensorFlow.version() + ", heads on the features of " + body.name() + " "
                                + body.version(),
                        settings.seed(),
                        best.epoch(),
                        sources.describe(data)),
                best.answers().figures(data, heads),
                ModelCards.hashes(settings.out()),
                body.tokens());
        ModelCards.write(settings.out(), card);
        return card;
    }

    private static List<TensorSpec> outputs(Map<String, ModelCard.Head> heads) {
        return heads.entrySet().stream()
                .map(head -> new TensorSpec(head.getKey(), "float32", List.of(-1L, (long)
                        head.getValue().labels().size())))
                .toList();
    }
}
