package dev.vorrang.training.mail;

import dev.vorrang.scoring.model.FeatureModel;
import dev.vorrang.scoring.model.ModelCard;
import dev.vorrang.scoring.model.ModelOptions;
import dev.vorrang.training.TrainingDataException;
import java.nio.file.Path;
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
 * The layers below the heads of a model that this program has trained, to go on learning from.
 *
 * @param card its card
 * @param shape sizes of the network
 * @param featureWeights how much each row of the table counts; 0 for rows that the model never saw a mail for
 * @param weights values of the table and of the hidden layer
 */
record EarlierModel(ModelCard card, NetworkShape shape, FeatureWeights featureWeights, Weights weights) {

    /**
     * What the rows of the table begin at, of what they were. Rows as long as they had become keep new labels from being told apart
     * where these mails are of another kind; at three tenths they still lie together as they did.
     */
    private static final float KEPT = 0.3f;

    /**
     * @param folder folder of one version
     * @throws dev.vorrang.scoring.model.ModelRefusedException if it cannot be loaded
     * @throws TrainingDataException if it is not a model of this program's own
     */
    static EarlierModel read(Path folder) {
        var options = new ModelOptions(List.of(), OptionalInt.empty(), OptionalInt.empty(), Optional.empty());
        ModelCard card;
        try (var checked = FeatureModel.load(folder, options)) {
            card = checked.card();
        }
        try (var bundle = SavedModelBundle.load(folder.toString())) {
            if (bundle.graph().operation(ServedTable.STEPS) == null) {
                throw new TrainingDataException(
                        "the layers of model " + card.name() + " at " + folder
                                + " cannot be fine-tuned: this program has not trained them; its heads can be, without --fine-tune");
            }
            return read(card, bundle);
        }
    }

    private static EarlierModel read(ModelCard card, SavedModelBundle bundle) {
        try (Result result = bundle.session()
                .runner()
                .fetch(MailNetwork.TABLE)
                .fetch(ServedTable.STEPS)
                .fetch(ServedTable.SQUARES)
                .fetch(MailNetwork.HIDDEN_BIAS)
                .run()) {
            var numbers = (TUint8) result.get(0);
            int rows = (int) numbers.shape().get(0);
            int width = (int) numbers.shape().get(1);
            float[] steps = floats((TFloat32) result.get(1));
            var squares = (TFloat16) result.get(2);
            var bytes = new byte[rows * width];
            numbers.asRawTensor().data().read(bytes);
            var featureWeights = new float[rows];
            var table = new float[rows * width];
            for (int row = 0; row < rows; row++) {
                featureWeights[row] = (float) Math.sqrt(squares.getFloat(row));
                float step = featureWeights[row] == 0 ? 0 : steps[row] / featureWeights[row];
                for (int i = row * width; i < (row + 1) * width; i++) {
                    table[i] = (Byte.toUnsignedInt(bytes[i]) - QuantisedTable.ZERO) * step;
                }
            }
            var values = new LinkedHashMap<String, float[]>();
            values.put(MailNetwork.TABLE, table);
            values.put(MailNetwork.HIDDEN_BIAS, floats((TFloat32) result.get(3)));
            return new EarlierModel(
                    card, new NetworkShape(rows, width), FeatureWeights.known(featureWeights), new Weights(values));
        }
    }

    private static float[] floats(TFloat32 tensor) {
        var values = new float[(int) tensor.size()];
        tensor.asRawTensor().data().asFloats().read(values);
        return values;
    }

    /**
     * Weights to begin with: these layers, the table at three tenths, and new heads. Rows that no mail has used yet begin by chance.
     *
     * @param labelCounts number of labels of each new head
     */
    Weights first(Map<String, Integer> labelCounts, long seed) {
        Weights initial = Weights.initial(shape, labelCounts, seed);
        float[] table = weights.values().get(MailNetwork.TABLE).clone();
        var random = new Random(seed);
        for (int row = 0; row < shape.rows(); row++) {
            for (int i = row * shape.width(); i < (row + 1) * shape.width(); i++) {
                table[i] = featureWeights.of(row) == 0 ? Weights.tableValue(random) : KEPT * table[i];
            }
        }
        return initial.with(weights).with(new Weights(Map.of(MailNetwork.TABLE, table)));
    }

    /** The geometric mean of the weights that this model's mails and the new ones give a row; where one has no mail for it, the other's. */
    FeatureWeights featureWeights(FeatureWeights ofNewMails) {
        float[] merged = ofNewMails.values().clone();
        for (int row = 0; row < merged.length; row++) {
            float earlier = featureWeights.of(row);
            if (earlier != 0) {
                merged[row] = merged[row] == 0 ? earlier : (float) Math.sqrt(merged[row] * earlier);
            }
        }
        return FeatureWeights.known(merged);
    }
}
