package dev.vorrang.training.mail;

import dev.vorrang.scoring.mail.MailText;
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
import java.util.OptionalInt;
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
    /** Steps of a linear branch, whose gradients no head has made larger. */
    private static final float LINEAR_RATE = 16f;
    /** What steps are multiplied by where an earlier model is gone on with. */
    private static final float FINE_TUNING = 0.5f;

    /** What a label that the mapping makes of another head's counts in a linear branch, where mails have labels of their own as well. */
    private static final double DERIVED = 0.1;

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
        List<Branch> branches = Branch.of(data.heads().keySet(), settings.own().keySet());
        Map<Branch, EarlierModel> earlier = settings.from()
                .map(from -> EarlierModel.read(from, branches, data.heads()))
                .orElseGet(Map::of);
        List<Split> folds = Split.folds(data, settings.seed());
        List<Course> courses = courses(data, branches, map, earlier, folds);
        List<Integer> passes = passes(data, courses, folds);
        long rows = 0;
        for (int i = 0; i < courses.size(); i++) {
            rows += courses.get(i).rows(passes.get(i));
        }
        progress.stageStarted(passes.get(0) + " passes of the model", rows);
        return write(
                data,
                learn(courses, passes),
                passes.get(0),
                sources,
                Optional.ofNullable(earlier.get(branches.get(0))));
    }

    /**
     * What has been learned.
     *
     * @param branches that learned from all of their rows
     * @param answers what others answered together that had not seen the row
     */
    private record Learned(List<TrainedBranch> branches, Assessment answers) {}

    /**
     * What a branch learns.
     *
     * @param first weights to begin with
     * @param folds those of its rows
     */
    private record Course(Branch branch, Lesson lesson, Weights first, List<Split> folds) {

        /** Rows that all of its networks learn from in so many passes. */
        long rows(int passes) {
            return lesson.rows(lesson.data().mails(), passes)
                    + folds.stream()
                            .mapToLong(fold -> lesson.rows(fold.training(), passes))
                            .sum();
        }

        /** As many folds as have rows enough to tell how many passes help. */
        List<Split> trials() {
            int rows = 0;
            int count = 0;
            while (count < folds.size() && rows < ROWS_TO_CHOOSE_BY) {
                rows += folds.get(count++).validation().size();
            }
            return folds.subList(0, count);
        }
    }

    private List<Course> courses(
            LabelledMails data,
            List<Branch> branches,
            LabelMap map,
            Map<Branch, EarlierModel> earlier,
            List<Split> folds) {
        Map<MailText, MailFeatures> features = features(data.mails());
        List<NetworkShape> shapes = shapes(data, branches, earlier, features);
        var courses = new ArrayList<Course>();
        for (int i = 0; i < branches.size(); i++) {
            Branch branch = branches.get(i);
            NetworkShape shape = shapes.get(i);
            LabelledMails learned = branch.own()
                    ? weighed(data.of(branch.heads()).pooled(), branch.name(), map)
                    : data.of(branch.heads());
            Optional<EarlierModel> from = Optional.ofNullable(earlier.get(branch));
            float rate = (shape.linear() ? LINEAR_RATE : RATE) * (from.isPresent() ? FINE_TUNING : 1);
            courses.add(new Course(
                    branch,
                    new Lesson(learned, features, from, shape, rate, settings.seed(), progress),
                    from.map(model -> model.first(learned.labelCounts(), settings.seed()))
                            .orElseGet(() -> Weights.initial(shape, learned.labelCounts(), settings.seed())),
                    folds.stream()
                            .map(fold -> new Split(
                                    data.rows(fold.training(), branch.heads()),
                                    data.rows(fold.validation(), branch.heads())))
                            .toList()));
        }
        return courses;
    }

    private static LabelledMails weighed(LabelledMails data, String head, LabelMap map) {
        LabelledMails weighed = data;
        for (int dataSet = 0; dataSet < data.dataSets().size(); dataSet++) {
            if (map.other(data.dataSets().get(dataSet), head).isPresent()) {
                weighed = weighed.weighing(dataSet, DERIVED);
            }
        }
        return weighed;
    }

    /** A branch that the earlier model does not have gets as many rows as its others, and so many units as it would among new ones. */
    private static List<NetworkShape> shapes(
            LabelledMails data,
            List<Branch> branches,
            Map<Branch, EarlierModel> earlier,
            Map<MailText, MailFeatures> features) {
        List<NetworkShape> shapes = NetworkShape.of(
                different(features, Reading.PARTS),
                different(features, Reading.WORDS),
                branches.stream()
                        .map(branch -> data.of(branch.heads()).labelCounts().values())
                        .toList());
        if (earlier.isEmpty()) {
            return shapes;
        }
        NetworkShape known = earlier.values().iterator().next().shape();
        var like = new ArrayList<NetworkShape>();
        for (int i = 0; i < branches.size(); i++) {
            NetworkShape anew = shapes.get(i).withRowsOf(known);
            like.add(Optional.ofNullable(earlier.get(branches.get(i)))
                    .map(EarlierModel::shape)
                    .orElse(anew));
        }
        return like;
    }

    /** For each branch as told, or as many as help its folds. */
    private List<Integer> passes(LabelledMails data, List<Course> courses, List<Split> folds) {
        long steps = 0;
        for (Course course : courses) {
            int most = most(course);
            steps += course.rows(most);
            for (Split trial : told(course).isPresent() ? List.<Split>of() : course.trials()) {
                steps += course.lesson().rows(trial.training(), most);
            }
        }
        progress.started(
                data.mails().size(),
                folds.stream().mapToInt(fold -> fold.validation().size()).sum(),
                steps);
        return courses.stream()
                .map(course -> told(course)
                        .orElseGet(() -> course.lesson().bestPasses(course.first(), course.trials(), most(course))))
                .toList();
    }

    private OptionalInt told(Course course) {
        int own = settings.own().getOrDefault(course.branch().name(), 0);
        return own > 0 ? OptionalInt.of(own) : settings.epochs();
    }

    private int most(Course course) {
        return told(course).orElseGet(() -> course.lesson()
                .mostPasses(course.lesson().data().mails()));
    }

    private LabelledMails withOutside(LabelledMails data) {
        return settings.outOfScope()
                .map(file -> data.withOutside(
                        "topic",
                        MailCsv.texts(file, settings.columns(), notice -> progress.read(List.of(notice))),
                        file.getFileName().toString()))
                .orElse(data);
    }

    private static long different(Map<MailText, MailFeatures> features, Reading reading) {
        return FeatureWeights.different(features.values().stream().map(reading::of));
    }

    private static Map<MailText, MailFeatures> features(List<LabelledMail> mails) {
        var features = new IdentityHashMap<MailText, MailFeatures>();
        try (var reader = new FeatureReader(LIMITS)) {
            List<MailText> texts = mails.stream().map(LabelledMail::text).toList();
            List<MailFeatures> read = reader.read(texts);
            for (int i = 0; i < read.size(); i++) {
                features.put(texts.get(i), read.get(i));
            }
        }
        return features;
    }

    /**
     * A branch that learns.
     *
     * @param whole from all of its rows
     * @param parts from all but a fold each
     */
    private record Run(Course course, Future<Lesson.Result> whole, List<Future<Lesson.Result>> parts) {

        Assessment answers() throws ExecutionException, InterruptedException {
            Assessment answers = Assessment.none(course.lesson().data());
            for (Future<Lesson.Result> part : parts) {
                answers.addAll(part.get().assessment());
            }
            return answers;
        }

        TrainedBranch trained() throws ExecutionException, InterruptedException {
            Lesson.Result result = whole.get();
            return new TrainedBranch(
                    course.branch(),
                    course.lesson().shape(),
                    course.lesson().data().labelCounts(),
                    result.weights(),
                    result.featureWeights());
        }
    }

    private static Learned learn(List<Course> courses, List<Integer> passes) {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            var runs = new ArrayList<Run>();
            for (int i = 0; i < courses.size(); i++) {
                Course course = courses.get(i);
                Lesson lesson = course.lesson();
                int count = passes.get(i);
                runs.add(new Run(
                        course,
                        threads.submit(
                                () -> lesson.learn(course.first(), lesson.data().mails(), List.of(), count)),
                        course.folds().stream()
                                .map(fold -> threads.submit(
                                        () -> lesson.learn(course.first(), fold.training(), fold.validation(), count)))
                                .toList()));
            }
            var trained = new ArrayList<TrainedBranch>();
            var answers = new LinkedHashMap<Branch, Assessment>();
            for (Run run : runs) {
                answers.put(run.course().branch(), run.answers());
                trained.add(run.trained());
            }
            Branch first = courses.get(0).branch();
            Assessment ofAll = answers.remove(first);
            return new Learned(trained, ofAll.with(answers, first.share()));
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
            LabelledMails data, Learned learned, int passes, DataSources sources, Optional<EarlierModel> earlier) {
        Assessment answers = learned.answers();
        Map<String, MailCard.Head> heads = answers.heads(data, settings.precision());
        var temperatures = new LinkedHashMap<String, Double>();
        heads.forEach((name, head) -> temperatures.put(name, head.temperature()));
        try {
            Files.createDirectories(settings.out());
            ServingModel.export(
                    learned.branches(),
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
                answers.figures(data, heads),
                ModelCards.hashes(settings.out()),
                Optional.empty(),
                Optional.of(settings.languages()).filter(known -> !known.isEmpty()));
        ModelCards.write(settings.out(), card);
        return card;
    }
}
