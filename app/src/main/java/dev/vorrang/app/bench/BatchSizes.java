package dev.vorrang.app.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLongArray;

/** How large batches were. Safe for use by many threads. */
public final class BatchSizes {

    /** 1, 2, 3 to 4, 5 to 8, … up to 65,536. */
    private static final int CLASSES = 17;

    private final AtomicLongArray batches = new AtomicLongArray(CLASSES);
    private final AtomicLongArray records = new AtomicLongArray(CLASSES);

    /**
     * Batches of similar size.
     *
     * @param from least size
     * @param to greatest size
     * @param batches how many there were
     * @param records how many records they had together
     */
    public record Range(int from, int to, long batches, long records) {}

    void add(int size) {
        int place = Math.min(CLASSES - 1, Integer.SIZE - Integer.numberOfLeadingZeros(size - 1));
        batches.incrementAndGet(place);
        records.addAndGet(place, size);
    }

    void add(BatchSizes others) {
        for (int place = 0; place < CLASSES; place++) {
            batches.addAndGet(place, others.batches.get(place));
            records.addAndGet(place, others.records.get(place));
        }
    }

    /** All ranges, the smallest sizes first, from 1 up to the largest batch. */
    public List<Range> ranges() {
        var ranges = new ArrayList<Range>();
        int last = CLASSES - 1;
        while (last > 0 && batches.get(last) == 0) {
            last--;
        }
        for (int place = 0; place <= last; place++) {
            ranges.add(new Range((1 << place) / 2 + 1, 1 << place, batches.get(place), records.get(place)));
        }
        return ranges;
    }

    /** Records in a batch, on average; NaN if there was none. */
    public double mean() {
        long allBatches = 0;
        long allRecords = 0;
        for (int place = 0; place < CLASSES; place++) {
            allBatches += batches.get(place);
            allRecords += records.get(place);
        }
        return allBatches == 0 ? Double.NaN : (double) allRecords / allBatches;
    }
}
