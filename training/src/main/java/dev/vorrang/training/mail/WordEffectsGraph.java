package dev.vorrang.training.mail;

import dev.vorrang.scoring.model.WordEffects;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.ReduceSum;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/**
 * What each word of a mail did to the logit of the mail's best label, against the mean over the labels: gradient times input (Shrikumar
 * et al., Not Just a Black Box, 2016). As the hidden units are rectified, the effects of all words and what the biases of the
 * head and of the active units do add up to just that. A pair of words is shared between its two. Holds operations of a graph, and nothing to close.
 */
final class WordEffectsGraph {

    private final Ops tf;
    private final MailNetwork network;
    private final TextFeatures.Features features;
    private final List<Part> parts = new ArrayList<>();

    /** What is the same for all heads, of one reading. */
    private record Part(
            Reading reading,
            Operand<TFloat32> active,
            Operand<TFloat32> norms,
            Operand<TFloat32> uses,
            Optional<Operand<TFloat32>> pairs) {}

    /**
     * @param sums of each reading
     * @param hidden layer of each reading
     */
    WordEffectsGraph(
            Ops tf,
            MailNetwork network,
            TextFeatures.Features features,
            Map<Reading, MailSums> sums,
            Map<Reading, Operand<TFloat32>> hidden) {
        this.tf = tf;
        this.network = network;
        this.features = features;
        sums.forEach((reading, sum) -> parts.add(new Part(
                reading,
                tf.dtypes.cast(tf.math.greater(hidden.get(reading), tf.constant(0f)), TFloat32.class),
                sum.norms(),
                sum.ofUses(),
                sum.ofPairs())));
    }

    /** Outputs of the signature {@code explain}: the heads' own, {@code word}, {@code mail} and an effect for each head. */
    Map<String, Operand<?>> outputs(
            Map<String, Operand<TFloat32>> probabilities, Map<String, Operand<TFloat32>> logits) {
        var outputs = new LinkedHashMap<String, Operand<?>>(probabilities);
        outputs.put(WordEffects.WORD, tf.gather(features.words(), features.uses(), tf.constant(0)));
        outputs.put(WordEffects.MAIL, tf.identity(features.useMails()));
        logits.forEach((head, logit) -> outputs.put(WordEffects.EFFECT + head, effects(head, logit)));
        return outputs;
    }

    private Operand<TFloat32> effects(String head, Operand<TFloat32> logits) {
        Operand<TInt64> best = tf.math.argMax(logits, tf.constant(1));
        var ofUses = new ArrayList<Operand<TFloat32>>();
        var ofPairs = new ArrayList<Operand<TFloat32>>();
        for (Part part : parts) {
            Operand<TFloat32> direction = direction(part, head, best);
            ofUses.add(along(direction, part.uses(), features.useMails()));
            part.pairs().ifPresent(pairs -> ofPairs.add(along(direction, pairs, features.pairMails())));
        }
        Operand<TFloat32> times = tf.dtypes.cast(features.useTimes(), TFloat32.class);
        return tf.math.add(tf.math.mul(times, tf.math.addN(ofUses)), shared(tf.math.addN(ofPairs)));
    }

    /** Gradient of the best logit against the mean, by the row of a feature: for each mail. */
    private Operand<TFloat32> direction(Part part, String head, Operand<TInt64> best) {
        Operand<TFloat32> weights = network.dense().get(part.reading().headWeights(head));
        Operand<TFloat32> against =
                tf.math.sub(weights, tf.math.mean(weights, tf.constant(1), org.tensorflow.op.math.Mean.keepDims(true)));
        // Picked, not multiplied: a product would round by the size of the batch, and a mail's effects would not be the
        // same again.
        Operand<TFloat32> ofBest =
                tf.gather(tf.linalg.transpose(against, tf.constant(new int[] {1, 0})), best, tf.constant(0));
        Operand<TFloat32> direction = tf.math.div(
                tf.math.mul(tf.math.mul(ofBest, tf.constant(part.reading().share())), part.active()), part.norms());
        // One more, for the column that is of no interest: a zero is cheaper than to cut that off all words.
        return tf.concat(List.of(direction, tf.zerosLike(part.norms())), tf.constant(1));
    }

    /** Inner product of each vector with the direction of its mail. */
    private Operand<TFloat32> along(Operand<TFloat32> direction, Operand<TFloat32> vectors, Operand<TInt64> mails) {
        return tf.reduceSum(
                tf.math.mul(vectors, tf.gather(direction, mails, tf.constant(0))),
                tf.constant(1),
                ReduceSum.keepDims(false));
    }

    /** Half of what each pair did for each of its words, in equal parts where it comes several times. */
    private Operand<TFloat32> shared(Operand<TFloat32> ofPairs) {
        Operand<TFloat32> begins = tf.dtypes.cast(features.isPair(), TFloat32.class);
        Operand<TFloat32> zero = tf.constant(new float[] {0});
        Operand<TInt64> pairCount = tf.math.add(tf.size(ofPairs, TInt64.class), tf.constant(1L));
        Operand<TFloat32> times =
                tf.math.maximum(tf.math.unsortedSegmentSum(begins, features.pairAhead(), pairCount), tf.constant(1f));
        Operand<TFloat32> half = tf.math.mul(
                begins,
                tf.gather(
                        tf.math.div(
                                tf.math.mul(tf.concat(List.of(ofPairs, zero), tf.constant(0)), tf.constant(0.5f)),
                                times),
                        features.pairAhead(),
                        tf.constant(0)));
        Operand<TFloat32> behind = tf.stridedSlice(
                tf.concat(List.of(zero, half), tf.constant(0)), org.tensorflow.ndarray.index.Indices.sliceTo(-1));
        return tf.math.unsortedSegmentSum(
                tf.math.add(half, behind), features.occurrences(), tf.size(features.uses(), TInt64.class));
    }
}
