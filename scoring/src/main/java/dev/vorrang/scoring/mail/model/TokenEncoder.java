package dev.vorrang.scoring.mail.model;

import dev.vorrang.scoring.mail.MailText;
import dev.vorrang.scoring.mail.model.MailTokenizer.Tokens;
import dev.vorrang.scoring.model.ModelCard.TensorSpec;
import dev.vorrang.scoring.model.ModelCards;
import dev.vorrang.scoring.model.ModelRefusedException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Feeds token ids, one call for each bucket of lengths that the batch has mails of, padded to the longest mail of the bucket. Owns
 * the tokenizer.
 */
final class TokenEncoder implements MailEncoder {

    private static final Set<String> TYPES = Set.of("int32", "int64");

    private final MailTokenizer tokenizer;
    private final LengthBuckets buckets;
    private final List<TensorSpec> inputs;

    private TokenEncoder(MailTokenizer tokenizer, LengthBuckets buckets, List<TensorSpec> inputs) {
        this.tokenizer = tokenizer;
        this.buckets = buckets;
        this.inputs = inputs;
    }

    static TokenEncoder of(Path folder, MailCard card, MailCard.Tokens tokens) {
        List<TensorSpec> inputs = inputs(folder, card);
        var buckets =
                tokens.buckets().map(LengthBuckets::new).orElseGet(() -> LengthBuckets.doubling(tokens.maxLength()));
        return new TokenEncoder(
                MailTokenizer.open(folder.resolve(ModelCards.TOKENIZER), tokens, card.limits()), buckets, inputs);
    }

    /** {@code input_ids} and {@code attention_mask}, {@code token_type_ids} if the card has it, all of the type it says. */
    private static List<TensorSpec> inputs(Path folder, MailCard card) {
        List<TensorSpec> stated = card.signature().inputs();
        String type = stated.stream()
                .filter(input -> input.name().equals(TokenArrays.INPUT_IDS))
                .map(TensorSpec::dtype)
                .findFirst()
                .orElseThrow(() -> new ModelRefusedException("model at " + folder + ": input '" + TokenArrays.INPUT_IDS
                        + "' is missing in its card, which has the part 'tokens'"));
        if (!TYPES.contains(type)) {
            throw new ModelRefusedException("model at " + folder + ": input '" + TokenArrays.INPUT_IDS + "' is " + type
                    + " in its card, allowed: int32 or int64");
        }
        boolean types = stated.stream().anyMatch(input -> input.name().equals(TokenArrays.TOKEN_TYPE_IDS));
        return Stream.of(TokenArrays.INPUT_IDS, TokenArrays.ATTENTION_MASK, TokenArrays.TOKEN_TYPE_IDS)
                .filter(name -> types || !name.equals(TokenArrays.TOKEN_TYPE_IDS))
                .map(name -> new TensorSpec(name, type, List.of(-1L, -1L)))
                .toList();
    }

    @Override
    public List<TensorSpec> inputs() {
        return inputs;
    }

    @Override
    public List<EncodedMails> encode(List<MailText> mails) {
        List<Tokens> tokens = mails.stream().map(tokenizer::encode).toList();
        int[] lengths = tokens.stream().mapToInt(mail -> mail.ids().length).toArray();
        return buckets.divide(lengths).stream()
                .map(places -> encoded(
                        places, Arrays.stream(places).mapToObj(tokens::get).toList()))
                .toList();
    }

    /** The largest id that the tokenizer can give: on a processor, a table that lacks it answers with an error. */
    @Override
    public List<EncodedMails> probes() {
        return List.of(encoded(new int[1], List.of(new Tokens(new long[] {tokenizer.largestId()}, new long[1]))));
    }

    @Override
    public List<MailText> warmUp() {
        // A word is a token or more, so each bucket is reached; what is too long is cut.
        return buckets.bounds().stream()
                .map(bound -> new MailText("Warm-up", "word ".repeat(bound / 2)))
                .toList();
    }

    @Override
    public void close() {
        tokenizer.close();
    }

    private EncodedMails encoded(int[] places, List<Tokens> tokens) {
        List<String> names = inputs.stream().map(TensorSpec::name).toList();
        boolean wide = inputs.get(0).dtype().equals("int64");
        return new EncodedMails(
                places, places.length, () -> TokenArrays.of(tokens, names, wide, tokenizer.paddingId()));
    }
}
