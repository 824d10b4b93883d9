package dev.vorrang.schemas.text;

import java.util.List;

/**
 * Compares signatures of texts: the smallest hashes of what a text consists of, ascending and each once. The share that two texts have in
 * common follows from their signatures alone (bottom-k sketch; Broder, "On the resemblance and containment of documents", 1997).
 */
public final class Resemblance {

    /** Hashes of a signature; a short text has fewer. */
    public static final int SIZE = 16;

    /** From here on two texts are near duplicates: copies, forwards, and the same template with other names and numbers. */
    public static final double NEAR_DUPLICATE = 0.5;

    private Resemblance() {}

    /**
     * Estimates how much two texts have in common.
     *
     * @param one signature of a text; empty if it is too short to be compared
     * @param other signature of another
     * @return of the {@value #SIZE} smallest hashes of both together the share that both have, 0 to 1; 0 if a signature is empty
     */
    public static double of(List<Integer> one, List<Integer> other) {
        if (one.isEmpty() || other.isEmpty()) {
            return 0;
        }
        int both = 0;
        int together = 0;
        int i = 0;
        int j = 0;
        while (together < SIZE && (i < one.size() || j < other.size())) {
            int order = i == one.size() ? 1 : j == other.size() ? -1 : Integer.compare(one.get(i), other.get(j));
            both += order == 0 ? 1 : 0;
            i += order <= 0 ? 1 : 0;
            j += order >= 0 ? 1 : 0;
            together++;
        }
        return (double) both / together;
    }
}
