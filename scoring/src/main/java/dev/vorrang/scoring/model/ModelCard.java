package dev.vorrang.scoring.model;

import java.util.List;
import java.util.Map;

/**
 * What a model says of itself, kept as {@code assets.extra/model.json} beside the graph: what the cards of all models have. What a task
 * needs beside it stands in the card of its stream. Cards are read and written by {@link ModelCards}; one that exists is complete and
 * free of contradictions.
 */
public interface ModelCard {

    /** Letters, digits, dot, underscore and hyphen. */
    String name();

    /** The same characters. */
    String version();

    /** What the model does. */
    String task();

    /** A sentence for people, may be empty. */
    String description();

    /** What its graph takes and gives. */
    Signature signature();

    /** Where it comes from. */
    Training training();

    /** SHA-256 (64 hex digits) of each file that the model consists of, by path in its folder. */
    Map<String, String> files();

    /**
     * The graph's own signature, named {@code serving_default}.
     *
     * @param inputs what is fed
     * @param outputs what comes back
     */
    record Signature(List<TensorSpec> inputs, List<TensorSpec> outputs) {
        public Signature {
            inputs = List.copyOf(CardCheck.present("signature.inputs", inputs));
            outputs = List.copyOf(CardCheck.present("signature.outputs", outputs));
        }
    }

    /**
     * A tensor of the signature.
     *
     * @param name name in the signature
     * @param dtype {@code string}, {@code int32}, {@code int64} or {@code float32}
     * @param shape size of each dimension, -1 where it is open
     */
    record TensorSpec(String name, String dtype, List<Long> shape) {
        public TensorSpec {
            CardCheck.present("signature: name", name);
            CardCheck.present("signature: dtype of " + name, dtype);
            shape = List.copyOf(CardCheck.present("signature: shape of " + name, shape));
        }
    }

    /**
     * Where a model comes from.
     *
     * @param software what trained it, with its version
     * @param seed seed of the weights, the split and the order of the rows
     * @param epochs passes over the training part until the weights that were kept
     * @param data what it was trained on
     */
    record Training(String software, long seed, int epochs, List<DataSet> data) {
        public Training {
            CardCheck.present("training.software", software);
            data = List.copyOf(CardCheck.present("training.data", data));
        }
    }

    /**
     * A training set.
     *
     * @param name name of the set
     * @param rows rows that were used, the validation part included
     * @param licence its licence, or {@code not stated}
     * @param source where it comes from, or {@code not stated}
     * @param note how it was used, may be empty
     */
    record DataSet(String name, int rows, String licence, String source, String note) {
        public DataSet {
            CardCheck.present("training.data: name", name);
            CardCheck.present("training.data: licence of " + name, licence);
        }
    }
}
