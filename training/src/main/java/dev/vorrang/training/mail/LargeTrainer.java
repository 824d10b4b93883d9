package dev.vorrang.training.mail;

import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import dev.vorrang.scoring.mail.model.MailCard;
import dev.vorrang.scoring.mail.model.MailTokenizer;
import dev.vorrang.scoring.mail.model.MailTokenizer.Tokens;
import dev.vorrang.scoring.model.ModelCard;
import dev.vorrang.scoring.model.ModelCards;
import dev.vorrang.training.OutputFolder;
import dev.vorrang.training.TrainingProgress;
import dev.vorrang.training.bert.BertArchive;
import dev.vorrang.training.bert.BertCheckpoint;
import dev.vorrang.training.bert.BertSize;
import dev.vorrang.training.bert.TensorFile;
import dev.vorrang.training.bert.WordPieces;
import dev.vorrang.training.mail.LargeTrainingSettings.Recipe;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.tensorflow.TensorFlow;

/**
 * Trains an adapter, which makes a mail model of a published BERT: low-rank matrices for the upper layers, and heads. The lower layers
 * are worked out once for all passes. A tenth of the rows, whole groups, is left out, and gives temperatures, thresholds and figures.
 */
public final class LargeTrainer {

    private static final MailCard.Limits LIMITS = new MailCard.Limits(500, 4_000);
    /** Longer mails are rare in training; the base has seen longer texts. */
    private static final int SERVED_LENGTH = 256;

    private static final int BATCH = 16;
    /** Batches whose rows are sorted by length together, so that little is padding. */
    private static final int BATCHES_OF_A_POOL = 16;

    private static final float SCALE = 2;
    /** Part of the steps in which the rate grows. */
    private static final double WARM_UP = 0.1;
    /** What a priority depends on most counts most; the other heads keep the layers from leaning on it alone. */
    private static final Map<String, Float> SHARES = Map.of("urgency", 1f);

    private static final float SHARE_OF_OTHERS = 0.5f;

    private final LargeTrainingSettings settings;
    private final TrainingProgress progress;

    /** A row and what the frozen layers make of it. */
    private record Row(LabelledMail mail, Tokens tokens, float[] hidden) {}

    public LargeTrainer(LargeTrainingSettings settings, TrainingProgress progress) {
        this.settings = settings;
        this.progress = progress;
    }

    /**
     * Trains and writes the adapter.
     *
     * @return its card
     * @throws dev.vorrang.training.TrainingDataException if data or base cannot be used; nothing is written then
     * @throws UncheckedIOException if the adapter cannot be written, or the base cannot be read
     */
    public AdapterCard train() {
        OutputFolder.requireEmpty(settings.out());
        LabelMap map = settings.mapping().map(LabelMap::read).orElseGet(LabelMap::none);
        DataSources sources = settings.sources().map(DataSources::read).orElseGet(DataSources::none);
        LabelledMails data = MailCsv.read(settings.data(), settings.columns(), map, Optional.empty());
        progress.read(data.notices());
        try {
            Path temporary = Files.createTempDirectory("vorrang-base");
            try {
                progress.stageStarted("unpacking the base", BertArchive.unpackedBytes(settings.base()));
                BertArchive base = BertArchive.unpack(settings.base(), temporary, progress::learned);
                try (BertCheckpoint checkpoint = base.checkpoint()) {
                    return train(data, sources, base, checkpoint);
                }
            } finally {
                MoreFiles.deleteRecursively(temporary, RecursiveDeleteOption.ALLOW_INSECURE);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("training has failed: " + e.getMessage(), e);
        }
    }

    private AdapterCard train(LabelledMails data, DataSources sources, BertArchive base, BertCheckpoint checkpoint)
            throws IOException {
        Recipe recipe = settings.recipe();
        BertSize size = checkpoint.size(recipe.layers());
        Split split = Split.folds(data, settings.seed()).get(0);
        progress.started(
                split.training().size(),
                split.validation().size(),
                (long) split.training().size() * recipe.epochs());
        progress.stageStarted("frozen layers", data.mails().size());
        Map<LabelledMail, Row> rows = rows(data.mails(), base, checkpoint, size);
        var shares = new LinkedHashMap<String, Float>();
        data.heads().keySet().forEach(head -> shares.put(head, SHARES.getOrDefault(head, SHARE_OF_OTHERS)));
        try (var network = new LargeNetwork(
                checkpoint, size, recipe, SCALE, data.labelCounts(), shares, earlier(), settings.seed())) {
            Assessment answers = learn(network, data, split, rows);
            return write(network, data, sources, size, base.lowerCase(), answers);
        }
    }

    private Map<String, TensorFile.Values> earlier() throws IOException {
        if (settings.from().isEmpty()) {
            return Map.of();
        }
        AdapterCard.read(settings.from().get());
        return TensorFile.read(settings.from().get().resolve(AdapterCard.WEIGHTS));
    }

    private static Map<LabelledMail, Row> rows(List<LabelledMail> mails, List<Tokens> tokens, List<float[]> hidden) {
        var rows = new IdentityHashMap<LabelledMail, Row>();
        for (int i = 0; i < mails.size(); i++) {
            rows.put(mails.get(i), new Row(mails.get(i), tokens.get(i), hidden.get(i)));
        }
        return rows;
    }

    private static MailCard.Tokens tokens(BertSize size, int longest) {
        return new MailCard.Tokens(
                Math.min(longest, size.positions()), size.vocabulary(), Optional.of(true), Optional.empty());
    }

    private Map<LabelledMail, Row> rows(
            List<LabelledMail> mails, BertArchive base, BertCheckpoint checkpoint, BertSize size) throws IOException {
        Path file = Files.writeString(
                base.folder().resolve("tokenizer.json"), WordPieces.json(base.vocabulary(), base.lowerCase()));
        List<Tokens> texts;
        try (var tokenizer =
                MailTokenizer.open(file, tokens(size, settings.recipe().maxLength()), LIMITS)) {
            texts = mails.stream().map(mail -> tokenizer.encode(mail.text())).toList();
        }
        return rows(mails, texts, FrozenLayers.of(checkpoint, size, settings.recipe(), texts, progress::learned));
    }

    /** What the network answers in the end to the rows that were left out. */
    private Assessment learn(LargeNetwork network, LabelledMails data, Split split, Map<LabelledMail, Row> rows) {
        Recipe recipe = settings.recipe();
        var random = new Random(settings.seed());
        var weights = new RowWeights(split.training(), data);
        List<Row> training =
                new ArrayList<>(split.training().stream().map(rows::get).toList());
        List<List<List<Row>>> passes = IntStream.range(0, recipe.epochs())
                .mapToObj(pass -> batches(training, random))
                .toList();
        long steps = passes.stream().mapToLong(List::size).sum();
        long step = 0;
        Assessment answers = Assessment.none(data);
        for (int epoch = 1; epoch <= recipe.epochs(); epoch++) {
            progress.stageStarted("pass " + epoch, training.size());
            double loss = 0;
            for (List<Row> batch : passes.get(epoch - 1)) {
                float rate = rate(step++, steps) * recipe.rate();
                loss += network.step(
                                new TokenBatch(batch.stream().map(Row::tokens).toList()),
                                batch.stream().map(Row::hidden).toList(),
                                wanted(batch, data, weights),
                                rate)
                        * batch.size();
                progress.learned(batch.size());
            }
            answers = answers(
                    network, data, split.validation().stream().map(rows::get).toList());
            progress.epochEnded(epoch, loss / training.size(), answers.loss());
        }
        return answers;
    }

    /** Grows over the first tenth of the steps, and falls to nothing over the others. */
    private static float rate(long step, long steps) {
        double growing = Math.max(1, WARM_UP * steps);
        return (float) (step < growing ? (step + 1) / growing : (steps - step) / (steps - growing));
    }

    private static List<List<Row>> batches(List<Row> rows, Random random) {
        Collections.shuffle(rows, random);
        var batches = new ArrayList<List<Row>>();
        for (List<Row> pool : Batches.of(rows, BATCH * BATCHES_OF_A_POOL)) {
            var sorted = new ArrayList<>(pool);
            sorted.sort(Comparator.comparingInt(row -> row.tokens().ids().length));
            batches.addAll(Batches.of(sorted, BATCH));
        }
        Collections.shuffle(batches, random);
        return batches;
    }

    private static Map<String, float[]> wanted(List<Row> batch, LabelledMails data, RowWeights weights) {
        List<LabelledMail> mails = batch.stream().map(Row::mail).toList();
        float[][] counts = weights.of(mails);
        var wanted = new LinkedHashMap<String, float[]>();
        int head = 0;
        for (Map.Entry<String, Integer> labels : data.labelCounts().entrySet()) {
            var values = new float[mails.size() * labels.getValue()];
            for (int row = 0; row < mails.size(); row++) {
                int label = mails.get(row).labels()[head];
                if (label >= 0) {
                    values[row * labels.getValue() + label] = counts[head][row];
                }
            }
            wanted.put(labels.getKey(), values);
            head++;
        }
        return wanted;
    }

    private static Assessment answers(LargeNetwork network, LabelledMails data, List<Row> rows) {
        Assessment answers = Assessment.none(data);
        var sorted = new ArrayList<>(rows);
        sorted.sort(Comparator.comparingInt(row -> row.tokens().ids().length));
        for (List<Row> batch : Batches.of(sorted, BATCH)) {
            answers.add(
                    batch.stream().map(Row::mail).toList(),
                    network.logits(
                            new TokenBatch(batch.stream().map(Row::tokens).toList()),
                            batch.stream().map(Row::hidden).toList()));
        }
        return answers;
    }

    private AdapterCard write(
            LargeNetwork network,
            LabelledMails data,
            DataSources sources,
            BertSize size,
            boolean lowerCase,
            Assessment answers)
            throws IOException {
        Recipe recipe = settings.recipe();
        Path file = settings.out().resolve(AdapterCard.WEIGHTS);
        Files.createDirectories(file.getParent());
        TensorFile.write(file, network.values());
        Map<String, MailCard.Head> heads = answers.heads(data, settings.precision());
        var card = new AdapterCard(
                settings.name(),
                settings.version(),
                AdapterCard.TASK,
                settings.description(),
                LargeModel.signature(data.labelCounts()),
                new AdapterCard.Base(
                        settings.basePath(),
                        Files.size(settings.base()),
                        ModelCards.sha256(settings.base()),
                        settings.baseLicence()),
                new AdapterCard.Encoder(
                        size.vocabulary(),
                        size.positions(),
                        size.width(),
                        size.layers(),
                        size.heads(),
                        size.inner(),
                        lowerCase,
                        recipe.frozen(),
                        recipe.rank(),
                        SCALE),
                heads,
                LIMITS,
                tokens(size, SERVED_LENGTH),
                new ModelCard.Training(
                        "TensorFlow " + TensorFlow.version() + ", adapter of rank " + recipe.rank(),
                        settings.seed(),
                        recipe.epochs(),
                        sources.describe(data)),
                answers.figures(data, heads),
                ModelCards.hashes(settings.out()),
                settings.languages());
        ModelCards.write(settings.out(), card);
        return card;
    }
}
