package dev.vorrang.training.mail;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.index.Indices;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Stack;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;

/**
 * From the features of a batch to what a reading makes of each mail: the sum of its words, each as often as it counts, and of its pairs of words if they
 * are read, divided for each branch by the root of the sum of the squares of their weights. Holds operations of a graph, and nothing to close.
 */
final class MailSums {

    /** In place of the squares of a mail without any known feature. */
    private static final float NOTHING = 1e-6f;

    private final Ops tf;
    private final TextFeatures.Features features;
    private final Operand<TFloat32> words;
    private final Optional<Pairs> pairs;
    private final Columns columns;
    private final Map<Branch, Operand<TFloat32>> norms = new LinkedHashMap<>();
    private final Map<Branch, Operand<TFloat32>> scaled = new LinkedHashMap<>();

    /**
     * Rows of the pairs of words of each mail.
     *
     * @param table {@code float32 [rows, columns]}
     * @param rows {@code int64 [pairs]}
     */
    record Pairs(Operand<TFloat32> table, Operand<TInt64> rows) {}

    /**
     * @param batch number of mails
     * @param columns of the reading's tables
     * @param words what the reading makes of each word of the batch, {@code float32 [words, columns]}
     * @param pairs if they are read
     */
    MailSums(
            Ops tf,
            TextFeatures.Features features,
            Operand<TInt32> batch,
            Columns columns,
            Operand<TFloat32> words,
            Optional<Pairs> pairs) {
        this.tf = tf;
        this.features = features;
        this.words = words;
        this.pairs = pairs;
        this.columns = columns;
        Operand<TFloat32> ofWords = ofWords(batch);
        Operand<TFloat32> sums = pairs.map(read -> (Operand<TFloat32>) tf.math.add(
                        ofWords,
                        tf.sparse.sparseSegmentSumWithNumSegments(
                                read.table(), read.rows(), features.pairMails(), batch)))
                .orElse(ofWords);
        columns.first().forEach((branch, first) -> {
            int last = first + columns.width(branch);
            Operand<TFloat32> squares = tf.stridedSlice(sums, Indices.all(), Indices.slice(last, last + 1));
            norms.put(branch, tf.math.sqrt(tf.math.maximum(squares, tf.constant(NOTHING))));
            scaled.put(
                    branch,
                    tf.math.div(tf.stridedSlice(sums, Indices.all(), Indices.slice(first, last)), norms.get(branch)));
        });
    }

    /** Sum of the words of each mail, each as often as it counts. */
    private Operand<TFloat32> ofWords(Operand<TInt32> batch) {
        Operand<TInt64> size =
                tf.stack(List.of(tf.dtypes.cast(batch, TInt64.class), tf.size(features.words(), TInt64.class)));
        return tf.sparse.sparseTensorDenseMatMul(
                tf.stack(List.of(features.useMails(), features.uses()), Stack.axis(1L)),
                tf.dtypes.cast(features.useTimes(), TFloat32.class),
                size,
                words);
    }

    /** What a branch reads, {@code float32 [batch, width]}. */
    Operand<TFloat32> scaled(Branch branch) {
        return scaled.get(branch);
    }

    /** What the sum of each mail is divided by for a branch, {@code float32 [batch, 1]}. */
    Operand<TFloat32> norms(Branch branch) {
        return norms.get(branch);
    }

    /** Each word of each mail as a branch reads it, counted once, {@code float32 [uses, width + 1]}; the last column is that of the squares. */
    Operand<TFloat32> ofUses(Branch branch) {
        return tf.gather(ofBranch(words, branch), features.uses(), tf.constant(0));
    }

    /** Row of a branch for each pair of words of each mail if they are read, {@code float32 [pairs, width + 1]}; the last column is that of the squares. */
    Optional<Operand<TFloat32>> ofPairs(Branch branch) {
        return pairs.map(read -> ofBranch(tf.gather(read.table(), read.rows(), tf.constant(0)), branch));
    }

    private Operand<TFloat32> ofBranch(Operand<TFloat32> rows, Branch branch) {
        int first = columns.first(branch);
        return tf.stridedSlice(rows, Indices.all(), Indices.slice(first, first + columns.width(branch) + 1));
    }
}
