package dev.vorrang.training.mail;

import java.util.List;
import java.util.stream.Stream;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.NdArrays;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.TString;

/**
 * The sum of the rows of each word's n-grams in a model that serves. Most words of a mail are among some thousands, whose sums are made once, when the
 * model is loaded; only the others are taken to pieces for each batch. Where a sum comes from does not change it. Holds operations of a graph, and
 * nothing to close.
 */
final class WordParts {

    /** The larger, the fewer common words hide another. */
    private static final int BUCKETS_OF_A_WORD = 8;

    private final Ops tf;
    private final TextFeatures text;
    private final ServedTable table;
    private final int rows;
    private final long buckets;
    /** Place of the common word that each bucket of hashes is for; of one without it is 0. */
    private final Kept<TInt32> places;

    private final Kept<TInt64> hashes;
    private final Kept<TFloat32> sums;

    /**
     * @param table of the n-grams
     * @param columns of its rows
     * @param commonWords any, without repetition
     */
    WordParts(Ops tf, TextFeatures text, ServedTable table, int columns, List<String> commonWords) {
        this.tf = tf;
        this.text = text;
        this.table = table;
        rows = table.rowCount();
        // No mail has the empty word: what is sent to its place by chance is another.
        String[] listed = Stream.concat(Stream.of(""), commonWords.stream()).toArray(String[]::new);
        buckets = (long) listed.length * BUCKETS_OF_A_WORD;
        Operand<TString> words = tf.constant(NdArrays.vectorOfObjects(listed));
        Operand<TInt64> listedHashes = text.hashes(words);
        hashes = new Kept<>(tf, "parts.common.hashes", TInt64.class, Shape.of(listed.length), listedHashes);
        places = new Kept<>(
                tf,
                "parts.common.places",
                TInt32.class,
                Shape.of(buckets),
                tf.tensorScatterNdUpdate(
                        tf.zeros(tf.constant(new long[] {buckets}), TInt32.class),
                        tf.expandDims(bucket(listedHashes), tf.constant(1)),
                        tf.range(tf.constant(0), tf.constant(listed.length), tf.constant(1))));
        sums = new Kept<>(
                tf,
                "parts.common.sums",
                TFloat32.class,
                Shape.of(listed.length, columns),
                sums(table.rows().valueOnceFilled(), words));
    }

    /** Fills what is kept of the common words; to be run once when the variables have been restored. */
    List<Op> filling() {
        return List.of(hashes.filling(), places.filling(), sums.filling());
    }

    /** Of each word of a batch, {@code float32 [words, columns]}. */
    Operand<TFloat32> of(TextFeatures.Features features) {
        Operand<TInt32> candidates = tf.gather(places.value(), bucket(features.hashes()), tf.constant(0));
        Operand<TInt64> others =
                tf.where(tf.math.notEqual(tf.gather(hashes.value(), candidates, tf.constant(0)), features.hashes()));
        return tf.tensorScatterNdUpdate(
                tf.gather(sums.value(), candidates, tf.constant(0)),
                others,
                sums(table.rows().value(), tf.gatherNd(features.words(), others)));
    }

    private Operand<TInt64> bucket(Operand<TInt64> ofHashes) {
        return tf.math.floorMod(ofHashes, tf.constant(buckets));
    }

    private Operand<TFloat32> sums(Operand<TFloat32> tableRows, Operand<TString> words) {
        TextFeatures.Grams grams = text.grams(words);
        return tf.sparse.sparseSegmentSumWithNumSegments(
                tableRows, text.row(grams.numbers(), rows), grams.words(), tf.size(words));
    }
}
