package dev.vorrang.training.mail;

import java.math.BigInteger;
import java.util.Collection;

/**
 * Sizes of the network.
 *
 * @param parts table of character n-grams
 * @param words table of words and pairs
 */
record NetworkShape(Table parts, Table words) {

    /**
     * Sizes of the table of a reading.
     *
     * @param rows what features are hashed into; a prime, so that the remainder depends on every bit of a hash
     * @param width columns, which is the number of hidden units; even
     */
    record Table(int rows, int width) {

        /** Bytes of a row beside its numbers: its step, and the square of its weight. */
        private static final int BESIDE_A_ROW = Float.BYTES + Short.BYTES;

        private static final int FEWEST_ROWS = 4_096;

        /** With a row for each feature, as far as there is room for. */
        private static Table of(long features, long room, int width) {
            long rows = Math.max(FEWEST_ROWS, Math.min(features, room / bytesOfARow(width)));
            return new Table(primeUpTo((int) rows), width);
        }

        private static int bytesOfARow(int width) {
            return width / QuantisedTable.NUMBERS_IN_A_BYTE + BESIDE_A_ROW;
        }

        /** As it is written. */
        private long bytes() {
            return (long) rows * bytesOfARow(width);
        }
    }

    /** Bytes of tables and heads together; with the graph, its common words and the card a model stays below 8 MB. */
    private static final int LARGEST = 7_650_000;

    /** Units that it takes beside one for each label, where labels are few. */
    private static final int UNITS_BESIDE_LABELS = 40;

    private static final int WIDEST = 256;
    private static final int STEP = 16;

    Table of(Reading reading) {
        return reading == Reading.PARTS ? parts : words;
    }

    /**
     * The shape for a data set: wide for many labels. N-grams get half of the room at most, words and pairs what is left.
     *
     * @param parts number of different n-grams, roughly
     * @param words number of different words and pairs, roughly
     * @param labels number of labels of each head, 1,000 at most
     */
    static NetworkShape of(long parts, long words, Collection<Integer> labels) {
        int outputs = labels.stream().mapToInt(Integer::intValue).sum();
        int wanted = outputs + Math.max(outputs, UNITS_BESIDE_LABELS);
        int width = Math.min(WIDEST, (wanted + STEP - 1) / STEP * STEP);
        long heads = Reading.values().length * Float.BYTES * (width + (long) outputs * (width + 1));
        long room = LARGEST - heads;
        Table ofParts = Table.of(parts, room / 2, width);
        return new NetworkShape(ofParts, Table.of(words, room - ofParts.bytes(), width));
    }

    private static int primeUpTo(int number) {
        int prime = number;
        while (!BigInteger.valueOf(prime).isProbablePrime(30)) {
            prime--;
        }
        return prime;
    }
}
