package dev.vorrang.training.mail;

import dev.vorrang.scoring.mail.model.FeatureModel;
import dev.vorrang.scoring.mail.model.MailArrays;
import dev.vorrang.scoring.mail.model.WordEffects;
import dev.vorrang.scoring.model.ModelCard;
import dev.vorrang.scoring.model.ModelCard.TensorSpec;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.Session;
import org.tensorflow.Signature;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.proto.SavedModel;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.TString;

/**
 * Writes trained weights as a SavedModel, from a graph of its own that has nothing of the training in it. Its signatures are
 * {@code serving_default}, {@code explain} and {@code features}.
 */
final class ServingModel {

    private static final String PREDICT = "tensorflow/serving/predict";
    /** What TensorFlow looks for when it has restored the variables. */
    private static final String INIT = "__saved_model_init_op";

    private ServingModel() {}

    /**
     * @param branches that of all heads first; their tables of a reading have the same number of rows
     * @param commonWords words that many mails have, which are scored faster
     * @param temperatures of each head; the logits are divided by it before the softmax
     * @param folder folder of the version, must not hold a model yet
     * @throws IOException if it cannot be written
     */
    static void export(
            List<TrainedBranch> branches, List<String> commonWords, Map<String, Double> temperatures, Path folder)
            throws IOException {
        var shapes = new LinkedHashMap<Branch, NetworkShape>();
        branches.forEach(trained -> shapes.put(trained.branch(), trained.shape()));
        try (var graph = new Graph()) {
            Ops tf = Ops.create(graph);
            Placeholder<TString> subject =
                    tf.withName(MailArrays.SUBJECT).placeholder(TString.class, Placeholder.shape(Shape.of(-1)));
            Placeholder<TString> body =
                    tf.withName(MailArrays.BODY).placeholder(TString.class, Placeholder.shape(Shape.of(-1)));
            // Before the tables: a model's file has its variables in this order, and rebuilt models the same file.
            List<MailNetwork> networks = branches.stream()
                    .map(trained ->
                            new MailNetwork(tf, trained.branch()::variable, trained.shape(), trained.labelCounts()))
                    .toList();
            var text = new TextFeatures(tf);
            TextFeatures.Features features = text.of(text.normalise(subject, body));
            Operand<TInt32> batch = tf.size(subject);
            var tables = new EnumMap<Reading, ServedTable>(Reading.class);
            var columns = new EnumMap<Reading, Columns>(Reading.class);
            var sums = new EnumMap<Reading, MailSums>(Reading.class);
            for (Reading reading : Reading.values()) {
                tables.put(reading, new ServedTable(tf, reading, shapes));
                columns.put(reading, Columns.of(reading, shapes));
            }
            var parts = new WordParts(
                    tf,
                    text,
                    tables.get(Reading.PARTS),
                    columns.get(Reading.PARTS).all(),
                    commonWords);
            sums.put(
                    Reading.PARTS,
                    new MailSums(
                            tf, features, batch, columns.get(Reading.PARTS), parts.of(features), Optional.empty()));
            sums.put(
                    Reading.WORDS,
                    words(tf, text, tables.get(Reading.WORDS), columns.get(Reading.WORDS), features, batch));

            var served = new ArrayList<ServedBranch>();
            for (int branch = 0; branch < branches.size(); branch++) {
                served.add(ServedBranch.of(branches.get(branch), networks.get(branch), sums));
            }
            var probabilities = new LinkedHashMap<String, Operand<TFloat32>>();
            var logits = new LinkedHashMap<String, Operand<TFloat32>>();
            for (String head : branches.get(0).labelCounts().keySet()) {
                Operand<TFloat32> output = ServedBranch.logits(tf, served, head);
                logits.put(head, output);
                probabilities.put(
                        head,
                        tf.nn.softmax(tf.math.div(
                                output, tf.constant(temperatures.get(head).floatValue()))));
            }
            var effects = new WordEffectsGraph(tf, served, features, sums);
            Operand<TFloat32> layers = tf.concat(
                    served.stream()
                            .flatMap(branch -> branch.hidden().values().stream())
                            .toList(),
                    tf.constant(1));
            Op filling = tf.withName("fill")
                    .withControlDependencies(Stream.of(
                                    tables.values().stream()
                                            .map(table -> table.rows().filling()),
                                    parts.filling().stream(),
                                    effects.filling().stream())
                            .flatMap(filled -> filled)
                            .toList())
                    .noOp();
            try (var session = new Session(graph)) {
                load(tf, session, served, tables.values());
                SavedModelBundle.exporter(folder.toString())
                        .withSession(session)
                        .withSignature(signature(Signature.DEFAULT_KEY, subject, body, probabilities))
                        .withSignature(
                                signature(WordEffects.SIGNATURE, subject, body, effects.outputs(probabilities, logits)))
                        .withSignature(
                                signature(FeatureModel.FEATURES, subject, body, Map.of(FeatureModel.FEATURES, layers)))
                        .export();
            }
            initialiseBy(filling, folder);
        }
    }

    private static void load(Ops tf, Session session, List<ServedBranch> served, Collection<ServedTable> tables) {
        var values = new VariableValues(tf);
        tables.forEach(table -> table.addTo(values));
        var all = new LinkedHashMap<String, float[]>();
        for (ServedBranch each : served) {
            Branch branch = each.trained().branch();
            each.network()
                    .dense()
                    .forEach((name, variable) -> values.add(branch.variable(name), variable, TFloat32.class));
            Weights weights = each.trained().weights();
            for (Reading reading : Reading.values()) {
                weights = weights.and(ServedTable.values(reading, each.trained()));
            }
            weights.values().forEach((name, value) -> all.put(branch.variable(name), value));
        }
        values.load(session, new Weights(all));
    }

    private static MailSums words(
            Ops tf,
            TextFeatures text,
            ServedTable table,
            Columns columns,
            TextFeatures.Features features,
            Operand<TInt32> batch) {
        Operand<TFloat32> values = table.rows().value();
        Operand<TInt64> rows = text.row(text.wordFeatures(features.hashes()), table.rowCount());
        var pairs = new MailSums.Pairs(values, text.row(features.pairs(), table.rowCount()));
        return new MailSums(tf, features, batch, columns, tf.gather(values, rows, tf.constant(0)), Optional.of(pairs));
    }

    private static Signature signature(
            String key, Operand<TString> subject, Operand<TString> body, Map<String, ? extends Operand<?>> outputs) {
        Signature.Builder signature = Signature.builder(key)
                .methodName(PREDICT)
                .input(MailArrays.SUBJECT, subject)
                .input(MailArrays.BODY, body);
        outputs.forEach(signature::output);
        return signature.build();
    }

    /** Has an operation run whenever the model is loaded. */
    private static void initialiseBy(Op operation, Path folder) throws IOException {
        Path file = folder.resolve("saved_model.pb");
        SavedModel.Builder model;
        try (InputStream in = Files.newInputStream(file)) {
            model = SavedModel.parseFrom(in).toBuilder();
        }
        model.getMetaGraphsBuilder(0)
                .putSignatureDef(
                        INIT,
                        SignatureDef.newBuilder()
                                .putOutputs(
                                        INIT,
                                        TensorInfo.newBuilder()
                                                .setName(operation.op().name())
                                                .build())
                                .build());
        Files.write(file, model.build().toByteArray());
    }

    /** The signature of a model with these heads, as its card states it. */
    static ModelCard.Signature signature(Map<String, Integer> labelCounts) {
        List<Long> batch = List.of(-1L);
        return new ModelCard.Signature(
                List.of(
                        new TensorSpec(MailArrays.SUBJECT, "string", batch),
                        new TensorSpec(MailArrays.BODY, "string", batch)),
                new TreeMap<>(labelCounts)
                        .entrySet().stream()
                                .map(head -> new TensorSpec(
                                        head.getKey(),
                                        "float32",
                                        List.of(-1L, head.getValue().longValue())))
                                .toList());
    }
}
