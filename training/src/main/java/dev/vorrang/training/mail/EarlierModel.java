package dev.vorrang.training.mail;

import dev.vorrang.scoring.mail.model.FeatureModel;
import dev.vorrang.scoring.mail.model.MailCard;
import dev.vorrang.scoring.model.ModelOptions;
import dev.vorrang.training.TrainingDataException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import org.tensorflow.Result;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.types.TFloat16;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TUint8;

/**
 * The layers below the heads of a branch of a model that this program has trained, to go on learning from.
 *
 * @param card its card
 * @param shape sizes of the network
 * @param featureWeights how much each row of the table of each reading counts; 0 for rows that the model never saw a mail for
 * @param weights values of the tables and of the hidden layers
 */
record EarlierModel(MailCard card, NetworkShape shape, Map<Reading, FeatureWeights> featureWeights, Weights weights) {

    /**
     * What the rows of the tables begin at, of what they were. Rows as long as they had become keep new labels from being told apart
     * where these mails are of another kind; at three tenths they still lie together as they did.
     */
    private static final float KEPT = 0.3f;

    /**
     * @param folder folder of one version
     * @param branches those wanted; of one that the model does not have there is none, nor of that of a head which had other labels
     * @param labels of each head
     * @throws dev.vorrang.scoring.model.ModelRefusedException if it cannot be loaded
     * @throws TrainingDataException if it is not a model of this program's own
     */
    static Map<Branch, EarlierModel> read(Path folder, List<Branch> branches, Map<String, List<String>> labels) {
        var options = new ModelOptions(List.of(), OptionalInt.empty(), OptionalInt.empty(), Optional.empty());
        MailCard card;
        try (var checked = FeatureModel.load(folder, options)) {
            card = checked.card();
        }
        try (var bundle = SavedModelBundle.load(folder.toString())) {
            if (bundle.graph().operation(ServedTable.steps(Reading.PARTS)) == null) {
                throw new TrainingDataException("the layers of model " + card.name() + " at " + folder
                        + " cannot be fine-tuned: this program has not trained them; its heads can be, without"
                        + " --fine-tune");
            }
            var models = new LinkedHashMap<Branch, EarlierModel>();
            for (Branch branch : branches) {
                boolean known = bundle.graph().operation(branch.variable(ServedTable.steps(Reading.PARTS))) != null;
                if (known && (!branch.own() || sameLabels(branch, card, labels))) {
                    models.put(branch, read(card, bundle, branch));
                }
            }
            return models;
        }
    }

    private static boolean sameLabels(Branch branch, MailCard card, Map<String, List<String>> labels) {
        return branch.heads().stream()
                .allMatch(head -> labels.get(head).equals(card.heads().get(head).labels()));
    }

    private static EarlierModel read(MailCard card, SavedModelBundle bundle, Branch branch) {
        var shapes = new EnumMap<Reading, NetworkShape.Table>(Reading.class);
        var featureWeights = new EnumMap<Reading, FeatureWeights>(Reading.class);
        var values = new LinkedHashMap<String, float[]>();
        for (Reading reading : Reading.values()) {
            try (Result result = bundle.session()
                    .runner()
                    .fetch(branch.variable(reading.table()))
                    .fetch(branch.variable(ServedTable.steps(reading)))
                    .fetch(branch.variable(ServedTable.squares(reading)))
                    .fetch(branch.variable(reading.hiddenBias()))
                    .run()) {
                var table = new QuantisedTable(
                        floats((TUint8) result.get(0)), floats((TFloat32) result.get(1)), floats((TFloat16)
                                result.get(2)));
                float[] hiddenBias = floats((TFloat32) result.get(3));
                shapes.put(reading, new NetworkShape.Table(table.steps().length, hiddenBias.length));
                featureWeights.put(reading, table.weights());
                values.put(reading.table(), table.table());
                values.put(reading.hiddenBias(), hiddenBias);
            }
        }
        var shape = new NetworkShape(shapes.get(Reading.PARTS), shapes.get(Reading.WORDS), branch.own());
        return new EarlierModel(card, shape, featureWeights, new Weights(values));
    }

    private static float[] floats(TUint8 tensor) {
        var bytes = new byte[(int) tensor.size()];
        tensor.asRawTensor().data().read(bytes);
        var values = new float[bytes.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = Byte.toUnsignedInt(bytes[i]);
        }
        return values;
    }

    private static float[] floats(TFloat16 tensor) {
        var values = new float[(int) tensor.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = tensor.getFloat(i);
        }
        return values;
    }

    private static float[] floats(TFloat32 tensor) {
        var values = new float[(int) tensor.size()];
        tensor.asRawTensor().data().asFloats().read(values);
        return values;
    }

    /**
     * Weights to begin with: these layers, the tables at three tenths, and new heads; rows that no mail has used yet begin by chance. A
     * linear branch goes on where it stood.
     *
     * @param labels number of labels of each head of the branch
     */
    Weights first(Map<String, Integer> labels, long seed) {
        if (shape.linear()) {
            return weights;
        }
        var random = new Random(seed);
        var values = new LinkedHashMap<String, float[]>();
        for (Reading reading : Reading.values()) {
            values.put(reading.table(), table(reading, random));
            values.put(reading.hiddenBias(), weights.values().get(reading.hiddenBias()));
        }
        return Weights.initial(shape, labels, seed).and(new Weights(values));
    }

    private float[] table(Reading reading, Random random) {
        FeatureWeights known = featureWeights.get(reading);
        float[] table = weights.values().get(reading.table()).clone();
        int width = shape.of(reading).width();
        for (int i = 0; i < table.length; i++) {
            table[i] = known.of(i / width) == 0 ? Weights.tableValue(random) : KEPT * table[i];
        }
        return table;
    }

    /**
     * The geometric mean of the weights that this model's mails and the new ones give a row of a reading's table; where one has no mail for it, the
     * other's.
     */
    FeatureWeights featureWeights(Reading reading, FeatureWeights ofNewMails) {
        float[] merged = ofNewMails.values().clone();
        for (int row = 0; row < merged.length; row++) {
            float earlier = featureWeights.get(reading).of(row);
            if (earlier != 0) {
                merged[row] = merged[row] == 0 ? earlier : (float) Math.sqrt(merged[row] * earlier);
            }
        }
        return FeatureWeights.known(merged);
    }
}
