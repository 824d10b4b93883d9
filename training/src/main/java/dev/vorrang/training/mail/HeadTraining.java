package dev.vorrang.training.mail;

import dev.vorrang.scoring.mail.model.FeatureModel;
import dev.vorrang.scoring.mail.model.MailCard;
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
import org.tensorflow.TensorFlow;

/**
 * Trains new heads on a model whose layers below stay as they are: works out its features of every mail once, learns heads on all but
 * a part of them, which answer that part, until the loss there no longer falls, and then the heads to keep on all of them for as many
 * passes. From the answers come temperatures, thresholds and figures. For one thread.
 */
final class HeadTraining {

    private static final int FEATURE_BATCH = 64;
    /** Passes without a lower loss after which no further one is tried. */
    private static final int PATIENCE = 5;

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
     * @param folds its rows
     * @param sources licences of the data, for the card
     * @return the card of the new model
     * @throws ModelRefusedException if the model cannot be loaded, or has no features; nothing is written then
     * @throws UncheckedIOException if the new model cannot be written
     */
    MailCard train(LabelledMails data, List<Split> folds, DataSources sources) {
        var options = new ModelOptions(List.of(), OptionalInt.empty(), OptionalInt.empty(), Optional.empty());
        try (var body = FeatureModel.load(from, options)) {
            List<float[]> raw = features(body, data.mails());
            FeatureScale scale = FeatureScale.of(raw);
            Map<LabelledMail, float[]> features = new IdentityHashMap<>();
            for (int i = 0; i < raw.size(); i++) {
                features.put(data.mails().get(i), scale.apply(raw.get(i)));
            }
            Best best = best(features, folds, data);
            var heads = new LinkedHashMap<String, LinearHead>();
            learn(features, best.passes(), data).forEach((name, head) -> heads.put(name, scale.unscaled(head)));
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

    /** After how many passes the loss on the rows set apart was least, and what they were answered then. */
    private record Best(int passes, double loss, Assessment answers) {}

    private Best best(Map<LabelledMail, float[]> features, List<Split> folds, LabelledMails data) {
        var courses = new ArrayList<HeadCourse>();
        try {
            folds.forEach(
                    fold -> courses.add(new HeadCourse(features, fold.training(), data, settings.seed(), progress)));
            int most = settings.epochs().orElse(MOST_PASSES);
            progress.started(
                    data.mails().size(),
                    folds.stream().mapToInt(fold -> fold.validation().size()).sum(),
                    most * courses.stream().mapToLong(HeadCourse::rowsOfAPass).sum());
            Best best = new Best(0, Double.POSITIVE_INFINITY, Assessment.none(data));
            for (int pass = 1; pass <= most && pass - best.passes() <= PATIENCE; pass++) {
                progress.stageStarted(
                        "pass " + pass,
                        courses.stream().mapToLong(HeadCourse::rowsOfAPass).sum());
                Assessment answers = Assessment.none(data);
                double sum = 0;
                for (int fold = 0; fold < folds.size(); fold++) {
                    sum += courses.get(fold).pass();
                    answers.addAll(courses.get(fold).answers(folds.get(fold).validation()));
                }
                double loss = answers.loss();
                progress.epochEnded(pass, sum / folds.size(), loss);
                if (!Double.isFinite(loss)) {
                    throw new IllegalStateException("training has diverged in pass " + pass + ": the loss is " + loss);
                }
                best = loss < best.loss() ? new Best(pass, loss, answers) : best;
            }
            return best;
        } finally {
            courses.forEach(HeadCourse::close);
        }
    }

    /** Heads that have learned from all rows. */
    private Map<String, LinearHead> learn(Map<LabelledMail, float[]> features, int passes, LabelledMails data) {
        try (var course = new HeadCourse(features, data.mails(), data, settings.seed(), TrainingProgress.SILENT)) {
            for (int pass = 0; pass < passes; pass++) {
                course.pass();
            }
            return course.heads();
        }
    }

    private MailCard write(
            MailCard body, Map<String, LinearHead> trained, Best best, LabelledMails data, DataSources sources) {
        var temperatures = new LinkedHashMap<String, Double>();
        Map<String, MailCard.Head> heads = best.answers().heads(data, settings.precision());
        heads.forEach((name, head) -> temperatures.put(name, head.temperature()));
        try {
            Files.createDirectories(settings.out());
            ServedHeads.write(from, trained, temperatures, settings.out());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the model to " + settings.out(), e);
        }
        var card = new MailCard(
                settings.name(),
                settings.version(),
                MailCard.MAIL_TASK,
                settings.description(),
                new ModelCard.Signature(body.signature().inputs(), outputs(heads)),
                heads,
                body.limits(),
                new ModelCard.Training(
                        "TensorFlow " + TensorFlow.version() + ", heads on the features of " + body.name() + " "
                                + body.version(),
                        settings.seed(),
                        best.passes(),
                        sources.describe(data)),
                best.answers().figures(data, heads),
                ModelCards.hashes(settings.out()),
                body.tokens(),
                Optional.of(settings.languages()).filter(known -> !known.isEmpty()));
        ModelCards.write(settings.out(), card);
        return card;
    }

    private static List<TensorSpec> outputs(Map<String, MailCard.Head> heads) {
        return heads.entrySet().stream()
                .map(head -> new TensorSpec(head.getKey(), "float32", List.of(-1L, (long)
                        head.getValue().labels().size())))
                .toList();
    }
}
