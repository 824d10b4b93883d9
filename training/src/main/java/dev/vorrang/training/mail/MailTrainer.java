package dev.vorrang.training.mail;

import dev.vorrang.scoring.model.ModelCard;
import dev.vorrang.scoring.model.ModelCards;
import dev.vorrang.training.TrainingDataException;
import dev.vorrang.training.TrainingProgress;
import dev.vorrang.training.mail.Calibration.Answer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.tensorflow.TensorFlow;

/**
 * Trains a mail model from CSV files: reads and splits the rows, learns until the validation loss no longer falls, calibrates,
 * measures, and writes SavedModel and card. The same data, settings and seed give the same weights. For one thread.
 */
public final class MailTrainer {

    /** What a model reads of a mail; longer texts say the same again, and cost time. */
    private static final ModelCard.Limits LIMITS = new ModelCard.Limits(500, 4_000);

    private static final int BATCH = 64;
    private static final int EVALUATION_BATCH = 256;
    private static final float RATE = 0.1f;
    /** Passes without a lower validation loss after which training ends. */
    private static final int PATIENCE = 3;

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
    public ModelCard train() {
        requireEmpty(settings.out());
        LabelMap map = settings.mapping().map(LabelMap::read).orElseGet(LabelMap::none);
        DataSources sources = settings.sources().map(DataSources::read).orElseGet(DataSources::none);
        LabelledMails data = MailCsv.read(settings.data(), settings.columns(), map);
        progress.read(data.notices());
        Split split = Split.of(data, settings.seed());
        var sampler = new Sampler(split.training(), data.dataSets().size(), new Random(settings.seed()));
        progress.started(
                split.training().size(), split.validation().size(), (long) sampler.passSize() * settings.epochs());

        var labelCounts = new LinkedHashMap<String, Integer>();
        data.heads().forEach((head, labels) -> labelCounts.put(head, labels.size()));
        try (var graph = new TrainingGraph(NetworkShape.DEFAULT, labelCounts, LIMITS, settings.seed())) {
            graph.load(Weights.initial(NetworkShape.DEFAULT, labelCounts, settings.seed()));
            Best best = learn(graph, split, data, sampler);
            return write(graph, best, split, data, labelCounts, sources);
        }
    }

    private record Best(Weights weights, int epoch, double loss) {}

    private Best learn(TrainingGraph graph, Split split, LabelledMails data, Sampler sampler) {
        var balance = new RowWeights(split.training(), data);
        Best best = new Best(graph.weights(), 0, Double.POSITIVE_INFINITY);
        for (int epoch = 1; epoch <= settings.epochs() && epoch - best.epoch() <= PATIENCE; epoch++) {
            List<LabelledMail> rows = sampler.pass();
            double sum = 0;
            for (int from = 0; from < rows.size(); from += BATCH) {
                List<LabelledMail> batch = rows.subList(from, Math.min(rows.size(), from + BATCH));
                sum += graph.step(batch, balance.of(batch), RATE) * batch.size();
                progress.learned(batch.size());
            }
            double loss = loss(answers(graph, split.validation(), data));
            progress.epochEnded(epoch, sum / rows.size(), loss);
            if (!Double.isFinite(loss)) {
                throw new IllegalStateException("training has diverged in pass " + epoch + ": the loss is " + loss);
            }
            if (loss < best.loss()) {
                best = new Best(graph.weights(), epoch, loss);
            }
        }
        return best;
    }

    /** Mean negative log-likelihood of each data set, averaged over the data sets, summed over the heads. */
    private static double loss(Map<String, List<Measured>> answers) {
        return answers.values().stream()
                .mapToDouble(head -> head.stream()
                        .collect(Collectors.groupingBy(
                                Measured::dataSet, TreeMap::new, Collectors.averagingDouble(row -> row.answer()
                                        .loss(1))))
                        .values()
                        .stream()
                        .mapToDouble(Double::doubleValue)
                        .average()
                        .orElse(0))
                .sum();
    }

    /** An answer, and the data set that the row came from. */
    private record Measured(int dataSet, Answer answer) {}

    private static Map<String, List<Measured>> answers(
            TrainingGraph graph, List<LabelledMail> mails, LabelledMails data) {
        var heads = List.copyOf(data.heads().keySet());
        var answers = new LinkedHashMap<String, List<Measured>>();
        heads.forEach(head -> answers.put(head, new ArrayList<>()));
        for (int from = 0; from < mails.size(); from += EVALUATION_BATCH) {
            List<LabelledMail> batch = mails.subList(from, Math.min(mails.size(), from + EVALUATION_BATCH));
            float[][][] logits = graph.logits(batch);
            for (int head = 0; head < heads.size(); head++) {
                for (int row = 0; row < batch.size(); row++) {
                    LabelledMail mail = batch.get(row);
                    if (mail.labels()[head] >= 0) {
                        answers.get(heads.get(head))
                                .add(new Measured(mail.dataSet(), new Answer(logits[head][row], mail.labels()[head])));
                    }
                }
            }
        }
        return answers;
    }

    private ModelCard write(
            TrainingGraph graph,
            Best best,
            Split split,
            LabelledMails data,
            Map<String, Integer> labelCounts,
            DataSources sources) {
        graph.load(best.weights());
        var temperatures = new LinkedHashMap<String, Double>();
        var heads = new LinkedHashMap<String, ModelCard.Head>();
        var figures = new ArrayList<ModelCard.Figure>();
        answers(graph, split.validation(), data).forEach((head, measured) -> {
            List<Answer> all = measured.stream().map(Measured::answer).toList();
            double temperature = all.isEmpty() ? 1 : Calibration.temperature(all);
            double threshold = all.isEmpty() ? 0 : Calibration.threshold(all, temperature);
            temperatures.put(head, temperature);
            heads.put(head, new ModelCard.Head(data.heads().get(head), temperature, threshold));
            for (int dataSet = 0; dataSet < data.dataSets().size(); dataSet++) {
                int number = dataSet;
                List<Answer> some = measured.stream()
                        .filter(row -> row.dataSet() == number)
                        .map(Measured::answer)
                        .toList();
                if (!some.isEmpty()) {
                    figures.add(Measures.figure(
                            data.dataSets().get(dataSet), "validation", head, some, temperature, threshold));
                }
            }
        });
        try {
            Files.createDirectories(settings.out());
            ServingModel.export(NetworkShape.DEFAULT, labelCounts, best.weights(), temperatures, settings.out());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the model to " + settings.out(), e);
        }
        var card = new ModelCard(
                settings.name(),
                settings.version(),
                ModelCard.MAIL_TASK,
                settings.description(),
                ServingModel.signature(labelCounts),
                heads,
                LIMITS,
                new ModelCard.Training(
                        "TensorFlow " + TensorFlow.version(), settings.seed(), best.epoch(), dataSets(data, sources)),
                figures,
                ModelCards.hashes(settings.out()));
        ModelCards.write(settings.out(), card);
        return card;
    }

    private static List<ModelCard.DataSet> dataSets(LabelledMails data, DataSources sources) {
        var rows = new int[data.dataSets().size()];
        data.mails().forEach(mail -> rows[mail.dataSet()]++);
        var described = new ArrayList<ModelCard.DataSet>();
        for (int dataSet = 0; dataSet < rows.length; dataSet++) {
            described.add(sources.describe(data.dataSets().get(dataSet), rows[dataSet]));
        }
        return described;
    }

    private static void requireEmpty(Path out) {
        if (!Files.exists(out)) {
            return;
        }
        try (Stream<Path> files = Files.list(out)) {
            if (files.findAny().isPresent()) {
                throw new TrainingDataException("output folder " + out + " is not empty");
            }
        } catch (IOException e) {
            throw new TrainingDataException("output folder " + out + " cannot be used: " + e.getMessage(), e);
        }
    }
}
