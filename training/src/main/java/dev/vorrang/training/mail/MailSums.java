package dev.vorrang.training.mail;

import java.util.List;
import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.index.Indices;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Stack;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;

/**
 * From the features of a batch to what a reading makes of each mail: the sum of the rows of its words, or of their parts, each as often as the word
 * counts, and of its pairs of words if they are read, divided by the root of the sum of the squares of their weights. The rows of a word's parts
 * are summed once for the batch. Holds operations of a graph, and nothing to close.
 */
final class MailSums {

    /** In place of the squares of a mail without any known feature. */
    private static final float NOTHING = 1e-6f;

    private final Ops tf;
    private final int width;
    private final TextFeatures.Features features;
    private final Operand<TFloat32> table;
    private final Optional<Operand<TInt64>> pairRows;
    private final Operand<TFloat32> words;
    private final Operand<TFloat32> times;
    private final Operand<TFloat32> norms;
    private final Operand<TFloat32> scaled;

    /** @param batch number of mails */
    MailSums(
            Ops tf,
            TextFeatures text,
            Reading reading,
            ServedTable served,
            NetworkShape.Table shape,
            TextFeatures.Features features,
            Operand<TInt32> batch) {
        this.tf = tf;
        this.width = shape.width();
        this.features = features;
        table = served.rows();
        times = tf.dtypes.cast(features.useTimes(), TFloat32.class);
        Operand<TFloat32> sums;
        if (reading == Reading.PARTS) {
            pairRows = Optional.empty();
            words = tf.sparse.sparseSegmentSumWithNumSegments(
                    table, text.row(features.grams(), shape.rows()), features.gramWords(), tf.size(features.words()));
            sums = ofWords(batch);
        } else {
            Operand<TInt64> rows = text.row(features.pairs(), shape.rows());
            pairRows = Optional.of(rows);
            words = tf.gather(table, text.row(features.wordFeatures(), shape.rows()), tf.constant(0));
            sums = tf.math.add(
                    ofWords(batch),
                    tf.sparse.sparseSegmentSumWithNumSegments(table, rows, features.pairMails(), batch));
        }
        Operand<TFloat32> squares = tf.stridedSlice(sums, Indices.all(), Indices.slice(width, width + 1));
        norms = tf.math.sqrt(tf.math.maximum(squares, tf.constant(NOTHING)));
        scaled = tf.math.div(columns(sums), norms);
    }

    /** Sum of the words of each mail, each as often as it counts. */
    private Operand<TFloat32> ofWords(Operand<TInt32> batch) {
        Operand<TInt64> size =
                tf.stack(List.of(tf.dtypes.cast(batch, TInt64.class), tf.size(features.words(), TInt64.class)));
        return tf.sparse.sparseTensorDenseMatMul(
                tf.stack(List.of(features.useMails(), features.uses()), Stack.axis(1L)), times, size, words);
    }

    /** {@code float32 [batch, width]}. */
    Operand<TFloat32> scaled() {
        return scaled;
    }

    /** What the sum of each mail is divided by, {@code float32 [batch, 1]}. */
    Operand<TFloat32> norms() {
        return norms;
    }

    /** Sum of the rows of each word of each mail, counted once, {@code float32 [uses, width + 1]}; the last column is that of the squares. */
    Operand<TFloat32> ofUses() {
        return tf.gather(words, features.uses(), tf.constant(0));
    }

    /** Row of each pair of words of each mail if they are read, {@code float32 [pairs, width + 1]}; the last column is that of the squares. */
    Optional<Operand<TFloat32>> ofPairs() {
        return pairRows.map(rows -> tf.gather(table, rows, tf.constant(0)));
    }

    private Operand<TFloat32> columns(Operand<TFloat32> rows) {
        return tf.stridedSlice(rows, Indices.all(), Indices.sliceTo(width));
    }
}
