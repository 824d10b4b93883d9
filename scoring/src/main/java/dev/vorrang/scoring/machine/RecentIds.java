package dev.vorrang.scoring.machine;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The ids of a machine's last {@value #REMEMBERED} readings, to recognise one that is delivered again. An id belongs to one time, so
 * only readings no newer than the newest are looked up, and only in pages that hold their time; a fingerprint of 32 bits is enough
 * then. The page that is being filled and the times of the others are part of the state, the full pages are kept in
 * {@link IdPages}: each id is written once. For one thread.
 */
final class RecentIds {

    static final int PAGE = 512;
    static final int PAGES = 128;
    /** At least as many as MQTT can have unacknowledged, 65,535. */
    static final int REMEMBERED = PAGE * PAGES;

    /** Of pages that all hold the time, as where a clock stands still, so many of the newest are searched. */
    private static final int SEARCHED = 32;

    private static final int VERSION_1_KEPT = 128;
    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    private final IdPages pages;
    private final int[] open = new int[PAGE];
    private int held;
    private long openFrom = Long.MAX_VALUE;
    private long openTo = Long.MIN_VALUE;
    private long full;
    private final long[] from = new long[PAGES];
    private final long[] to = new long[PAGES];
    private long newest = Long.MIN_VALUE;
    private final Map<Long, int[]> searched = new LinkedHashMap<>(4, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, int[]> eldest) {
            return size() > SEARCHED;
        }
    };

    RecentIds(IdPages pages) {
        this.pages = pages;
    }

    /**
     * Notes an id.
     *
     * @param time of its reading, in ms since 1970
     * @param fixed whether a reading with this id always has this time; else it is searched for in the newest pages, whatever their times
     * @return whether it is new
     */
    boolean add(String id, long time, boolean fixed) {
        int fingerprint = fingerprint(hash(id));
        if ((!fixed || time <= newest) && holds(fingerprint, time, fixed)) {
            return false;
        }
        open[held++] = fingerprint;
        openFrom = Math.min(openFrom, time);
        openTo = Math.max(openTo, time);
        newest = Math.max(newest, time);
        if (held == PAGE) {
            close();
        }
        return true;
    }

    private boolean holds(int fingerprint, long time, boolean fixed) {
        if ((!fixed || time >= openFrom && time <= openTo) && contains(open, held, fingerprint)) {
            return true;
        }
        int looked = 0;
        for (long page = full - 1; page >= Math.max(0, full - PAGES) && looked < SEARCHED; page--) {
            int slot = slot(page);
            if (!fixed || time >= from[slot] && time <= to[slot]) {
                looked++;
                int[] ids = page(page);
                if (contains(ids, ids.length, fingerprint)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean contains(int[] ids, int count, int fingerprint) {
        for (int i = 0; i < count; i++) {
            if (ids[i] == fingerprint) {
                return true;
            }
        }
        return false;
    }

    private void close() {
        var page = ByteBuffer.allocate(Long.BYTES + PAGE * Integer.BYTES).putLong(full);
        page.asIntBuffer().put(open);
        pages.put(slot(full), page.array());
        searched.remove(full);
        from[slot(full)] = openFrom;
        to[slot(full)] = openTo;
        full++;
        held = 0;
        openFrom = Long.MAX_VALUE;
        openTo = Long.MIN_VALUE;
    }

    /** Empty where another page has taken its place: readings after it were undone, and are taken again. */
    private int[] page(long number) {
        return searched.computeIfAbsent(number, any -> {
            byte[] bytes = pages.get(slot(number));
            if (bytes == null || bytes.length != Long.BYTES + PAGE * Integer.BYTES) {
                return new int[0];
            }
            var page = ByteBuffer.wrap(bytes);
            if (page.getLong() != number) {
                return new int[0];
            }
            var ids = new int[PAGE];
            page.asIntBuffer().get(ids);
            return ids;
        });
    }

    private static int slot(long page) {
        return (int) (page % PAGES);
    }

    /** FNV-1a over UTF-16 units (Fowler, Noll and Vo). */
    private static long hash(String id) {
        long hash = FNV_OFFSET;
        for (int i = 0; i < id.length(); i++) {
            hash = (hash ^ id.charAt(i)) * FNV_PRIME;
        }
        return hash;
    }

    private static int fingerprint(long hash) {
        return Long.hashCode(hash);
    }

    void write(DataOutput out) throws IOException {
        out.writeLong(full);
        for (long page = Math.max(0, full - PAGES); page < full; page++) {
            out.writeLong(from[slot(page)]);
            out.writeLong(to[slot(page)]);
        }
        out.writeInt(held);
        out.writeLong(openFrom);
        out.writeLong(openTo);
        out.writeLong(newest);
        for (int i = 0; i < held; i++) {
            out.writeInt(open[i]);
        }
    }

    void read(DataInput in) throws IOException {
        full = in.readLong();
        if (full < 0) {
            throw new IOException("damaged state: number of pages is " + full + ", allowed is 0 or more");
        }
        for (long page = Math.max(0, full - PAGES); page < full; page++) {
            from[slot(page)] = in.readLong();
            to[slot(page)] = in.readLong();
        }
        held = StateChecks.check(in.readInt(), PAGE - 1, "number of ids");
        openFrom = in.readLong();
        openTo = in.readLong();
        newest = in.readLong();
        for (int i = 0; i < held; i++) {
            open[i] = in.readInt();
        }
    }

    /**
     * Reads what version 1 of a state has: the last 128 ids as 64-bit hashes, without times.
     *
     * @param newestTime of the machine
     */
    void readVersion1(DataInput in, long newestTime) throws IOException {
        StateChecks.check(in.readInt(), VERSION_1_KEPT - 1, "place of the next id");
        held = StateChecks.check(in.readInt(), VERSION_1_KEPT, "number of ids");
        for (int i = 0; i < held; i++) {
            open[i] = fingerprint(in.readLong());
        }
        if (held > 0) {
            openFrom = Long.MIN_VALUE;
            openTo = newestTime;
            newest = newestTime;
        }
    }
}
