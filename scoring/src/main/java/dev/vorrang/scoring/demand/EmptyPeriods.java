package dev.vorrang.scoring.demand;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The periods in which nothing came of any item of a partition although usually much does: these were closed for business, or the
 * source was down, so that nothing of an item means nothing. With {@value #USUALLY} observations a period usually, an empty one would
 * be chance once in {@code e^20} periods. For one thread.
 */
final class EmptyPeriods {

    static final int USUALLY = 20;
    private static final int MAX_RUNNING = 10_000;
    private static final int MAX_KEPT = 10_000;
    /** Of the newest period in the mean. */
    private static final double WEIGHT = 1.0 / 8;

    private final NavigableMap<Long, Integer> running = new TreeMap<>();
    private final NavigableSet<Long> empty = new TreeSet<>();
    private final int kept;
    private double usual;

    /** @param kept periods for which an empty one is remembered, 1 or more */
    EmptyPeriods(int kept) {
        this.kept = Math.min(kept, MAX_KEPT);
    }

    /** Notes that something came of a period that may still run. */
    void came(long index, long closedTo) {
        if (index >= closedTo && index - closedTo < MAX_RUNNING) {
            running.merge(index, 1, Integer::sum);
        }
    }

    /** Notes that periods are over. */
    void over(long from, long to) {
        for (long index = from; index < to; index++) {
            Integer count = running.remove(index);
            if (count != null) {
                usual = usual == 0 ? count : usual + WEIGHT * (count - usual);
            } else if (usual >= USUALLY) {
                empty.add(index);
            }
        }
        empty.headSet(to - kept).clear();
    }

    boolean contains(long index) {
        return empty.contains(index);
    }

    void write(DataOutput out) throws IOException {
        out.writeDouble(usual);
        out.writeInt(running.size());
        for (var entry : running.entrySet()) {
            out.writeLong(entry.getKey());
            out.writeInt(entry.getValue());
        }
        out.writeInt(empty.size());
        for (long index : empty) {
            out.writeLong(index);
        }
    }

    void read(DataInput in) throws IOException {
        usual = in.readDouble();
        int counts = Stored.between("number of running periods", in.readInt(), 0, MAX_RUNNING);
        for (int i = 0; i < counts; i++) {
            running.put(in.readLong(), in.readInt());
        }
        int periods = Stored.between("number of empty periods", in.readInt(), 0, MAX_KEPT);
        for (int i = 0; i < periods; i++) {
            empty.add(in.readLong());
        }
    }
}
