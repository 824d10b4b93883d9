package dev.vorrang.training.mail;

import dev.vorrang.scoring.mail.model.WordEffects;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.ReduceSum;
import org.tensorflow.op.math.Mean;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;

/**
 * What each word of a mail did to the logit of the mail's best label, against the mean over the labels: gradient times input (Shrikumar
 * et al., Not Just a Black Box, 2016). As the hidden units are rectified or linear, the effects of all words and what the biases of the
 * head and of the active units do add up to just that. A pair of words is shared between its two. Holds operations of a graph, and nothing to close.
 */
final class WordEffectsGraph {

    private final Ops tf;
    private final Map<String, Integer> labelCounts;
    private final TextFeatures.Features features;
    private final List<Part> parts = new ArrayList<>();

    /**
     * What is the same for all heads of a branch, of one reading.
     *
     * @param against a row for each label of each head, one head behind the other: the gradient of its logit against the mean over the head's
     *     labels by the active hidden units, {@code float32 [labels, width + 1]}; zero in the last column, that of the squares
     * @param active 1 / norm of the mail where its unit is active, else 0, {@code float32 [batch, width + 1]}; in the last column any number
     */
    private record Part(
            Branch branch,
            Kept<TFloat32> against,
            Operand<TFloat32> active,
            Operand<TFloat32> uses,
            Optional<Operand<TFloat32>> pairs) {

        /** Place of a head's first label among those of all heads of the branch. */
        private long firstLabel(String head, Map<String, Integer> labelCounts) {
            return branch.heads().stream()
                    .takeWhile(other -> !other.equals(head))
                    .mapToLong(labelCounts::get)
                    .sum();
        }
    }

    /**
     * @param branches that of all heads first
     * @param sums of each reading
     */
    WordEffectsGraph(Ops tf, List<ServedBranch> branches, TextFeatures.Features features, Map<Reading, MailSums> sums) {
        this.tf = tf;
        this.features = features;
        labelCounts = branches.get(0).trained().labelCounts();
        for (ServedBranch each : branches) {
            Branch branch = each.trained().branch();
            sums.forEach((reading, sum) -> parts.add(new Part(
                    branch,
                    against(branches, each, reading),
                    tf.concat(
                            List.of(
                                    tf.math.div(
                                            each.network().active(each.hidden().get(reading)), sum.norms(branch)),
                                    sum.norms(branch)),
                            tf.constant(1)),
                    sum.ofUses(branch),
                    sum.ofPairs(branch))));
        }
    }

    private Kept<TFloat32> against(List<ServedBranch> branches, ServedBranch of, Reading reading) {
        Operand<TInt32> ofLabels = tf.constant(1);
        var heads = new ArrayList<Operand<TFloat32>>();
        for (String head : of.trained().branch().heads()) {
            Operand<TFloat32> weights = of.network().headWeights(reading, head);
            heads.add(tf.math.mul(
                    tf.math.sub(weights, tf.math.mean(weights, ofLabels, Mean.keepDims(true))),
                    tf.constant(reading.share() * ServedBranch.share(branches, of, head))));
        }
        Operand<TFloat32> all = heads.size() == 1 ? heads.get(0) : tf.concat(heads, ofLabels);
        Operand<TFloat32> columns = tf.pad(all, tf.constant(new int[][] {{0, 1}, {0, 0}}), tf.constant(0f));
        long width = of.trained().shape().of(reading).width();
        long labels = of.trained().labelCounts().values().stream()
                .mapToLong(Integer::longValue)
                .sum();
        return new Kept<>(
                tf,
                of.trained().branch().variable(reading.headsAgainst()),
                TFloat32.class,
                Shape.of(labels, width + 1),
                tf.linalg.transpose(columns, tf.constant(new int[] {1, 0})));
    }

    /** Fills what is kept of the heads; to be run once when the variables have been restored. */
    List<Op> filling() {
        return parts.stream().map(part -> part.against().filling()).toList();
    }

    /** Outputs of the signature {@code explain}: the heads' own, {@code word}, {@code mail} and an effect for each head. */
    Map<String, Operand<?>> outputs(
            Map<String, Operand<TFloat32>> probabilities, Map<String, Operand<TFloat32>> logits) {
        var outputs = new LinkedHashMap<String, Operand<?>>(probabilities);
        outputs.put(WordEffects.WORD, tf.gather(features.words(), features.uses(), tf.constant(0)));
        outputs.put(WordEffects.MAIL, tf.identity(features.useMails()));
        var shares = new PairShares();
        labelCounts
                .keySet()
                .forEach(head -> outputs.put(
                        WordEffects.EFFECT + head,
                        effects(head, tf.math.argMax(logits.get(head), tf.constant(1)), shares)));
        return outputs;
    }

    /** @param best label of each mail, as a number of the head */
    private Operand<TFloat32> effects(String head, Operand<TInt64> best, PairShares shares) {
        var ofUses = new ArrayList<Operand<TFloat32>>();
        var ofPairs = new ArrayList<Operand<TFloat32>>();
        for (Part part : parts) {
            if (!part.branch().heads().contains(head)) {
                continue;
            }
            Operand<TInt64> row = tf.math.add(best, tf.constant(part.firstLabel(head, labelCounts)));
            // Picked, not multiplied: a product would round by the size of the batch, and effects would not be the same
            // again.
            Operand<TFloat32> direction =
                    tf.math.mul(tf.gather(part.against().value(), row, tf.constant(0)), part.active());
            ofUses.add(along(direction, part.uses(), features.useMails()));
            part.pairs().ifPresent(pairs -> ofPairs.add(along(direction, pairs, features.pairMails())));
        }
        Operand<TFloat32> times = tf.dtypes.cast(features.useTimes(), TFloat32.class);
        return tf.math.add(tf.math.mul(times, tf.math.addN(ofUses)), shares.of(tf.math.addN(ofPairs)));
    }

    /** Inner product of each vector with the direction of its mail. */
    private Operand<TFloat32> along(Operand<TFloat32> direction, Operand<TFloat32> vectors, Operand<TInt64> mails) {
        return tf.reduceSum(
                tf.math.mul(vectors, tf.gather(direction, mails, tf.constant(0))),
                tf.constant(1),
                ReduceSum.keepDims(false));
    }

    /** What is the same for all heads of how pairs are shared out. */
    private final class PairShares {

        /** What each of its two words gets of the pair that begins with a word, 0 where none does; {@code float32 [tokens]}. */
        private final Operand<TFloat32> share;

        PairShares() {
            Operand<TFloat32> begins = tf.dtypes.cast(features.isPair(), TFloat32.class);
            Operand<TInt64> count = tf.math.add(tf.size(features.pairs(), TInt64.class), tf.constant(1L));
            Operand<TFloat32> times =
                    tf.math.maximum(tf.math.unsortedSegmentSum(begins, features.pairAhead(), count), tf.constant(1f));
            share = tf.math.mul(
                    begins, tf.gather(tf.math.div(tf.constant(0.5f), times), features.pairAhead(), tf.constant(0)));
        }

        /** Half of what each pair did for each of its words, in equal parts where it comes several times. */
        Operand<TFloat32> of(Operand<TFloat32> ofPairs) {
            // What is no pair may be sent behind the last one.
            Operand<TFloat32> andNone = tf.concat(List.of(ofPairs, tf.constant(new float[] {0})), tf.constant(0));
            Operand<TFloat32> half = tf.math.mul(share, tf.gather(andNone, features.pairAhead(), tf.constant(0)));
            // No pair begins with the last word, so the first has none behind it.
            Operand<TFloat32> behind = tf.roll(half, tf.constant(1), tf.constant(0));
            return tf.math.unsortedSegmentSum(
                    tf.math.add(half, behind), features.occurrences(), tf.size(features.uses(), TInt64.class));
        }
    }
}
