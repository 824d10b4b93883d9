package dev.vorrang.app.bench;

import java.util.ArrayList;
import java.util.List;

/**
 * A list without end: after its last element it goes on with its first. Safe for use by many threads.
 *
 * @param <T> an element
 */
public final class Cycle<T> {

    private final List<T> elements;

    /** @param elements one or more */
    public Cycle(List<T> elements) {
        this.elements = List.copyOf(elements);
    }

    /** As many elements as asked for. */
    public List<T> of(long from, int size) {
        int start = (int) (from % elements.size());
        if (start + size <= elements.size()) {
            return elements.subList(start, start + size);
        }
        var some = new ArrayList<T>(size);
        for (int i = 0; i < size; i++) {
            some.add(elements.get((start + i) % elements.size()));
        }
        return some;
    }
}
