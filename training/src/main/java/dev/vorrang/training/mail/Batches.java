package dev.vorrang.training.mail;

import java.util.List;
import java.util.stream.IntStream;

/** Batches of like size: a last one of a few rows would move the weights as far as a full one, by chance. */
final class Batches {

    private Batches() {}

    /**
     * @param most rows of a batch, at most
     * @return the rows in their order; sizes differ by one at most
     */
    static <T> List<List<T>> of(List<T> rows, int most) {
        int count = (rows.size() + most - 1) / most;
        return IntStream.range(0, count)
                .mapToObj(number -> rows.subList(start(rows, number, count), start(rows, number + 1, count)))
                .toList();
    }

    private static int start(List<?> rows, int number, int count) {
        return (int) ((long) number * rows.size() / count);
    }
}
