package dev.vorrang.scoring.mail.model;

import dev.vorrang.scoring.model.ModelCard;
import dev.vorrang.scoring.model.ModelCards;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.Session;
import org.tensorflow.Signature;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.Stack;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TString;

/** A real SavedModel that a test writes: the longer of subject and body wins, by their bytes. */
public final class TinyModel {

    static final List<String> LABELS = List.of("body", "subject");

    private TinyModel() {}

    /** Writes a sound model with its card. */
    public static MailCard write(Path folder) throws IOException {
        return write(folder, 0.01f);
    }

    /** @param scale what the lengths are multiplied by before the softmax; NaN makes a model that gives NaN */
    public static MailCard write(Path folder, float scale) throws IOException {
        try (var graph = new Graph()) {
            Ops tf = Ops.create(graph);
            Placeholder<TString> subject = tf.placeholder(TString.class, Placeholder.shape(Shape.of(-1)));
            Placeholder<TString> body = tf.placeholder(TString.class, Placeholder.shape(Shape.of(-1)));
            var variable = tf.withName("scale").variable(Shape.scalar(), TFloat32.class);
            var assign = tf.assign(variable, tf.constant(scale));
            Operand<TFloat32> lengths = tf.stack(List.of(length(tf, body), length(tf, subject)), Stack.axis(1L));
            var signature = Signature.builder()
                    .input("subject", subject)
                    .input("body", body)
                    .output("topic", tf.nn.softmax(tf.math.mul(lengths, variable)))
                    .build();
            try (var session = new Session(graph)) {
                session.runner().addTarget(assign).run().close();
                SavedModelBundle.exporter(folder.toString())
                        .withSession(session)
                        .withSignature(signature)
                        .export();
            }
        }
        MailCard card = card(LABELS, ModelCards.hashes(folder));
        ModelCards.write(folder, card);
        return card;
    }

    static MailCard card(List<String> labels, Map<String, String> files) {
        var batch = List.of(-1L);
        return new MailCard(
                "tiny",
                "1",
                MailCard.MAIL_TASK,
                "for tests",
                new ModelCard.Signature(
                        List.of(
                                new ModelCard.TensorSpec("subject", "string", batch),
                                new ModelCard.TensorSpec("body", "string", batch)),
                        List.of(new ModelCard.TensorSpec("topic", "float32", List.of(-1L, (long) labels.size())))),
                Map.of("topic", new MailCard.Head(labels, 1, 0.6)),
                new MailCard.Limits(100, 1_000),
                new ModelCard.Training("none", 0, 0, List.of()),
                List.of(),
                files);
    }

    static Operand<TFloat32> length(Ops tf, Operand<TString> text) {
        return tf.dtypes.cast(tf.strings.stringLength(text), TFloat32.class);
    }
}
