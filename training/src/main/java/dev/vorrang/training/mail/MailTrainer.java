package dev.vorrang.training.mail;

import dev.vorrang.scoring.mail.model.MailCard;
import dev.vorrang.scoring.model.ModelCard;
import dev.vorrang.scoring.model.ModelCards;
import dev.vorrang.training.OutputFolder;
import dev.vorrang.training.TrainingDataException;
import dev.vorrang.training.TrainingProgress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.tensorflow.TensorFlow;

/**
 * Trains a mail model from CSV files: reads the rows, trains a network on all of them, and others on all but a part of them, which
 * answer that part; from these answers come temperatures, thresholds and figures. Writes SavedModel and card. The same data,
 * settings and seed give the same weights. Uses two threads of its own while it runs.
 */
public final class MailTrainer {

    /** What a model reads of a mail; longer texts say the same again, and cost time. */
    private static final MailCard.Limits LIMITS = new MailCard.Limits(500, 4_000);

    private static final int THREADS = 2;
    /** The best number of passes is uncertain by fewer rows. */
    private static final int ROWS_TO_CHOOSE_BY = 600;

    private static final float RATE = 1f;
    private static final float FINE_TUNING_RATE = 0.5f;

    private final TrainingSettings settings;
    private final TrainingProgress progress;

    public MailTrainer(TrainingSettings settings, TrainingProgress progress) {
        this.settings = settings;
        this.progress = progress;
    }

    /**
     * Trains and writes the model.
     *
     * @return its card
     * @throws TrainingDataException if the data cannot be used; nothing is written then
     * @throws UncheckedIOException if the model cannot be written
     */
    public MailCard train() {
        OutputFolder.requireEmpty(settings.out());
        LabelMap map = settings.mapping().map(LabelMap::read).orElseGet(LabelMap::none);
        DataSources sources = settings.sources().map(DataSources::read).orElseGet(DataSources::none);
        LabelledMails data = withOutside(MailCsv.read(settings.data(), settings.columns(), map, settings.corrections()))
                .withVariants(settings.variants(), settings.seed());
        progress.read(data.notices());
        if (settings.from().isPresent() && !settings.fineTune()) {
            return new HeadTraining(settings.from().get(), settings, progress)
                    .train(data, Split.folds(data, settings.seed()), sources);
        }
        Optional<EarlierModel> earlier = settings.from().map(EarlierModel::read);
        Lesson lesson = lesson(data, earlier);
        Weights first = earlier.map(model -> model.first(data.labelCounts(), settings.seed()))
                .orElseGet(() -> Weights.initial(lesson.shape(), data.labelCounts(), settings.seed()));
        List<Split> folds = Split.folds(data, settings.seed());
        int passes = passes(lesson, first, folds);
        progress.stageStarted(
                passes + " passes of the model",
                lesson.rows(data.mails(), passes)
                        + folds.stream()
                                .mapToLong(fold -> lesson.rows(fold.training(), passes))
                                .sum());
        return write(lesson, learn(lesson, first, folds, passes), passes, sources, earlier);
    }

    /** As told, or as many as help the folds, of which only so many are tried as have rows enough to tell. */
    private int passes(Lesson lesson, Weights first, List<Split> folds) {
        List<LabelledMail> all = lesson.data().mails();
        int most = settings.epochs().orElseGet(() -> lesson.mostPasses(all));
        long steps = lesson.rows(all, most)
                + folds.stream()
                        .mapToLong(fold -> lesson.rows(fold.training(), most))
                        .sum();
        List<Split> trials = settings.epochs().isPresent() ? List.of() : trials(folds);
        progress.started(
                all.size(),
                folds.stream().mapToInt(fold -> fold.validation().size()).sum(),
                steps
                        + trials.stream()
                                .mapToLong(trial -> lesson.rows(trial.training(), most))
                                .sum());
        return trials.isEmpty() ? most : lesson.bestPasses(first, trials, most);
    }

    private static List<Split> trials(List<Split> folds) {
        int rows = 0;
        int count = 0;
        while (count < folds.size() && rows < ROWS_TO_CHOOSE_BY) {
            rows += folds.get(count++).validation().size();
        }
        return folds.subList(0, count);
    }

    private Lesson lesson(LabelledMails data, Optional<EarlierModel> earlier) {
        Map<LabelledMail, MailFeatures> features = features(data.mails());
        NetworkShape shape = earlier.map(EarlierModel::shape)
                .orElseGet(() -> NetworkShape.of(
                        different(features, Reading.PARTS),
                        different(features, Reading.WORDS),
                        data.labelCounts().values()));
        float rate = earlier.isPresent() ? FINE_TUNING_RATE : RATE;
        return new Lesson(data, features, earlier, shape, rate, settings.seed(), progress);
    }

    private LabelledMails withOutside(LabelledMails data) {
        return settings.outOfScope()
                .map(file -> data.withOutside(
                        "topic",
                        MailCsv.texts(file, settings.columns(), notice -> progress.read(List.of(notice))),
                        file.getFileName().toString()))
                .orElse(data);
    }

    private static long different(Map<LabelledMail, MailFeatures> features, Reading reading) {
        return FeatureWeights.different(features.values().stream().map(reading::of));
    }

    private static Map<LabelledMail, MailFeatures> features(List<LabelledMail> mails) {
        var features = new IdentityHashMap<LabelledMail, MailFeatures>();
        try (var reader = new FeatureReader(LIMITS)) {
            List<MailFeatures> read =
                    reader.read(mails.stream().map(LabelledMail::text).toList());
            for (int i = 0; i < read.size(); i++) {
                features.put(mails.get(i), read.get(i));
            }
        }
        return features;
    }

    /** The weights that learned from all rows, and what others answered to the rows that they had not seen. */
    private Lesson.Result learn(Lesson lesson, Weights first, List<Split> folds, int passes) {
        LabelledMails data = lesson.data();
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            Future<Lesson.Result> whole = threads.submit(() -> lesson.learn(first, data.mails(), List.of(), passes));
            var parts = new ArrayList<Future<Lesson.Result>>();
            folds.forEach(fold ->
                    parts.add(threads.submit(() -> lesson.learn(first, fold.training(), fold.validation(), passes))));
            Assessment answers = Assessment.none(data);
            for (Future<Lesson.Result> part : parts) {
                answers.addAll(part.get().assessment());
            }
            return new Lesson.Result(whole.get().weights(), whole.get().featureWeights(), answers);
        } catch (ExecutionException e) {
            throw new IllegalStateException(
                    "training has failed: " + e.getCause().getMessage(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("training was interrupted", e);
        } finally {
            threads.shutdownNow();
        }
    }

    private MailCard write(
            Lesson lesson, Lesson.Result result, int passes, DataSources sources, Optional<EarlierModel> earlier) {
        LabelledMails data = lesson.data();
        Map<String, MailCard.Head> heads = result.assessment().heads(data, settings.precision());
        var temperatures = new LinkedHashMap<String, Double>();
        heads.forEach((name, head) -> temperatures.put(name, head.temperature()));
        try {
            Files.createDirectories(settings.out());
            ServingModel.export(
                    lesson.shape(),
                    data.labelCounts(),
                    result.weights(),
                    result.featureWeights(),
                    CommonWords.of(data.mails().stream().map(LabelledMail::text).toList(), LIMITS),
                    temperatures,
                    settings.out());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the model to " + settings.out(), e);
        }
        var card = new MailCard(
                settings.name(),
                settings.version(),
                MailCard.MAIL_TASK,
                settings.description(),
                ServingModel.signature(data.labelCounts()),
                heads,
                LIMITS,
                new ModelCard.Training(
                        "TensorFlow " + TensorFlow.version()
                                + earlier.map(model -> ", fine-tuned from "
                                                + model.card().name() + " "
                                                + model.card().version())
                                        .orElse(""),
                        settings.seed(),
                        passes,
                        sources.describe(data)),
                result.assessment().figures(data, heads),
                ModelCards.hashes(settings.out()),
                Optional.empty(),
                Optional.of(settings.languages()).filter(known -> !known.isEmpty()));
        ModelCards.write(settings.out(), card);
        return card;
    }
}
