package dev.vorrang.training.mail;

import dev.vorrang.scoring.mail.model.FeatureModel;
import dev.vorrang.scoring.mail.model.MailCard;
import dev.vorrang.scoring.mail.model.TokenArrays;
import dev.vorrang.scoring.model.ModelCard;
import dev.vorrang.scoring.model.ModelCard.TensorSpec;
import dev.vorrang.scoring.model.ModelCards;
import dev.vorrang.training.bert.BertArchive;
import dev.vorrang.training.bert.BertCheckpoint;
import dev.vorrang.training.bert.BertEncoder;
import dev.vorrang.training.bert.BertSize;
import dev.vorrang.training.bert.BertVariables;
import dev.vorrang.training.bert.TensorFile;
import dev.vorrang.training.bert.WordPieces;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.Session;
import org.tensorflow.Signature;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * Writes a mail model that is made of a published base and an adapter, as a SavedModel that takes tokens. The adapter is merged into the
 * weights, so that it costs no time.
 */
public final class LargeModel {

    private static final String LOGITS = "logits.";
    private static final String PREDICT = "tensorflow/serving/predict";
    private static final Shape TOKENS = Shape.of(-1, -1);

    private LargeModel() {}

    /** Name of the matrix of a head. */
    static String headKernel(String head) {
        return "heads/" + head + "/kernel";
    }

    /** Name of the biases of a head. */
    static String headBias(String head) {
        return "heads/" + head + "/bias";
    }

    /** Weights of the heads by name; {@code width} is that of {@link BertEncoder#features}. */
    static Map<String, Shape> headShapes(Map<String, Integer> labelCounts, int width) {
        var shapes = new LinkedHashMap<String, Shape>();
        labelCounts.forEach((head, labels) -> {
            shapes.put(headKernel(head), Shape.of(width, labels));
            shapes.put(headBias(head), Shape.of(labels));
        });
        return shapes;
    }

    /** Logits of a head, {@code [batch, labels]}. */
    static Operand<TFloat32> logits(
            Ops tf, String head, Operand<TFloat32> features, Map<String, ? extends Operand<TFloat32>> weights) {
        return tf.nn.biasAdd(tf.linalg.matMul(features, weights.get(headKernel(head))), weights.get(headBias(head)));
    }

    /** The signature of a model with these heads, as its card states it. */
    static ModelCard.Signature signature(Map<String, Integer> labelCounts) {
        List<Long> tokens = List.of(-1L, -1L);
        return new ModelCard.Signature(
                List.of(
                        new TensorSpec(TokenArrays.INPUT_IDS, "int32", tokens),
                        new TensorSpec(TokenArrays.ATTENTION_MASK, "int32", tokens),
                        new TensorSpec(TokenArrays.TOKEN_TYPE_IDS, "int32", tokens)),
                new TreeMap<>(labelCounts)
                        .entrySet().stream()
                                .map(head -> new TensorSpec(
                                        LOGITS + head.getKey(), "float32", List.of(-1L, (long) head.getValue())))
                                .toList());
    }

    /**
     * Writes model, tokenizer and card.
     *
     * @param adapter folder of the adapter
     * @param base what has been unpacked of the base
     * @param out folder that is empty or new
     * @return the card
     * @throws IOException if it cannot be written, or the adapter cannot be read
     * @throws dev.vorrang.scoring.model.ModelRefusedException if the adapter is damaged
     * @throws dev.vorrang.training.TrainingDataException if the base is another than the adapter's
     */
    public static MailCard write(Path adapter, BertArchive base, Path out) throws IOException {
        AdapterCard card = AdapterCard.read(adapter);
        Map<String, TensorFile.Values> weights = TensorFile.read(adapter.resolve(AdapterCard.WEIGHTS));
        Files.createDirectories(out.resolve(ModelCards.TOKENIZER).getParent());
        Files.writeString(
                out.resolve(ModelCards.TOKENIZER),
                WordPieces.json(base.vocabulary(), card.encoder().lowerCase()));
        try (BertCheckpoint checkpoint = base.checkpoint()) {
            export(card, checkpoint, weights, out);
        }
        MailCard written = card.mailCard(out);
        ModelCards.write(out, written);
        return written;
    }

    private static void export(
            AdapterCard card, BertCheckpoint checkpoint, Map<String, TensorFile.Values> weights, Path out)
            throws IOException {
        BertSize size = card.encoder().size();
        int width = 2 * size.width();
        try (var graph = new Graph()) {
            Ops tf = Ops.create(graph);
            Placeholder<TInt32> ids =
                    tf.withName(TokenArrays.INPUT_IDS).placeholder(TInt32.class, Placeholder.shape(TOKENS));
            Placeholder<TInt32> mask =
                    tf.withName(TokenArrays.ATTENTION_MASK).placeholder(TInt32.class, Placeholder.shape(TOKENS));
            Placeholder<TInt32> types =
                    tf.withName(TokenArrays.TOKEN_TYPE_IDS).placeholder(TInt32.class, Placeholder.shape(TOKENS));
            var labelCounts = new TreeMap<String, Integer>();
            card.heads()
                    .forEach((head, each) -> labelCounts.put(head, each.labels().size()));
            var body = new BertVariables(tf, size.below(size.layers()));
            var heads = new BertVariables(tf, headShapes(labelCounts, width));
            var encoder = new BertEncoder(tf, size, body.byName());
            Operand<TFloat32> hidden = encoder.layers(0, size.layers(), encoder.embeddings(ids, types), mask);
            Operand<TFloat32> features =
                    tf.withName("pooled").ensureShape(encoder.features(hidden, mask), Shape.of(-1, width));
            Signature.Builder serving = signature(Signature.DEFAULT_KEY, ids, mask, types);
            Map<String, Variable<TFloat32>> ofHeads = heads.byName();
            labelCounts.keySet().forEach(head -> serving.output(LOGITS + head, logits(tf, head, features, ofHeads)));
            try (var session = new Session(graph)) {
                float scale = (float) card.encoder().scale();
                body.load(session, (name, shape) -> checkpoint.read(name, shape, weights, scale));
                heads.load(session, (name, shape) -> BertCheckpoint.tensor(weights.get(name)));
                SavedModelBundle.exporter(out.toString())
                        .withSession(session)
                        .withSignature(serving.build())
                        .withSignature(signature(FeatureModel.FEATURES, ids, mask, types)
                                .output(FeatureModel.FEATURES, features)
                                .build())
                        .export();
            }
        }
    }

    private static Signature.Builder signature(
            String key, Operand<TInt32> ids, Operand<TInt32> mask, Operand<TInt32> types) {
        return Signature.builder(key)
                .methodName(PREDICT)
                .input(TokenArrays.INPUT_IDS, ids)
                .input(TokenArrays.ATTENTION_MASK, mask)
                .input(TokenArrays.TOKEN_TYPE_IDS, types);
    }
}
