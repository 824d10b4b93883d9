package dev.vorrang.training.mail;

import dev.vorrang.scoring.mail.model.MailTokenizer.Tokens;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** Texts of different lengths side by side, padded to the longest. */
record TokenBatch(List<Tokens> texts) {

    int length() {
        return texts.stream().mapToInt(text -> text.ids().length).max().orElse(0);
    }

    private Shape shape() {
        return Shape.of(texts.size(), length());
    }

    /** {@code [batch, length]}, to be closed by the caller, as all tensors here. */
    TInt32 ids() {
        return ints(Tokens::ids);
    }

    TInt32 types() {
        return ints(Tokens::types);
    }

    TInt32 mask() {
        return ints(text -> {
            var ones = new long[text.ids().length];
            Arrays.fill(ones, 1);
            return ones;
        });
    }

    private TInt32 ints(Function<Tokens, long[]> part) {
        int length = length();
        var flat = new int[texts.size() * length];
        for (int row = 0; row < texts.size(); row++) {
            long[] values = part.apply(texts.get(row));
            for (int place = 0; place < values.length; place++) {
                flat[row * length + place] = (int) values[place];
            }
        }
        return TInt32.tensorOf(shape(), DataBuffers.of(flat, true, false));
    }

    /**
     * Hidden layers of the texts, padded with zeros.
     *
     * @param rows of each text, {@code [its length * width]}
     */
    TFloat32 hidden(List<float[]> rows, int width) {
        int length = length();
        var flat = new float[texts.size() * length * width];
        for (int row = 0; row < rows.size(); row++) {
            System.arraycopy(rows.get(row), 0, flat, row * length * width, rows.get(row).length);
        }
        return TFloat32.tensorOf(Shape.of((long) texts.size() * length, width), DataBuffers.of(flat, true, false));
    }

    /** The other way round: hidden layers of each text without padding. */
    List<float[]> rows(TFloat32 hidden, int width) {
        int length = length();
        var flat = new float[(int) hidden.size()];
        hidden.asRawTensor().data().asFloats().read(flat);
        return IntStream.range(0, texts.size())
                .mapToObj(row -> Arrays.copyOfRange(
                        flat,
                        row * length * width,
                        (row * length + texts.get(row).ids().length) * width))
                .toList();
    }
}
