package dev.vorrang.scoring.model;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.tensorflow.Result;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.NdArray;
import org.tensorflow.ndarray.NdArrays;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.TString;

/** Named arrays as tensors of TensorFlow. Whoever makes one closes it. */
public final class TensorArrays implements AutoCloseable {

    private final Map<String, Tensor> tensors = new HashMap<>();

    public TensorArrays(Map<String, ModelArray> arrays) {
        arrays.forEach((name, array) -> tensors.put(name, tensor(array)));
    }

    /** The tensors by name; they stay this object's to close. */
    public Map<String, Tensor> byName() {
        return tensors;
    }

    @Override
    public void close() {
        tensors.values().forEach(Tensor::close);
    }

    private static Tensor tensor(ModelArray array) {
        Shape shape = Shape.of(Arrays.stream(array.shape()).asLongStream().toArray());
        if (array instanceof ModelArray.Floats floats) {
            return TFloat32.tensorOf(shape, DataBuffers.of(floats.values(), true, false));
        }
        if (array instanceof ModelArray.Ints ints) {
            return TInt32.tensorOf(shape, DataBuffers.of(ints.values(), true, false));
        }
        if (array instanceof ModelArray.Longs longs) {
            return TInt64.tensorOf(shape, DataBuffers.of(longs.values(), true, false));
        }
        return TString.tensorOfBytes(NdArrays.vectorOfObjects(((ModelArray.Texts) array).values()));
    }

    /** The outputs of a call, read from its tensors. */
    static InferenceBackend.Answer answer(Result result) {
        return new ResultAnswer(result, new HashMap<>());
    }

    private record ResultAnswer(Result result, Map<String, NdArray<byte[]>> texts) implements InferenceBackend.Answer {

        @Override
        public int[] shape(String output) {
            return Arrays.stream(tensor(output).shape().asArray())
                    .mapToInt(Math::toIntExact)
                    .toArray();
        }

        @Override
        public float[] floats(String output) {
            Tensor tensor = tensor(output);
            var values = new float[Math.toIntExact(tensor.size())];
            tensor.asRawTensor().data().asFloats().read(values);
            return values;
        }

        @Override
        public long[] longs(String output) {
            Tensor tensor = tensor(output);
            var values = new long[Math.toIntExact(tensor.size())];
            tensor.asRawTensor().data().asLongs().read(values);
            return values;
        }

        @Override
        public byte[] text(String output, int index) {
            return texts.computeIfAbsent(output, name -> ((TString) tensor(name)).asBytes())
                    .getObject(index);
        }

        private Tensor tensor(String output) {
            return result.get(output)
                    .orElseThrow(() -> new IllegalStateException("the model gave no output '" + output + "'"));
        }

        @Override
        public void close() {
            result.close();
        }
    }
}
