package dev.vorrang.scoring.mail;

import com.google.common.primitives.Ints;
import dev.vorrang.schemas.text.Resemblance;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Signature of a mail, by which near duplicates are found: the smallest hashes of its pairs of neighbouring words, to be compared by
 * {@link Resemblance}. Case, accents, marks and words with digits do not count, so that a ticket number changes nothing; where a script
 * has no spaces, each character is a word. Pairs tell unrelated mails apart better than single words do, because mails of one language
 * have many words in common.
 *
 * <p>Pure. The same text has the same signature in every version and on every machine.
 */
final class MailSignature {

    /** Characters (UTF-16 units) of the text that are read; copies of a mail have the same beginning. */
    static final int READ = 1_000;

    /** Pairs of words below which a mail says too little to be compared: four words. */
    static final int FEWEST_PAIRS = 3;

    // FNV-1a, 64 bits (draft-eastlake-fnv), for words, and the finaliser of MurmurHash3 for pairs.
    private static final long FNV_BASIS = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    /** Between words. */
    private static final int GAP = 0;
    /** Belongs to a word, and does not count. */
    private static final int ACCENT = -1;

    private static final int DIGIT = -2;
    /** {@link #folded} of the most common characters. */
    private static final int[] LATIN =
            IntStream.range(0, 0x250).map(MailSignature::foldedSlowly).toArray();

    private final int[] smallest = new int[Resemblance.SIZE];
    private int size;
    private long word = FNV_BASIS;
    private boolean digits;
    private long before;

    private MailSignature() {}

    /** @return ascending, at most {@link Resemblance#SIZE}; empty if the mail has fewer than four words */
    static List<Integer> of(String subject, String text) {
        var signature = new MailSignature();
        signature.read(subject);
        signature.read(text);
        return signature.hashes();
    }

    private void read(String text) {
        int end = Math.min(text.length(), READ);
        for (int i = 0; i < end; i++) {
            char c = text.charAt(i);
            int folded = folded(c);
            if (folded > 0) {
                if (isWord(c)) {
                    endWord();
                }
                word = (word ^ folded) * FNV_PRIME;
                if (isWord(c)) {
                    endWord();
                }
            } else if (folded == GAP) {
                endWord();
            } else if (folded == DIGIT) {
                digits = true;
            }
        }
        endWord();
    }

    private void endWord() {
        if (word != FNV_BASIS && !digits) {
            if (before != 0) {
                add((int) (mixed(31 * before + word) >>> 33));
            }
            before = word;
        }
        word = FNV_BASIS;
        digits = false;
    }

    private static long mixed(long hash) {
        long mixed = (hash ^ hash >>> 33) * 0xff51afd7ed558ccdL;
        mixed = (mixed ^ mixed >>> 33) * 0xc4ceb9fe1a85ec53L;
        return mixed ^ mixed >>> 33;
    }

    private void add(int hash) {
        if (size == smallest.length && hash >= smallest[size - 1]) {
            return;
        }
        int at = Arrays.binarySearch(smallest, 0, size, hash);
        if (at >= 0) {
            return;
        }
        int place = -at - 1;
        size = Math.min(size + 1, smallest.length);
        System.arraycopy(smallest, place, smallest, place + 1, size - 1 - place);
        smallest[place] = hash;
    }

    private List<Integer> hashes() {
        return size < FEWEST_PAIRS ? List.of() : Ints.asList(Arrays.copyOf(smallest, size));
    }

    private static int folded(char c) {
        return c < LATIN.length ? LATIN[c] : foldedSlowly(c);
    }

    /** The lower-case letter without its accent; or {@link #GAP}, {@link #ACCENT} or {@link #DIGIT}. */
    private static int foldedSlowly(int c) {
        if (Character.isDigit(c)) {
            return DIGIT;
        }
        if (Character.getType(c) == Character.NON_SPACING_MARK) {
            return ACCENT;
        }
        if (!Character.isLetter(c)) {
            return GAP;
        }
        // Beyond the Latin letters, decomposition takes scripts apart that have no accents.
        int letter = c < 0x250
                ? Normalizer.normalize(Character.toString(c), Normalizer.Form.NFD)
                        .charAt(0)
                : c;
        return Character.toLowerCase(letter);
    }

    /** Whether a character is a word by itself: Thai, Lao, Burmese, Khmer, kana, and Chinese characters. */
    private static boolean isWord(char c) {
        return c >= 0x0e00
                && (c <= 0x0eff
                        || c >= 0x1000 && c <= 0x109f
                        || c >= 0x1780 && c <= 0x17ff
                        || c >= 0x3040 && c <= 0x30ff
                        || Character.isIdeographic(c));
    }
}
