package dev.vorrang.scoring.machine;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** The last ids of a machine's readings, as 64-bit hashes, to tell one that comes twice. For one thread. */
final class RecentIds {

    private static final int KEPT = 128;
    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    private final long[] hashes = new long[KEPT];
    private int next;
    private int held;

    /**
     * Notes an id.
     *
     * @return whether it is new
     */
    boolean add(String id) {
        long hash = hash(id);
        for (int i = 0; i < held; i++) {
            if (hashes[i] == hash) {
                return false;
            }
        }
        hashes[next] = hash;
        next = (next + 1) % KEPT;
        held = Math.min(held + 1, KEPT);
        return true;
    }

    /** FNV-1a over UTF-16 units (Fowler, Noll and Vo). */
    private static long hash(String id) {
        long hash = FNV_OFFSET;
        for (int i = 0; i < id.length(); i++) {
            hash = (hash ^ id.charAt(i)) * FNV_PRIME;
        }
        return hash;
    }

    void write(DataOutput out) throws IOException {
        out.writeInt(next);
        out.writeInt(held);
        for (int i = 0; i < held; i++) {
            out.writeLong(hashes[i]);
        }
    }

    void read(DataInput in) throws IOException {
        next = Damage.check(in.readInt(), KEPT - 1, "place of the next id");
        held = Damage.check(in.readInt(), KEPT, "number of ids");
        for (int i = 0; i < held; i++) {
            hashes[i] = in.readLong();
        }
    }
}
