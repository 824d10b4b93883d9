package dev.vorrang.scoring.mail.model;

import dev.vorrang.scoring.mail.MailPrediction.WordEffect;
import dev.vorrang.scoring.model.InferenceBackend;
import dev.vorrang.scoring.model.InferenceBackend.Answer;
import dev.vorrang.scoring.model.ModelCard.TensorSpec;
import dev.vorrang.scoring.model.ModelRefusedException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The signature of a mail model that also says which words moved it. It takes what the default one takes and gives what that gives
 * under the same names, and for all words of the batch:
 *
 * <ul>
 *   <li>{@code word} ({@code string [words]}): the word in UTF-8, as the model read it
 *   <li>{@code mail} ({@code int64 [words]}): index of its mail in the batch, ascending
 *   <li>{@code effect.<head>} ({@code float32 [words]}) for each head: what the word added to the logit of the mail's best label,
 *       against the mean over the labels
 * </ul>
 *
 * <p>A word should be there once for each mail, with what all its occurrences added; of one that is there more often the strongest
 * counts.
 *
 * <p>Most words are of no interest, so numbers are read in bulk and only the few words that are chosen are decoded. Safe for use by
 * several threads at once; it is closed with its graph.
 */
public final class WordEffects {

    /** Name of the signature. */
    public static final String SIGNATURE = "explain";

    /** Words that are named for each head at most. */
    static final int MOST = 3;

    /** A word with less than this share of the strongest one's effect says little. */
    static final float MIN_SHARE = 0.2f;

    /** Characters of a word; a longer one is cut, for the word of a hostile mail may be as long as the mail. */
    static final int LONGEST = 40;

    /** Words looked at for each head, should some of them be the same. */
    private static final int CANDIDATES = 8;

    /** Name of the output with the words. */
    public static final String WORD = "word";

    /** Name of the output with the mail of each word. */
    public static final String MAIL = "mail";

    /** What the name of a head is put behind for the output with its effects. */
    public static final String EFFECT = "effect.";

    private final List<String> heads;

    private WordEffects(List<String> heads) {
        this.heads = heads;
    }

    /**
     * @param inputs what the model's default signature takes
     * @param outputs what it gives: one for each head
     * @return empty if the graph has no such signature
     * @throws ModelRefusedException if the signature takes or gives anything else; the graph is closed then
     */
    static Optional<WordEffects> of(InferenceBackend backend, List<TensorSpec> inputs, List<TensorSpec> outputs) {
        List<String> heads = outputs.stream().map(TensorSpec::name).toList();
        var words = List.of(-1L);
        var all = new ArrayList<>(outputs);
        all.add(new TensorSpec(WORD, "string", words));
        all.add(new TensorSpec(MAIL, "int64", words));
        heads.forEach(head -> all.add(new TensorSpec(EFFECT + head, "float32", words)));
        return backend.offers(SIGNATURE, inputs, all) ? Optional.of(new WordEffects(heads)) : Optional.empty();
    }

    /**
     * Picks the words that moved each mail's answers most.
     *
     * @param answer of the signature {@link #SIGNATURE}
     * @param mails mails in the batch
     * @return for each head by name and each mail in order, at most {@link #MOST} words, the strongest first, in either direction
     * @throws IllegalStateException if the outputs differ in length, a mail is out of range or order, or an effect is not finite
     */
    Map<String, List<List<WordEffect>>> strongest(Answer answer, int mails) {
        int count = answer.shape(WORD)[0];
        int[] ends = ends(answer, count, mails);
        var byHead = new HashMap<String, List<List<WordEffect>>>();
        for (String head : heads) {
            requireOneForEachWord(answer, EFFECT + head, count);
            float[] effects = answer.floats(EFFECT + head);
            var ofMails = new ArrayList<List<WordEffect>>(mails);
            for (int mail = 0; mail < mails; mail++) {
                int start = mail == 0 ? 0 : ends[mail - 1];
                ofMails.add(strongest(EFFECT + head, effects, start, ends[mail], answer));
            }
            byHead.put(head, ofMails);
        }
        return byHead;
    }

    /** Where the words of each mail end. */
    private static int[] ends(Answer answer, int count, int mails) {
        requireOneForEachWord(answer, MAIL, count);
        long[] ofWords = answer.longs(MAIL);
        var ends = new int[mails];
        long before = 0;
        for (int i = 0; i < count; i++) {
            long mail = ofWords[i];
            if (mail < before || mail >= mails) {
                throw new IllegalStateException("output '" + MAIL + "' of the model has " + mail + " at " + i
                        + ", allowed is " + before + " to " + (mails - 1));
            }
            ends[(int) mail] = i + 1;
            before = mail;
        }
        for (int mail = 1; mail < mails; mail++) {
            ends[mail] = Math.max(ends[mail], ends[mail - 1]);
        }
        return ends;
    }

    /** The strongest words from start until end. */
    private static List<WordEffect> strongest(String output, float[] effects, int start, int end, Answer answer) {
        var best = new int[CANDIDATES];
        int found = 0;
        for (int i = start; i < end; i++) {
            float strength = Math.abs(effects[i]);
            // Written so that NaN fails it too.
            if (!(strength <= Float.MAX_VALUE)) {
                throw new IllegalStateException(
                        "output '" + output + "' of the model has " + effects[i] + " at " + i + ": this is no effect");
            }
            int place = found;
            while (place > 0 && strength > Math.abs(effects[best[place - 1]])) {
                place--;
            }
            if (place < CANDIDATES) {
                found = Math.min(found + 1, CANDIDATES);
                System.arraycopy(best, place, best, place + 1, found - place - 1);
                best[place] = i;
            }
        }
        if (found == 0 || effects[best[0]] == 0) {
            return List.of();
        }
        var named = new ArrayList<WordEffect>(MOST);
        float least = MIN_SHARE * Math.abs(effects[best[0]]);
        for (int i = 0; i < found && named.size() < MOST && Math.abs(effects[best[i]]) >= least; i++) {
            String word = text(answer.text(WORD, best[i]));
            if (!names(named, word)) {
                named.add(new WordEffect(word, effects[best[i]]));
            }
        }
        return Collections.unmodifiableList(named);
    }

    private static boolean names(List<WordEffect> named, String word) {
        for (WordEffect effect : named) {
            if (effect.word().equals(word)) {
                return true;
            }
        }
        return false;
    }

    private static String text(byte[] utf8) {
        String text = new String(utf8, StandardCharsets.UTF_8);
        if (text.length() <= LONGEST) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(LONGEST - 1)) ? LONGEST - 1 : LONGEST;
        return text.substring(0, end) + "…";
    }

    private static void requireOneForEachWord(Answer answer, String name, int count) {
        answer.requireShape(name, ", the shape of '" + WORD + "'", count);
    }
}
