package dev.vorrang.scoring.demand;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * The ids of an item's last {@value #REMEMBERED} order lines, to count a line once that is delivered again. Kept as fingerprints of 32
 * bits: one line in sixteen million is taken for another. For one thread.
 */
final class LineIds {

    static final int REMEMBERED = 256;
    private static final int FIRST = 8;
    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    private int[] ring = new int[0];
    private int held;
    private int next;

    /** @return whether it is new */
    boolean add(String id) {
        int fingerprint = fingerprint(id);
        for (int i = 0; i < held; i++) {
            if (ring[i] == fingerprint) {
                return false;
            }
        }
        if (held == ring.length && held < REMEMBERED) {
            ring = java.util.Arrays.copyOf(ring, Math.max(FIRST, 2 * held));
        }
        ring[next] = fingerprint;
        held = Math.max(held, next + 1);
        next = (next + 1) % REMEMBERED;
        return true;
    }

    /** FNV-1a over UTF-16 units (Fowler, Noll and Vo), folded. */
    private static int fingerprint(String id) {
        long hash = FNV_OFFSET;
        for (int i = 0; i < id.length(); i++) {
            hash = (hash ^ id.charAt(i)) * FNV_PRIME;
        }
        return Long.hashCode(hash);
    }

    void write(DataOutput out) throws IOException {
        out.writeShort(held);
        out.writeShort(next);
        for (int i = 0; i < held; i++) {
            out.writeInt(ring[i]);
        }
    }

    void read(DataInput in) throws IOException {
        held = Stored.between("number of ids", in.readUnsignedShort(), 0, REMEMBERED);
        next = Stored.between("place of the next id", in.readUnsignedShort(), 0, Math.min(held, REMEMBERED - 1));
        ring = new int[Math.min(REMEMBERED, Math.max(FIRST, Integer.highestOneBit(Math.max(1, held)) * 2))];
        for (int i = 0; i < held; i++) {
            ring[i] = in.readInt();
        }
    }
}
