package dev.vorrang.training.mail;

import dev.vorrang.scoring.mail.MailText;
import dev.vorrang.training.TrainingProgress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.IntSummaryStatistics;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How the network is trained, from first weights to last: so many rows, one after the other and again, while the step shrinks to a tenth. The same data,
 * weights and seed give the same result. Safe for use by several threads at once.
 *
 * @param data the heads, and what the rows are
 * @param features numbers of the features of each row, by its text itself
 * @param earlier the model whose layers it goes on from, if there is one
 * @param shape sizes of the network
 * @param rate first step of Adagrad, which shrinks to a tenth
 * @param seed seed of the rows' order and of what is left out by chance
 * @param progress hears how far it is; its methods are called under a lock on it
 */
record Lesson(
        LabelledMails data,
        Map<MailText, MailFeatures> features,
        Optional<EarlierModel> earlier,
        NetworkShape shape,
        float rate,
        long seed,
        TrainingProgress progress) {

    private static final int BATCH = 64;
    private static final int EVALUATION_BATCH = 256;
    private static final float LAST_SHARE_OF_RATE = 0.1f;

    /** Rows to learn from in all passes together, at most. */
    private static final int ROWS_LEARNED = 800_000;

    private static final int FEWEST_PASSES = 6;
    /** How often the rows set apart are looked at, at most. */
    private static final int MOST_LOOKS = 60;
    /** Looks without a loss that is lower by a two-hundredth after which no further pass is tried. */
    private static final int PATIENCE = 6;

    private static final double LOWER = 0.995;
    /** A loss that is higher by no more than this, as a share of what was learned, is as low. */
    private static final double AS_LOW = 0.004;
    /** A network whose steps shrink bears more passes than one that is looked at while they are large. */
    private static final double MORE_PASSES = 1.4;
    /** Rows between two looks, at least: so few rows of a small set change little, and it needs many passes. */
    private static final int ROWS_OF_A_LOOK = 3_000;

    /** The weights after the last pass, how much each feature counts, and what they answer to the rows that were set apart. */
    record Result(Weights weights, Map<Reading, FeatureWeights> featureWeights, Assessment assessment) {}

    /** The most passes that are worth trying. */
    int mostPasses(List<LabelledMail> training) {
        int rows = Math.max(1, sampler(training).passSize());
        return Math.max(FEWEST_PASSES, Math.min(MOST_LOOKS * passesOfALook(training), ROWS_LEARNED / rows));
    }

    /** Passes between two looks at the rows set apart. */
    private int passesOfALook(List<LabelledMail> training) {
        return Math.max(1, ROWS_OF_A_LOOK / Math.max(1, sampler(training).passSize()));
    }

    /** Rows of so many passes together. */
    long rows(List<LabelledMail> training, int passes) {
        return (long) sampler(training).passSize() * passes;
    }

    /**
     * As many passes as help, by the numbers after which the loss on all rows set apart was as low as it gets.
     *
     * @param first weights to begin with
     * @param trials one or more, to be tried side by side
     * @param most number of passes to try
     */
    int bestPasses(Weights first, List<Split> trials, int most) {
        var graphs = new ArrayList<TrainingGraph>();
        try {
            var runs = new ArrayList<Run>();
            for (Split trial : trials) {
                graphs.add(graph(first, featureWeights(trial.training())));
                runs.add(new Run(graphs.get(graphs.size() - 1), trial.training(), rows(trial.training(), most)));
            }
            int look = passesOfALook(trials.get(0).training());
            var losses = new TreeMap<Integer, Double>();
            int lower = 0;
            double last = Double.POSITIVE_INFINITY;
            for (int pass = 1; pass <= most && pass - lower <= PATIENCE * look; pass++) {
                progress.stageStarted(
                        "pass " + pass,
                        runs.stream().mapToLong(run -> run.sampler.passSize()).sum());
                double learned = runs.stream().mapToDouble(Run::pass).average().orElseThrow();
                if (pass % look != 0 && pass != most) {
                    continue;
                }
                double loss = loss(graphs, trials);
                synchronized (progress) {
                    progress.epochEnded(pass, learned, loss);
                }
                losses.put(pass, loss);
                if (loss < LOWER * last) {
                    last = loss;
                    lower = pass;
                }
            }
            return Math.min(most, bestPasses(losses, blindLoss()));
        } finally {
            graphs.forEach(TrainingGraph::close);
        }
    }

    /** The loss of answers that are flat. */
    private double blindLoss() {
        return data.labelCounts().values().stream().mapToDouble(Math::log).sum();
    }

    /** The middle, by ratio, of all numbers of passes whose loss was as low as the least, and some more. */
    static int bestPasses(SortedMap<Integer, Double> losses, double blindLoss) {
        double least = Collections.min(losses.values());
        double low = least + AS_LOW * Math.max(0, blindLoss - least);
        IntSummaryStatistics asLow = losses.entrySet().stream()
                .filter(tried -> tried.getValue() <= low)
                .mapToInt(Map.Entry::getKey)
                .summaryStatistics();
        return (int) Math.round(MORE_PASSES * Math.sqrt((double) asLow.getMin() * asLow.getMax()));
    }

    private double loss(List<TrainingGraph> graphs, List<Split> trials) {
        Assessment answers = Assessment.none(data);
        for (int i = 0; i < trials.size(); i++) {
            answers.addAll(answers(graphs.get(i), trials.get(i).validation()));
        }
        return answers.loss();
    }

    private TrainingGraph graph(Weights first, Map<Reading, FeatureWeights> weights) {
        var graph = new TrainingGraph(shape, data.labelCounts(), weights, seed);
        graph.load(first);
        return graph;
    }

    /**
     * @param first weights to begin with
     * @param training rows to learn from
     * @param validation rows to answer at the end, may be none
     */
    Result learn(Weights first, List<LabelledMail> training, List<LabelledMail> validation, int passes) {
        Map<Reading, FeatureWeights> weights = featureWeights(training);
        try (var graph = graph(first, weights)) {
            new Run(graph, training, rows(training, passes)).all();
            return new Result(graph.weights(), weights, answers(graph, validation));
        }
    }

    /** Only of the rows to learn from: a feature that none of them has will not count in service either. */
    private Map<Reading, FeatureWeights> featureWeights(List<LabelledMail> training) {
        var all = new EnumMap<Reading, FeatureWeights>(Reading.class);
        for (Reading reading : Reading.values()) {
            List<int[]> read = featuresOf(training).stream().map(reading::of).toList();
            FeatureWeights weights = FeatureWeights.of(
                    training, read, shape.of(reading).rows(), data.labelCounts().values());
            all.put(
                    reading,
                    earlier.map(model -> model.featureWeights(reading, weights)).orElse(weights));
        }
        return all;
    }

    private Sampler sampler(List<LabelledMail> training) {
        return new Sampler(training, data.pools(), new Random(seed));
    }

    /** Passes over the same rows, one after the other. */
    private final class Run {

        private final TrainingGraph graph;
        private final Sampler sampler;
        private final RowWeights balance;
        private final long budget;
        private long learned;
        private int passes;

        /** @param budget rows to learn from in all */
        Run(TrainingGraph graph, List<LabelledMail> training, long budget) {
            this.graph = graph;
            this.sampler = sampler(training);
            this.balance = new RowWeights(training, data);
            this.budget = budget;
        }

        void all() {
            while (learned < budget) {
                pass();
            }
        }

        /** @return mean loss of its steps */
        double pass() {
            passes++;
            List<LabelledMail> rows = sampler.pass();
            double sum = 0;
            for (List<LabelledMail> batch : Batches.of(rows, BATCH)) {
                float step = rate * (1 - (1 - LAST_SHARE_OF_RATE) * learned / budget);
                learned += batch.size();
                sum += graph.step(featuresOf(batch), batch, balance.of(batch), step) * batch.size();
                synchronized (progress) {
                    progress.learned(batch.size());
                }
            }
            double loss = sum / rows.size();
            if (!Double.isFinite(loss)) {
                throw new IllegalStateException("training has diverged in pass " + passes + ": the loss is " + loss);
            }
            return loss;
        }
    }

    private Assessment answers(TrainingGraph graph, List<LabelledMail> mails) {
        Assessment answers = Assessment.none(data);
        for (int from = 0; from < mails.size(); from += EVALUATION_BATCH) {
            List<LabelledMail> batch = mails.subList(from, Math.min(mails.size(), from + EVALUATION_BATCH));
            answers.add(batch, graph.logits(featuresOf(batch)));
        }
        return answers;
    }

    private List<MailFeatures> featuresOf(List<LabelledMail> mails) {
        return mails.stream().map(mail -> features.get(mail.text())).toList();
    }
}
