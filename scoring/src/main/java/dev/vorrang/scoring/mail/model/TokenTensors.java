package dev.vorrang.scoring.mail.model;

import dev.vorrang.scoring.mail.model.MailTokenizer.Tokens;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;

/**
 * Token ids of some mails as tensors {@code [mails, longest]}: {@code input_ids}, {@code attention_mask} (1 for a token, 0 for
 * padding, which is on the right) and, if the model takes it, {@code token_type_ids}. Whoever makes one closes it.
 */
final class TokenTensors implements MailFeed {

    static final String INPUT_IDS = "input_ids";
    static final String ATTENTION_MASK = "attention_mask";
    static final String TOKEN_TYPE_IDS = "token_type_ids";

    private final Map<String, Tensor> tensors = new HashMap<>();

    /**
     * @param mails one or more
     * @param names which tensors the model takes
     * @param wide whether they are {@code int64}, else {@code int32}
     */
    TokenTensors(List<Tokens> mails, List<String> names, boolean wide, int paddingId) {
        int longest = mails.stream().mapToInt(mail -> mail.ids().length).max().orElseThrow();
        Shape shape = Shape.of(mails.size(), longest);
        for (String name : names) {
            var rows = new ArrayList<long[]>(mails.size());
            mails.forEach(mail -> rows.add(row(name, mail, longest, paddingId)));
            tensors.put(name, tensor(rows, shape, wide));
        }
    }

    @Override
    public Map<String, Tensor> byName() {
        return tensors;
    }

    @Override
    public void close() {
        tensors.values().forEach(Tensor::close);
    }

    private static long[] row(String name, Tokens mail, int longest, int paddingId) {
        int length = mail.ids().length;
        return switch (name) {
            case INPUT_IDS -> {
                long[] ids = Arrays.copyOf(mail.ids(), longest);
                Arrays.fill(ids, length, longest, paddingId);
                yield ids;
            }
            case ATTENTION_MASK -> {
                var mask = new long[longest];
                Arrays.fill(mask, 0, length, 1);
                yield mask;
            }
            case TOKEN_TYPE_IDS -> Arrays.copyOf(mail.types(), longest);
            default -> throw new IllegalArgumentException("input '" + name + "' is not made of tokens");
        };
    }

    private static Tensor tensor(List<long[]> rows, Shape shape, boolean wide) {
        long[] flat = rows.stream().flatMapToLong(Arrays::stream).toArray();
        return wide
                ? TInt64.tensorOf(shape, DataBuffers.of(flat))
                : TInt32.tensorOf(
                        shape,
                        DataBuffers.of(
                                Arrays.stream(flat).mapToInt(Math::toIntExact).toArray()));
    }
}
