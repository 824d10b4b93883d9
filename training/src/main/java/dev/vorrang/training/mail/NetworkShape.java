package dev.vorrang.training.mail;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Sizes of the network.
 *
 * @param parts table of character n-grams
 * @param words table of words and pairs
 * @param linear whether the columns are the logits of its one head themselves, and no hidden units
 */
record NetworkShape(Table parts, Table words, boolean linear) {

    /** A network with hidden units. */
    NetworkShape(Table parts, Table words) {
        this(parts, words, false);
    }

    /**
     * Sizes of the table of a reading.
     *
     * @param rows what features are hashed into; a prime, so that the remainder depends on every bit of a hash
     * @param width columns, which is the number of hidden units; even
     */
    record Table(int rows, int width) {

        /** Bytes of a row beside its numbers: its step, and the square of its weight. */
        private static final int BESIDE_A_ROW = Float.BYTES + Short.BYTES;

        private int bytesOfARow() {
            return width / QuantisedTable.NUMBERS_IN_A_BYTE + BESIDE_A_ROW;
        }
    }

    /** Bytes of tables and heads together; with the graph, its common words and the card a model stays below 8 MB. */
    private static final int LARGEST = 7_650_000;

    /** Units that it takes beside one for each label, where labels are few. */
    private static final int UNITS_BESIDE_LABELS = 40;

    private static final int WIDEST = 256;
    private static final int FEWEST_ROWS = 4_096;
    private static final int STEP = 16;

    Table of(Reading reading) {
        return reading == Reading.PARTS ? parts : words;
    }

    /**
     * The shapes of branches for a data set: the first wide for many labels, the others linear; all with the same number of rows, so that a model
     * in service looks them up once. N-grams get half of the room at most, words and pairs what is left.
     *
     * @param parts number of different n-grams, roughly
     * @param words number of different words and pairs, roughly
     * @param branches number of labels of each head of each branch, 1,000 a head at most; those behind the first are of one head each
     */
    static List<NetworkShape> of(long parts, long words, List<? extends Collection<Integer>> branches) {
        var widths = new ArrayList<Integer>();
        for (Collection<Integer> labels : branches) {
            widths.add(widths.isEmpty() ? width(labels) : even(outputs(labels)));
        }
        int bytesOfARow = widths.stream()
                .mapToInt(width -> new Table(1, width).bytesOfARow())
                .sum();
        long room = LARGEST;
        for (int branch = 0; branch < widths.size(); branch++) {
            room -= bytesOfHeads(widths.get(branch), outputs(branches.get(branch)));
        }
        int rowsOfParts = rows(parts, room / 2, bytesOfARow);
        int rowsOfWords = rows(words, room - (long) rowsOfParts * bytesOfARow, bytesOfARow);
        var shapes = new ArrayList<NetworkShape>();
        for (int width : widths) {
            shapes.add(
                    new NetworkShape(new Table(rowsOfParts, width), new Table(rowsOfWords, width), !shapes.isEmpty()));
        }
        return shapes;
    }

    /** This width, with as many rows as another. */
    NetworkShape withRowsOf(NetworkShape other) {
        return new NetworkShape(
                new Table(other.parts().rows(), parts.width()),
                new Table(other.words().rows(), words.width()),
                linear);
    }

    private static int outputs(Collection<Integer> labels) {
        return labels.stream().mapToInt(Integer::intValue).sum();
    }

    private static int even(int number) {
        return (number + 1) / 2 * 2;
    }

    private static int width(Collection<Integer> labels) {
        int outputs = outputs(labels);
        int wanted = outputs + Math.max(outputs, UNITS_BESIDE_LABELS);
        return Math.min(WIDEST, (wanted + STEP - 1) / STEP * STEP);
    }

    private static long bytesOfHeads(int width, int outputs) {
        return Reading.values().length * Float.BYTES * (width + (long) outputs * (width + 1));
    }

    /** One for each feature, as far as there is room for. */
    private static int rows(long features, long room, int bytesOfARow) {
        return primeUpTo((int) Math.max(FEWEST_ROWS, Math.min(features, room / bytesOfARow)));
    }

    private static int primeUpTo(int number) {
        int prime = number;
        while (!BigInteger.valueOf(prime).isProbablePrime(30)) {
            prime--;
        }
        return prime;
    }
}
