package dev.vorrang.scoring.mail.model;

import dev.vorrang.scoring.model.ModelCard;
import dev.vorrang.scoring.model.ModelCards;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.Session;
import org.tensorflow.Signature;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.family.TNumber;

/**
 * A real SavedModel of tokens that a test writes. Its logits are the mean over the tokens of id/10 and of 1, so that a
 * padding token which is not masked would be seen.
 */
final class TinyTokenModel {

    static final List<String> LABELS = List.of("large", "small");
    static final int MAX_LENGTH = 40;

    private TinyTokenModel() {}

    /**
     * Writes the model without tokenizer and card.
     *
     * @param type of its inputs
     * @param vocabulary rows of its table
     * @param output {@code topic} for probabilities, otherwise it gives logits under that name
     */
    static <T extends TNumber> void write(Path folder, Class<T> type, int vocabulary, String output, boolean types)
            throws IOException {
        try (var graph = new Graph()) {
            Ops tf = Ops.create(graph);
            Placeholder<T> ids = tf.placeholder(type, Placeholder.shape(Shape.of(-1, -1)));
            Placeholder<T> mask = tf.placeholder(type, Placeholder.shape(Shape.of(-1, -1)));
            Placeholder<T> parts = tf.placeholder(type, Placeholder.shape(Shape.of(-1, -1)));
            var table = tf.withName("table").variable(Shape.of(vocabulary, 2), TFloat32.class);
            var rows = new float[vocabulary][2];
            for (int id = 0; id < vocabulary; id++) {
                rows[id] = new float[] {id / 10f, 1};
            }
            var assign = tf.assign(table, tf.constant(rows));
            Operand<TFloat32> weights = tf.expandDims(tf.dtypes.cast(mask, TFloat32.class), tf.constant(2));
            Operand<TFloat32> sum =
                    tf.reduceSum(tf.math.mul(tf.gather(table, ids, tf.constant(0)), weights), tf.constant(1));
            Operand<TFloat32> logits = tf.math.div(sum, tf.reduceSum(weights, tf.constant(1)));
            var signature = Signature.builder().input("input_ids", ids).input("attention_mask", mask);
            if (types) {
                Operand<TFloat32> body = tf.reduceSum(tf.dtypes.cast(parts, TFloat32.class), tf.constant(1));
                logits = tf.math.add(logits, tf.expandDims(body, tf.constant(1)));
                signature.input("token_type_ids", parts);
            }
            signature.output(output, output.equals("topic") ? tf.nn.softmax(logits) : logits);
            try (var session = new Session(graph)) {
                session.runner().addTarget(assign).run().close();
                SavedModelBundle.exporter(folder.toString())
                        .withSession(session)
                        .withSignature(signature.build())
                        .export();
            }
        }
    }

    /** Writes a card that fits the files in the folder. */
    static MailCard writeCard(
            Path folder, String type, MailCard.Tokens tokens, String output, double temperature, boolean types) {
        MailCard card = new MailCard(
                "tiny",
                "1",
                MailCard.MAIL_TASK,
                "for tests",
                new ModelCard.Signature(
                        Stream.of("input_ids", "attention_mask", "token_type_ids")
                                .filter(name -> types || !name.equals("token_type_ids"))
                                .map(name -> new ModelCard.TensorSpec(name, type, List.of(-1L, -1L)))
                                .toList(),
                        List.of(new ModelCard.TensorSpec(output, "float32", List.of(-1L, 2L)))),
                Map.of("topic", new MailCard.Head(LABELS, temperature, 0)),
                new MailCard.Limits(100, 1_000),
                new ModelCard.Training("none", 0, 0, List.of()),
                List.of(),
                ModelCards.hashes(folder),
                Optional.of(tokens));
        ModelCards.write(folder, card);
        return card;
    }

    static MailCard.Tokens tokens(int vocabulary) {
        return new MailCard.Tokens(MAX_LENGTH, vocabulary, Optional.empty(), Optional.empty());
    }
}
