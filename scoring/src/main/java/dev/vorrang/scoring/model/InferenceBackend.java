package dev.vorrang.scoring.model;

import dev.vorrang.scoring.model.ModelCard.TensorSpec;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;

/**
 * Where a model computes: named arrays go in and come out. {@link SavedModelBackend} computes in this process; what calls a server
 * implements the same. How long a call may take is watched by the caller. Safe for use by several threads at once; whoever opened it
 * closes it, once and after the last call has returned.
 */
public interface InferenceBackend extends AutoCloseable {

    /** The signature that scores, by the name it has in a SavedModel. */
    String SERVING = "serving_default";

    /** What it is and where, for messages: {@code model at models/mail-triage/2}. */
    String location();

    /** What the model takes and gives, by the name of the signature. */
    Map<String, ModelCard.Signature> signatures();

    /**
     * Calls the model.
     *
     * @param signature name of one that it has
     * @param inputs an array for each input, by name
     * @return what comes back; the caller closes it
     * @throws RuntimeException if the call fails, whatever the backend says
     */
    Answer infer(String signature, Map<String, ModelArray> inputs);

    /**
     * Makes the first calls, which are slow, wherever the model computes.
     *
     * @throws ModelRefusedException if one fails; the backend is closed then
     */
    void warmUp(Runnable calls);

    /** As {@link #warmUp(Runnable)}, a call for each size. */
    default void warmUp(List<Integer> sizes, IntConsumer call) {
        warmUp(() -> sizes.forEach(call::accept));
    }

    /**
     * Whether the model has another signature, beside {@link #SERVING}.
     *
     * @param inputs what it must take
     * @param outputs what it must give
     * @throws ModelRefusedException if it takes or gives anything else; the backend is closed then
     */
    default boolean offers(String name, List<TensorSpec> inputs, List<TensorSpec> outputs) {
        ModelCard.Signature found = signatures().get(name);
        try {
            if (found != null) {
                SignatureCheck.verify(this, name, found, inputs, outputs);
            }
        } catch (RuntimeException e) {
            close();
            throw e;
        }
        return found != null;
    }

    @Override
    void close();

    /** Puts a model of a folder into service somewhere. */
    @FunctionalInterface
    interface Opener {

        /**
         * @return the backend; the caller closes it
         * @throws ModelRefusedException if anything is missing, damaged or not allowed; nothing stays open then
         */
        InferenceBackend open(Path folder, ModelCard card, ModelOptions options);

        /**
         * As {@link #open(Path, ModelCard, ModelOptions)}, with a look at the signature.
         *
         * @param inputs what the model must take
         * @param outputs what it must give
         */
        default InferenceBackend open(
                Path folder, ModelCard card, ModelOptions options, List<TensorSpec> inputs, List<TensorSpec> outputs) {
            InferenceBackend backend = open(folder, card, options);
            try {
                SignatureCheck.verify(backend, card, inputs, outputs);
            } catch (RuntimeException e) {
                backend.close();
                throw e;
            }
            return backend;
        }
    }

    /** What a call gave. Texts are decoded when they are asked for. Not safe for use by several threads. */
    interface Answer extends AutoCloseable {

        /**
         * Size of each dimension of an output.
         *
         * @throws IllegalStateException if there is no such output
         */
        int[] shape(String output);

        /** Values of a {@code float32} output in row-major order. */
        float[] floats(String output);

        /** Values of an {@code int64} output in row-major order. */
        long[] longs(String output);

        /** A value of a {@code string} output with one dimension, in UTF-8. */
        byte[] text(String output, int index);

        /**
         * Takes an output apart.
         *
         * @return {@code [batch][width]}
         * @throws IllegalStateException if the output has another shape
         */
        default float[][] rows(String output, int batch, int width) {
            requireShape(output, "", batch, width);
            float[] flat = floats(output);
            var rows = new float[batch][width];
            for (int row = 0; row < batch; row++) {
                System.arraycopy(flat, row * width, rows[row], 0, width);
            }
            return rows;
        }

        /**
         * @param why said at the end of the message, may be empty
         * @throws IllegalStateException if the output has another shape
         */
        default void requireShape(String output, String why, int... shape) {
            int[] actual = shape(output);
            if (!Arrays.equals(actual, shape)) {
                throw new IllegalStateException("output '" + output + "' of the model has the shape "
                        + Arrays.toString(actual) + " instead of " + Arrays.toString(shape) + why);
            }
        }

        @Override
        void close();
    }
}
