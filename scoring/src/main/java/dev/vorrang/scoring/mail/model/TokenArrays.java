package dev.vorrang.scoring.mail.model;

import dev.vorrang.scoring.mail.model.MailTokenizer.Tokens;
import dev.vorrang.scoring.model.ModelArray;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Token ids of some mails as arrays {@code [mails, longest]}: {@code input_ids}, {@code attention_mask} (1 for a token, 0 for
 * padding, which is on the right) and, if the model takes it, {@code token_type_ids}.
 */
public final class TokenArrays {

    public static final String INPUT_IDS = "input_ids";
    public static final String ATTENTION_MASK = "attention_mask";
    public static final String TOKEN_TYPE_IDS = "token_type_ids";

    private TokenArrays() {}

    /**
     * @param mails one or more
     * @param names which arrays the model takes
     * @param wide whether they are {@code int64}, else {@code int32}
     */
    static Map<String, ModelArray> of(List<Tokens> mails, List<String> names, boolean wide, int paddingId) {
        int longest = mails.stream().mapToInt(mail -> mail.ids().length).max().orElseThrow();
        var arrays = new HashMap<String, ModelArray>();
        for (String name : names) {
            long[] flat = mails.stream()
                    .flatMapToLong(mail -> Arrays.stream(row(name, mail, longest, paddingId)))
                    .toArray();
            arrays.put(
                    name,
                    wide
                            ? new ModelArray.Longs(flat, mails.size(), longest)
                            : new ModelArray.Ints(
                                    Arrays.stream(flat)
                                            .mapToInt(Math::toIntExact)
                                            .toArray(),
                                    mails.size(),
                                    longest));
        }
        return arrays;
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
}
