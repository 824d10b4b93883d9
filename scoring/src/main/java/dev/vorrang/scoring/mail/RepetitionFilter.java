package dev.vorrang.scoring.mail;

import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Takes out of a text what it repeats far beyond what people write, so that a word said a thousand times weighs no more than one
 * said a few times, and so that it pushes nothing else out of what a model reads. An ordinary text stays as it is.
 *
 * <p>A word, or a mark such as {@code !}, that comes more than {@link #USUAL} times is repeated too often if it makes up more than
 * {@link #MAX_SHARE} of the text, or if the text's words come more than {@link #MAX_AVERAGE} times on average. Of such a word the
 * first {@link #KEPT} stay. Case does not count, nor which digits a word has. A word longer than {@link #LONGEST} is cut.
 *
 * <p>Pure. Most texts are only looked at once, without making objects for their words.
 */
public final class RepetitionFilter {

    /** Times that any word may come; articles and greetings do. */
    static final int USUAL = 10;

    /** The most common word of a language makes up 4 to 7 % of a text. */
    static final double MAX_SHARE = 0.10;

    /** 600 words of ordinary text have about 300 different ones. */
    static final int MAX_AVERAGE = 4;

    /** Times that a word stays that is repeated too often. */
    static final int KEPT = 1;

    /** Characters (UTF-16 units) of a word; longer than any that people write. */
    static final int LONGEST = 60;

    /** So many times of what the model reads is looked through. */
    private static final int REACH = 16;

    private static final int BUCKETS = 512;

    /** {@link #folded} of the most common characters. */
    private static final int[] ASCII =
            IntStream.range(0, 128).map(RepetitionFilter::foldedPoint).toArray();

    private RepetitionFilter() {}

    /**
     * @param text any text
     * @param limit characters (UTF-16 units) that the model reads; only what lies within 16 times as many is looked at
     * @return the text itself if nothing is repeated too often, else what is left of its beginning
     */
    public static String filter(String text, int limit) {
        int end = (int) Math.min(text.length(), (long) REACH * limit);
        if (!mayRepeat(text, end)) {
            return text;
        }
        var counts = new HashMap<String, Integer>();
        int words = 0;
        for (int at = 0; at < end; ) {
            int next = end(text, at, end);
            if (isWord(text.codePointAt(at))) {
                counts.merge(key(text, at, next), 1, Integer::sum);
                words++;
            }
            at = next;
        }
        return rebuilt(text, end, counts, words);
    }

    /** Whether a word may come too often, or is too long: sure if not, for different words may share a bucket. */
    private static boolean mayRepeat(String text, int end) {
        if (end <= USUAL) {
            return false;
        }
        // None goes beyond one more than what is usual.
        var buckets = new byte[BUCKETS];
        int hash = 0;
        int length = 0;
        for (int at = 0; at <= end; at++) {
            int folded = at < end ? folded(text.charAt(at)) : 0;
            if (folded > 0) {
                hash = 31 * hash + folded;
                if (++length > LONGEST) {
                    return true;
                }
            } else {
                if (length > 0 && ++buckets[(hash ^ hash >>> 9) & BUCKETS - 1] > USUAL
                        || folded < 0 && ++buckets[-folded & BUCKETS - 1] > USUAL) {
                    return true;
                }
                hash = 0;
                length = 0;
            }
        }
        return false;
    }

    /** A letter as a number above 0, whatever its case, all digits as one; a mark, or half a character, below 0; else 0. */
    private static int folded(char c) {
        if (c < ASCII.length) {
            return ASCII[c];
        }
        return Character.isSurrogate(c) ? -c : foldedPoint(c);
    }

    private static int foldedPoint(int point) {
        if (isLetter(point)) {
            return Character.isDigit(point) ? '0' : Character.toLowerCase(point);
        }
        return isMark(point) ? -point : 0;
    }

    private static String rebuilt(String text, int end, Map<String, Integer> counts, int words) {
        boolean repetitive = words > (long) MAX_AVERAGE * counts.size();
        var kept = new StringBuilder(end);
        var seen = new HashMap<String, Integer>();
        boolean skipping = false;
        // Where what stands between the word that was left out last and the next one begins.
        int gap = 0;
        for (int at = 0; at < end; ) {
            int next = end(text, at, end);
            if (isWord(text.codePointAt(at))) {
                String key = key(text, at, next);
                int count = counts.get(key);
                boolean tooOften = count > USUAL && (repetitive || count > MAX_SHARE * words);
                boolean left = tooOften && seen.merge(key, 1, Integer::sum) > KEPT;
                if (!left) {
                    String between = skipping ? text.substring(gap, at) : "";
                    kept.append(endsWith(kept, between) ? "" : between).append(text, at, cut(text, at, next));
                }
                gap = next;
                skipping = left;
            } else if (!skipping) {
                kept.append(text, at, next);
            }
            at = next;
        }
        return kept.toString();
    }

    private static boolean endsWith(StringBuilder text, String end) {
        return text.length() >= end.length()
                && text.substring(text.length() - end.length()).equals(end);
    }

    /** Where the word, the mark or the character between words that begins here ends. */
    private static int end(String text, int start, int end) {
        int at = start;
        int point = text.codePointAt(at);
        at += Character.charCount(point);
        if (isLetter(point)) {
            while (at < end && isLetter(point = text.codePointAt(at))) {
                at += Character.charCount(point);
            }
        }
        return Math.min(at, text.length());
    }

    private static boolean isWord(int point) {
        return isLetter(point) || isMark(point);
    }

    private static boolean isLetter(int point) {
        if (point < 128) {
            return point >= 'a' && point <= 'z' || point >= 'A' && point <= 'Z' || point >= '0' && point <= '9';
        }
        int type = Character.getType(point);
        return Character.isLetterOrDigit(point)
                || type == Character.NON_SPACING_MARK
                || type == Character.COMBINING_SPACING_MARK;
    }

    /** Marks that say something by themselves. */
    private static boolean isMark(int point) {
        if (point < 128) {
            return point == '!' || point == '?' || point == '$' || point == '%';
        }
        int type = Character.getType(point);
        return type == Character.OTHER_SYMBOL || type == Character.CURRENCY_SYMBOL;
    }

    private static int cut(String text, int start, int end) {
        if (end - start <= LONGEST) {
            return end;
        }
        int at = start + LONGEST;
        return Character.isHighSurrogate(text.charAt(at - 1)) ? at - 1 : at;
    }

    /** Numbers are told apart, words with digits are not. */
    private static String key(String text, int start, int end) {
        int cut = cut(text, start, end);
        var key = new char[cut - start];
        boolean number = true;
        for (int i = 0; i < key.length; i++) {
            char c = text.charAt(start + i);
            boolean digit = Character.isDigit(c);
            key[i] = digit ? '0' : Character.toLowerCase(c);
            number &= digit;
        }
        return number ? text.substring(start, cut) : new String(key);
    }
}
