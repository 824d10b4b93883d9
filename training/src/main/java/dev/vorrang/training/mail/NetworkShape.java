package dev.vorrang.training.mail;

import java.math.BigInteger;

/**
 * Sizes of the network.
 *
 * @param rows of the table, that features are hashed into; a prime, so that the remainder depends on every bit of a hash
 * @param width of the hidden layer, which is the number of the table's columns
 */
record NetworkShape(int rows, int width) {

    /** Bytes of the largest table; with the rest of the model it stays below 8 MB. */
    private static final int LARGEST_TABLE = 7_200_000;

    private static final int FEWEST_ROWS = 4_096;
    private static final int NARROWEST = 64;
    private static final int WIDEST = 256;
    private static final int STEP = 32;

    /**
     * The shape for a data set: wide for many labels, and with a row for each feature as far as there is room.
     *
     * @param features number of different features, roughly
     * @param labels labels of all heads together
     */
    static NetworkShape of(long features, int labels) {
        int wanted = (2 * labels + STEP - 1) / STEP * STEP;
        int width = Math.max(NARROWEST, Math.min(WIDEST, wanted));
        long rows = Math.max(FEWEST_ROWS, Math.min(features, LARGEST_TABLE / width));
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
