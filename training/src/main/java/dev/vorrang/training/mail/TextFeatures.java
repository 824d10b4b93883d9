package dev.vorrang.training.mail;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.index.Indices;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Stack;
import org.tensorflow.op.strings.Lower;
import org.tensorflow.op.strings.StringSplit;
import org.tensorflow.op.strings.UnicodeDecode;
import org.tensorflow.op.strings.UnicodeTranscode;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.TString;

/**
 * The text work inside the graph: from the strings of a batch to hashed word 1- and 2-grams and character 3- to 5-grams. Pure:
 * it adds operations to a graph and holds nothing.
 */
final class TextFeatures {

    private static final long WORD_HASHES = 1L << 40;
    private static final int SHORTEST = 3;
    private static final int LONGEST = 5;
    private static final long SPACE = ' ';
    /** An odd constant of 64 bits (the golden ratio), which spreads neighbouring characters; products may overflow. */
    private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;

    private final Ops tf;

    TextFeatures(Ops tf) {
        this.tf = tf;
    }

    /**
     * Features of a batch.
     *
     * @param ids {@code int64 [features]}, rows of a table
     * @param mails {@code int64 [features]}, the mail that each belongs to, ascending
     */
    record Bag(Operand<TInt64> ids, Operand<TInt64> mails) {}

    /**
     * Subject and body as one text: lower case, addresses of pages and mailboxes as one word each, every digit a zero,
     * emoticons as words, and what is neither letter, mark nor digit as a space.
     *
     * @return {@code string [batch]} in UTF-8, bytes that are none replaced
     */
    Operand<TString> normalise(Operand<TString> subject, Operand<TString> body) {
        Operand<TString> joined =
                tf.strings.join(List.of(subject, body), org.tensorflow.op.strings.Join.separator("\n"));
        Operand<TString> text = tf.strings.lower(
                tf.strings.unicodeTranscode(joined, "UTF-8", "UTF-8", UnicodeTranscode.errors("replace")),
                Lower.encoding("utf-8"));
        text = replace(text, "(https?://|www\\.)[^\\s]+", " weblink ");
        text = replace(text, "[^\\s@]+@[^\\s@]+\\.[^\\s@]+", " mailaddress ");
        text = replace(text, "[:;=]-?[)d]", " smilingface ");
        text = replace(text, "[:;=]-?[(]", " sadface ");
        text = replace(text, "\\pN", "0");
        text = replace(text, "([\\p{So}!?€$%])", " \\1 ");
        text = replace(text, "[^\\pL\\pM\\pN\\p{So}!?€$%']+", " ");
        return tf.strings.strip(text);
    }

    /** Each word, and each pair of neighbouring words. */
    Bag words(Operand<TString> text, int buckets) {
        StringSplit split = tf.strings.stringSplit(text, tf.constant(""));
        Operand<TInt64> mails = tf.stridedSlice(split.indices(), Indices.all(), Indices.at(0));
        Operand<TInt64> hashes = tf.strings.toHashBucketFast(split.values(), WORD_HASHES);
        Operand<TInt64> nextHashes = ahead(hashes, 1);
        Operand<TBool> sameMail = tf.math.equal(mails, ahead(mails, 1));
        Operand<TInt64> pairs = tf.math.add(tf.math.mul(hashes, tf.constant(MULTIPLIER)), nextHashes);
        Operand<TBool> always = tf.math.equal(mails, mails);
        return bag(List.of(hashes, pairs), List.of(always, sameMail), mails, buckets);
    }

    /** Each run of 3 to 5 characters within a word, a space before and after it counted in. */
    Bag characters(Operand<TString> text, int buckets) {
        Operand<TString> padded = tf.strings.join(List.of(tf.constant(" "), text, tf.constant(" ")));
        UnicodeDecode<TInt64> decoded =
                tf.strings.unicodeDecode(padded, "UTF-8", TInt64.class, UnicodeDecode.errors("replace"));
        Operand<TInt64> points = tf.dtypes.cast(decoded.charValues(), TInt64.class);
        Operand<TInt64> positions = tf.range(tf.constant(0L), tf.size(points, TInt64.class), tf.constant(1L));
        Operand<TInt64> mails = tf.math.sub(
                tf.squeeze(
                        tf.upperBound(
                                tf.expandDims(decoded.rowSplits(), tf.constant(0)),
                                tf.expandDims(positions, tf.constant(0)),
                                TInt64.class),
                        org.tensorflow.op.core.Squeeze.axis(List.of(0L))),
                tf.constant(1L));

        var grams = new java.util.ArrayList<Operand<TInt64>>();
        var valid = new java.util.ArrayList<Operand<TBool>>();
        Operand<TInt64> hash = points;
        Operand<TBool> within = tf.math.equal(mails, mails);
        for (int length = 2; length <= LONGEST; length++) {
            Operand<TInt64> point = ahead(points, length - 1);
            hash = tf.math.add(tf.math.mul(hash, tf.constant(MULTIPLIER)), point);
            within = tf.math.logicalAnd(within, tf.math.equal(mails, ahead(mails, length - 1)));
            if (length >= SHORTEST) {
                grams.add(tf.math.add(hash, tf.constant((long) length)));
                valid.add(within);
            }
            // A space may end a run, but nothing comes after it.
            within = tf.math.logicalAnd(within, tf.math.notEqual(point, tf.constant(SPACE)));
        }
        return bag(grams, valid, mails, buckets);
    }

    private Bag bag(List<Operand<TInt64>> ids, List<Operand<TBool>> valid, Operand<TInt64> mails, int buckets) {
        Operand<TInt64> flat = tf.shape.flatten(tf.stack(ids, Stack.axis(1L)), TInt64.class);
        Operand<TInt64> repeated = tf.shape.flatten(
                tf.stack(java.util.Collections.nCopies(ids.size(), mails), Stack.axis(1L)), TInt64.class);
        Operand<TInt64> kept = where(tf.shape.flatten(tf.stack(valid, Stack.axis(1L)), TInt64.class));
        Operand<TInt64> remainder = tf.math.floorMod(flat, tf.constant((long) buckets));
        return new Bag(tf.gather(remainder, kept, tf.constant(0)), tf.gather(repeated, kept, tf.constant(0)));
    }

    /** Leaves out features at random, so that no single one is relied on. */
    Bag thin(Bag bag, float dropped, long seed) {
        Operand<TBool> kept = tf.math.greaterEqual(
                tf.random.randomUniform(
                        tf.shape(bag.ids()),
                        org.tensorflow.types.TFloat32.class,
                        org.tensorflow.op.random.RandomUniform.seed(seed),
                        org.tensorflow.op.random.RandomUniform.seed2(seed + 1)),
                tf.constant(dropped));
        Operand<TInt64> positions = where(kept);
        return new Bag(
                tf.gather(bag.ids(), positions, tf.constant(0)), tf.gather(bag.mails(), positions, tf.constant(0)));
    }

    private Operand<TInt64> where(Operand<TBool> condition) {
        return tf.reshape(tf.where(condition), tf.constant(new int[] {-1}));
    }

    /** The values moved by some places to the front; -1, which is no character and no mail, follows the last. */
    private Operand<TInt64> ahead(Operand<TInt64> values, int places) {
        Operand<TInt64> filler = tf.fill(tf.constant(new int[] {places}), tf.constant(-1L));
        Operand<TInt64> longer = tf.concat(List.of(values, filler), tf.constant(0));
        return tf.stridedSlice(longer, Indices.sliceFrom(places));
    }

    private Operand<TString> replace(Operand<TString> text, String pattern, String replacement) {
        return tf.strings.staticRegexReplace(text, pattern, replacement);
    }
}
