package dev.vorrang.training.mail;

import java.math.BigInteger;
import java.util.Collection;

/**
 * Sizes of the network.
 *
 * @param rows of the table, that features are hashed into; a prime, so that the remainder depends on every bit of a hash
 * @param width of the hidden layer, which is the number of the table's columns
 */
record NetworkShape(int rows, int width) {

    /** Numbers of the largest table, a byte each. */
    private static final int LARGEST_TABLE = 7_200_000;
    /** Bytes of table and heads together; with the graph and the card a model stays below 8 MB. */
    private static final int LARGEST = 7_900_000;
    /** Bytes of a row beside its numbers: its step, and the square of its weight. */
    private static final int BESIDE_A_ROW = Float.BYTES + Short.BYTES;

    private static final int FEWEST_ROWS = 4_096;
    /** Units that it takes beside one for each label, where labels are few. */
    private static final int UNITS_BESIDE_LABELS = 40;

    private static final int WIDEST = 256;
    private static final int STEP = 16;

    /**
     * The shape for a data set: wide for many labels, and with a row for each feature as far as there is room.
     *
     * @param features number of different features, roughly
     * @param labels number of labels of each head, 1,000 at most
     */
    static NetworkShape of(long features, Collection<Integer> labels) {
        int all = labels.stream().mapToInt(Integer::intValue).sum();
        int wanted = all + Math.max(all, UNITS_BESIDE_LABELS);
        int width = Math.min(WIDEST, (wanted + STEP - 1) / STEP * STEP);
        long heads = Float.BYTES * (width + (long) all * (width + 1));
        long room = Math.min(LARGEST_TABLE / width, (LARGEST - heads) / (width + BESIDE_A_ROW));
        long rows = Math.max(FEWEST_ROWS, Math.min(features, room));
        return new NetworkShape(primeUpTo((int) rows), width);
    }

    private static int primeUpTo(int number) {
        int prime = number;
        while (!BigInteger.valueOf(prime).isProbablePrime(30)) {
            prime--;
        }
        return prime;
    }
}
