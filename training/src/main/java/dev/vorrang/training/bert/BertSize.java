package dev.vorrang.training.bert;

import java.util.LinkedHashMap;
import java.util.Map;
import org.tensorflow.ndarray.Shape;

/**
 * How large an encoder is.
 *
 * @param vocabulary tokens that it knows
 * @param positions tokens of a text at most
 * @param width of the hidden layers
 * @param layers how many of them are used, the lowest ones
 * @param heads heads of attention, which divide the width
 * @param inner width of the feed-forward part of a layer
 */
public record BertSize(int vocabulary, int positions, int width, int layers, int heads, int inner) {

    /** The matrices of a layer, by the names of their checkpoint, behind {@code encoder/layer_N/}. */
    static final String QUERY = "attention/self/query";

    static final String KEY = "attention/self/key";
    static final String VALUE = "attention/self/value";
    static final String MIX = "attention/output/dense";
    static final String UP = "intermediate/dense";
    static final String DOWN = "output/dense";

    static final String ATTENTION_NORM = "attention/output/LayerNorm";
    static final String OUTPUT_NORM = "output/LayerNorm";
    static final String WORDS = "embeddings/word_embeddings";
    static final String POSITIONS = "embeddings/position_embeddings";
    static final String TYPES = "embeddings/token_type_embeddings";
    static final String EMBEDDINGS_NORM = "embeddings/LayerNorm";

    public BertSize {
        for (int number : new int[] {vocabulary, positions, width, layers, heads, inner}) {
            if (number < 1) {
                throw new IllegalArgumentException("a size of " + number + ", allowed: 1 or more");
            }
        }
        if (width % heads != 0) {
            throw new IllegalArgumentException(
                    "width " + width + " with " + heads + " heads of attention: must be a multiple");
        }
    }

    static String layer(int layer, String part) {
        return "encoder/layer_" + layer + "/" + part;
    }

    /** Matrices of a layer by name, {@code [from, to]}. */
    Map<String, Shape> matrices(int layer) {
        var shapes = new LinkedHashMap<String, Shape>();
        for (String part : new String[] {QUERY, KEY, VALUE, MIX}) {
            shapes.put(layer(layer, part), Shape.of(width, width));
        }
        shapes.put(layer(layer, UP), Shape.of(width, inner));
        shapes.put(layer(layer, DOWN), Shape.of(inner, width));
        return shapes;
    }

    /** Weights below the layers and of the lowest ones, by name. */
    public Map<String, Shape> below(int to) {
        Map<String, Shape> shapes = embeddings();
        shapes.putAll(layers(0, to));
        return shapes;
    }

    private Map<String, Shape> embeddings() {
        var shapes = new LinkedHashMap<String, Shape>();
        shapes.put(WORDS, Shape.of(vocabulary, width));
        shapes.put(POSITIONS, Shape.of(positions, width));
        shapes.put(TYPES, Shape.of(2, width));
        norm(shapes, EMBEDDINGS_NORM);
        return shapes;
    }

    /** Weights of some layers, by name. */
    public Map<String, Shape> layers(int from, int to) {
        var shapes = new LinkedHashMap<String, Shape>();
        for (int layer = from; layer < to; layer++) {
            matrices(layer).forEach((name, shape) -> {
                shapes.put(name + "/kernel", shape);
                shapes.put(name + "/bias", Shape.of(shape.get(1)));
            });
            norm(shapes, layer(layer, ATTENTION_NORM));
            norm(shapes, layer(layer, OUTPUT_NORM));
        }
        return shapes;
    }

    private void norm(Map<String, Shape> shapes, String name) {
        shapes.put(name + "/gamma", Shape.of(width));
        shapes.put(name + "/beta", Shape.of(width));
    }
}
