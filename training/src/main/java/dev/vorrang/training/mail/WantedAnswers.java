package dev.vorrang.training.mail;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** What a head should answer to rows in training. Adds operations to a graph, and holds nothing. */
final class WantedAnswers {

    private WantedAnswers() {}

    /**
     * All on the label of each row; flat for what belongs nowhere (Hendrycks et al., Deep Anomaly Detection with Outlier Exposure,
     * 2019); zeros without a label.
     *
     * @param labels as {@link LabelledMail#labels()} has them, {@code [batch]}
     * @param count labels of the head
     * @return {@code float32 [batch, count]}
     */
    static Operand<TFloat32> of(Ops tf, Operand<TInt32> labels, int count) {
        Operand<TFloat32> label = tf.oneHot(labels, tf.constant(count), tf.constant(1f), tf.constant(0f));
        Operand<TFloat32> outside =
                tf.dtypes.cast(tf.math.equal(labels, tf.constant(LabelledMail.OUTSIDE)), TFloat32.class);
        return tf.math.add(label, tf.math.mul(tf.expandDims(outside, tf.constant(1)), tf.constant(1f / count)));
    }
}
