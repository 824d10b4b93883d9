package dev.vorrang.training.mail;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.index.Indices;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Stack;
import org.tensorflow.op.core.Unique;
import org.tensorflow.op.core.UniqueWithCounts;
import org.tensorflow.op.strings.Lower;
import org.tensorflow.op.strings.StringSplit;
import org.tensorflow.op.strings.UnicodeDecode;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.TString;

/**
 * The text work inside the graph: from the strings of a batch to hashed words, the character 2- to 5-grams within them, and pairs
 * of neighbouring words. A word counts for a mail as often as it comes, up to {@value #MOST_TIMES} times, so that repeating it wins
 * little; a pair counts once. Words are taken to pieces once for a batch. Pure: it adds operations to a graph and holds nothing.
 */
final class TextFeatures {

    /** Features are numbered below this prime before they are sent to the rows of a table; see {@link #row}. */
    static final int NUMBERS = Integer.MAX_VALUE;

    /** How often a word counts for a mail, at most. */
    static final int MOST_TIMES = 4;

    private static final long WORD_HASHES = 1L << 40;
    private static final int SHORTEST = 2;
    private static final int LONGEST = 5;
    /** An odd constant of 64 bits (the golden ratio), which spreads neighbouring characters; products may overflow. */
    private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;

    private final Ops tf;

    TextFeatures(Ops tf) {
        this.tf = tf;
    }

    /**
     * Features of a batch. All numbers of features lie in [0, {@link #NUMBERS}).
     *
     * @param words {@code string [words]}, the different words of the batch
     * @param hashes {@code int64 [words]}, the {@link #hashes} of these
     * @param uses {@code int64 [uses]}, place in {@code words} of each word of each mail
     * @param useMails {@code int64 [uses]}, the mail, ascending
     * @param useTimes {@code int64 [uses]}, how often the word counts for the mail, 1 to {@link #MOST_TIMES}
     * @param pairs {@code int64 [pairs]}, numbers of the pairs of neighbouring words of each mail
     * @param pairMails {@code int64 [pairs]}, the mail, ascending
     * @param occurrences {@code int64 [tokens]}, place in {@code uses} of each word as it comes in the text
     * @param pairAhead {@code int64 [tokens]}, place in {@code pairs} of the pair that begins there; of the last word of a mail
     *     it is that of another pair, which does not count
     * @param isPair {@code bool [tokens]}, whether a pair begins there
     */
    record Features(
            Operand<TString> words,
            Operand<TInt64> hashes,
            Operand<TInt64> uses,
            Operand<TInt64> useMails,
            Operand<TInt64> useTimes,
            Operand<TInt64> pairs,
            Operand<TInt64> pairMails,
            Operand<TInt64> occurrences,
            Operand<TInt64> pairAhead,
            Operand<TBool> isPair) {}

    /**
     * Character n-grams of words.
     *
     * @param numbers {@code int64 [grams]}
     * @param words {@code int64 [grams]}, place of the word that each is from, ascending
     */
    record Grams(Operand<TInt64> numbers, Operand<TInt64> words) {}

    /**
     * Subject and body as one text: lower case, addresses of pages and mailboxes as one word each, every digit a zero,
     * emoticons as words, and what is neither letter, mark nor digit as a space; there may be several between two words.
     *
     * @return {@code string [batch]} in UTF-8, bytes that are none replaced
     */
    Operand<TString> normalise(Operand<TString> subject, Operand<TString> body) {
        Operand<TString> joined =
                tf.strings.join(List.of(subject, body), org.tensorflow.op.strings.Join.separator("\n"));
        // It also replaces what is no UTF-8, and ends a text at its first NUL, of which MailArrays makes a space.
        Operand<TString> text = tf.strings.lower(joined, Lower.encoding("utf-8"));
        text = replace(text, "(https?://|www\\.)[^\\s]+", " weblink ");
        text = replace(text, "[^\\s@]+@[^\\s@]+\\.[^\\s@]+", " mailaddress ");
        text = replace(text, "[:;=]-?[)d]", " smilingface ");
        text = replace(text, "[:;=]-?[(]", " sadface ");
        text = replace(text, "\\pN", "0");
        text = replace(text, "([\\p{So}!?€$%])", " \\1 ");
        // Spaces stay as they are: most are alone, and to replace each by one takes 7 % of a call.
        text = replace(text, "[^\\pL\\pM\\pN\\p{So}!?€$%' ]+", " ");
        return tf.strings.strip(text);
    }

    /** @param text as {@link #normalise} gives it */
    Features of(Operand<TString> text) {
        StringSplit split = tf.strings.stringSplit(text, tf.constant(""));
        Operand<TInt64> mails = tf.stridedSlice(split.indices(), Indices.all(), Indices.at(0));
        Unique<TString, TInt64> different = tf.unique(split.values(), tf.constant(new int[] {0}), TInt64.class);
        Operand<TString> words = different.y();
        Operand<TInt64> hashes = hashes(words);

        Operand<TInt64> count = tf.math.maximum(tf.size(words, TInt64.class), tf.constant(1L));
        UniqueWithCounts<TInt64, TInt64> uses = tf.uniqueWithCounts(
                tf.math.add(tf.math.mul(mails, count), different.idx()), tf.constant(new int[] {0}), TInt64.class);

        Operand<TInt64> tokenHashes = tf.gather(hashes, different.idx(), tf.constant(0));
        Operand<TInt64> pairHashes = number(tf.math.add(
                tf.math.mul(tokenHashes, tf.constant(MULTIPLIER)),
                following(tokenHashes, 1).get(0)));
        Operand<TBool> isPair = tf.math.equal(mails, following(mails, 1).get(0));
        Operand<TInt64> pairPlaces = where(isPair);
        Operand<TInt64> numbers = tf.constant((long) NUMBERS);
        Unique<TInt64, TInt64> pairs = tf.unique(
                tf.math.add(
                        tf.math.mul(tf.gather(mails, pairPlaces, tf.constant(0)), numbers),
                        tf.gather(pairHashes, pairPlaces, tf.constant(0))),
                tf.constant(new int[] {0}),
                TInt64.class);
        // The n-th pair begins where n pairs have begun before.
        Operand<TInt64> nth = tf.math.cumsum(
                tf.dtypes.cast(isPair, TInt64.class), tf.constant(0), org.tensorflow.op.math.Cumsum.exclusive(true));
        Operand<TInt64> pairAhead = tf.gather(
                tf.concat(List.of(pairs.idx(), tf.constant(new long[] {0})), tf.constant(0)), nth, tf.constant(0));

        return new Features(
                words,
                hashes,
                tf.math.floorMod(uses.y(), count),
                tf.math.floorDiv(uses.y(), count),
                tf.math.minimum(uses.count(), tf.constant((long) MOST_TIMES)),
                tf.math.floorMod(pairs.y(), numbers),
                tf.math.floorDiv(pairs.y(), numbers),
                uses.idx(),
                pairAhead,
                isPair);
    }

    /** The row of a table of so many rows that a feature is sent to. */
    Operand<TInt64> row(Operand<TInt64> features, int rows) {
        return tf.math.floorMod(features, tf.constant((long) rows));
    }

    /** A hash of each word, by which it is told apart from all others, {@code int64 [words]}. */
    Operand<TInt64> hashes(Operand<TString> words) {
        return tf.strings.toHashBucketFast(words, WORD_HASHES);
    }

    /** Numbers of whole words. */
    Operand<TInt64> wordFeatures(Operand<TInt64> hashes) {
        return number(hashes);
    }

    /** Each run of 2 to 5 characters of each word, a space before and after it counted in. */
    Grams grams(Operand<TString> words) {
        Operand<TString> padded = tf.strings.join(List.of(tf.constant(" "), words, tf.constant(" ")));
        UnicodeDecode<TInt64> decoded =
                tf.strings.unicodeDecode(padded, "UTF-8", TInt64.class, UnicodeDecode.errors("replace"));
        Operand<TInt64> points = tf.dtypes.cast(decoded.charValues(), TInt64.class);
        Operand<TInt64> positions = tf.range(tf.constant(0L), tf.size(points, TInt64.class), tf.constant(1L));
        Operand<TInt64> owners = tf.math.sub(
                tf.squeeze(
                        tf.upperBound(
                                tf.expandDims(decoded.rowSplits(), tf.constant(0)),
                                tf.expandDims(positions, tf.constant(0)),
                                TInt64.class),
                        org.tensorflow.op.core.Squeeze.axis(List.of(0L))),
                tf.constant(1L));
        var grams = new ArrayList<Operand<TInt64>>();
        var valid = new ArrayList<Operand<TBool>>();
        Operand<TInt64> hash = points;
        List<Operand<TInt64>> nextPoints = following(points, LONGEST - 1);
        List<Operand<TInt64>> nextOwners = following(owners, LONGEST - 1);
        for (int length = SHORTEST; length <= LONGEST; length++) {
            hash = tf.math.add(tf.math.mul(hash, tf.constant(MULTIPLIER)), nextPoints.get(length - SHORTEST));
            grams.add(tf.math.add(hash, tf.constant((long) length)));
            valid.add(tf.math.equal(owners, nextOwners.get(length - SHORTEST)));
        }
        Operand<TInt64> kept = where(interleaved(valid));
        Operand<TInt64> repeated = interleaved(Collections.nCopies(grams.size(), owners));
        return new Grams(
                number(tf.gather(interleaved(grams), kept, tf.constant(0))), tf.gather(repeated, kept, tf.constant(0)));
    }

    /** The first of each, then the second of each, and so on. */
    private <T extends org.tensorflow.types.family.TType> Operand<T> interleaved(List<Operand<T>> values) {
        return tf.reshape(tf.stack(values, Stack.axis(1L)), tf.constant(new int[] {-1}));
    }

    private Operand<TInt64> number(Operand<TInt64> hashes) {
        return tf.math.floorMod(hashes, tf.constant((long) NUMBERS));
    }

    private Operand<TInt64> where(Operand<TBool> condition) {
        return tf.reshape(tf.where(condition), tf.constant(new int[] {-1}));
    }

    /** What follows each value: next, in two places and so on; -1, which is no character and no mail, follows the last. */
    private List<Operand<TInt64>> following(Operand<TInt64> values, int most) {
        var filler = new long[most];
        Arrays.fill(filler, -1);
        Operand<TInt64> longer = tf.concat(List.of(values, tf.constant(filler)), tf.constant(0));
        var following = new ArrayList<Operand<TInt64>>();
        for (int places = 1; places < most; places++) {
            following.add(tf.stridedSlice(longer, Indices.slice(places, places - most)));
        }
        following.add(tf.stridedSlice(longer, Indices.sliceFrom(most)));
        return following;
    }

    private Operand<TString> replace(Operand<TString> text, String pattern, String replacement) {
        return tf.strings.staticRegexReplace(text, pattern, replacement);
    }
}
