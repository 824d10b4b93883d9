package dev.vorrang.training.mail;

import dev.vorrang.training.TrainingProgress;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * New heads that learn from some rows, pass after pass. Owns a graph; for one thread; whoever makes one closes it.
 */
final class HeadCourse implements AutoCloseable {

    private static final int BATCH = 32;
    private static final float RATE = 0.1f;
    /** A small set is gone through several times in a pass. */
    private static final int ROWS_OF_A_PASS = 1_000;

    private final Map<LabelledMail, float[]> features;
    private final LabelledMails data;
    private final TrainingProgress progress;
    private final HeadGraph graph;
    private final RowWeights balance;
    private final Sampler sampler;
    private final int repeats;

    /**
     * @param features scaled features of every row, by the row itself
     * @param training rows to learn from
     */
    HeadCourse(
            Map<LabelledMail, float[]> features,
            List<LabelledMail> training,
            LabelledMails data,
            long seed,
            TrainingProgress progress) {
        this.features = features;
        this.data = data;
        this.progress = progress;
        balance = new RowWeights(training, data);
        sampler = new Sampler(training, data.pools(), new Random(seed));
        repeats = Math.max(1, ROWS_OF_A_PASS / Math.max(1, sampler.passSize()));
        graph = new HeadGraph(features.get(training.get(0)).length, data.labelCounts());
    }

    /** Rows that a pass learns from. */
    long rowsOfAPass() {
        return (long) sampler.passSize() * repeats;
    }

    /** @return mean loss of its steps */
    double pass() {
        double sum = 0;
        for (int repeat = 0; repeat < repeats; repeat++) {
            List<LabelledMail> rows = sampler.pass();
            for (List<LabelledMail> batch : Batches.of(rows, BATCH)) {
                sum += graph.step(table(batch), batch, balance.of(batch), RATE) * batch.size();
                progress.learned(batch.size());
            }
        }
        return sum / rowsOfAPass();
    }

    /** What the heads answer now. */
    Assessment answers(List<LabelledMail> mails) {
        Assessment answers = Assessment.none(data);
        answers.add(mails, graph.logits(table(mails)));
        return answers;
    }

    /** The heads now, by name. */
    Map<String, LinearHead> heads() {
        return graph.heads();
    }

    private float[][] table(List<LabelledMail> mails) {
        return mails.stream().map(features::get).toArray(float[][]::new);
    }

    @Override
    public void close() {
        graph.close();
    }
}
