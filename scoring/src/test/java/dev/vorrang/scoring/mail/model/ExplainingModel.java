package dev.vorrang.scoring.mail.model;

import dev.vorrang.scoring.model.ModelCards;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.Session;
import org.tensorflow.Signature;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.index.Indices;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.Stack;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.TString;

/**
 * A real SavedModel that a test writes, with the signature {@code explain}: {@link TinyModel}'s answers, and for each word of the
 * body its bytes less {@link #NEUTRAL} as its effect.
 */
final class ExplainingModel {

    /** A word of so many bytes has no effect. */
    static final float NEUTRAL = 4;

    private ExplainingModel() {}

    /** Changes the outputs of {@code explain}, by name, so that the model is a bad one. */
    @FunctionalInterface
    interface Change {
        void apply(Ops tf, Map<String, Operand<?>> outputs);
    }

    static void write(Path folder) throws IOException {
        write(folder, (tf, outputs) -> {});
    }

    static void write(Path folder, Change change) throws IOException {
        try (var graph = new Graph()) {
            Ops tf = Ops.create(graph);
            Placeholder<TString> subject = tf.placeholder(TString.class, Placeholder.shape(Shape.of(-1)));
            Placeholder<TString> body = tf.placeholder(TString.class, Placeholder.shape(Shape.of(-1)));
            Operand<TFloat32> topic = tf.nn.softmax(tf.math.mul(
                    tf.stack(List.of(TinyModel.length(tf, body), TinyModel.length(tf, subject)), Stack.axis(1L)),
                    tf.constant(0.01f)));
            var explained = new TreeMap<String, Operand<?>>();
            explained.put("topic", topic);
            var words = tf.strings.stringSplit(body, tf.constant(""));
            Operand<TInt64> mails = tf.stridedSlice(words.indices(), Indices.all(), Indices.at(0));
            explained.put("word", words.values());
            explained.put("mail", mails);
            explained.put("effect.topic", tf.math.sub(TinyModel.length(tf, words.values()), tf.constant(NEUTRAL)));
            change.apply(tf, explained);
            var explain =
                    Signature.builder().key("explain").input("subject", subject).input("body", body);
            explained.forEach(explain::output);
            var variable = tf.withName("unused").variable(Shape.scalar(), TFloat32.class);
            var assign = tf.assign(variable, tf.constant(0f));
            try (var session = new Session(graph)) {
                session.runner().addTarget(assign).run().close();
                SavedModelBundle.exporter(folder.toString())
                        .withSession(session)
                        .withSignature(Signature.builder()
                                .input("subject", subject)
                                .input("body", body)
                                .output("topic", topic)
                                .build())
                        .withSignature(explain.build())
                        .export();
            }
        }
        ModelCards.write(folder, TinyModel.card(TinyModel.LABELS, ModelCards.hashes(folder)));
    }
}
