package dev.vorrang.scoring.demand;

import com.google.common.hash.HashFunction;
import com.google.common.hash.Hashing;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * The ids of an item's last {@value #REMEMBERED} order lines, to count a line once that is delivered again. Kept as fingerprints of 64
 * bits (SipHash): one line in 10^17 is taken for another. For one thread.
 */
final class LineIds {

    static final int REMEMBERED = 256;
    private static final int FIRST = 8;
    private static final HashFunction FINGERPRINT = Hashing.sipHash24();

    private long[] ring = new long[0];
    private int held;
    private int next;

    /** @return whether it is new */
    boolean add(String id) {
        long fingerprint = FINGERPRINT.hashUnencodedChars(id).asLong();
        for (int i = 0; i < held; i++) {
            if (ring[i] == fingerprint) {
                return false;
            }
        }
        if (held == ring.length && held < REMEMBERED) {
            ring = Arrays.copyOf(ring, Math.max(FIRST, 2 * held));
        }
        ring[next] = fingerprint;
        held = Math.max(held, next + 1);
        next = (next + 1) % REMEMBERED;
        return true;
    }

    void write(DataOutput out) throws IOException {
        out.writeShort(held);
        out.writeShort(next);
        for (int i = 0; i < held; i++) {
            out.writeLong(ring[i]);
        }
    }

    void read(DataInput in) throws IOException {
        held = Stored.between("number of ids", in.readUnsignedShort(), 0, REMEMBERED);
        next = Stored.between("place of the next id", in.readUnsignedShort(), 0, Math.min(held, REMEMBERED - 1));
        ring = new long[Math.min(REMEMBERED, Math.max(FIRST, Integer.highestOneBit(Math.max(1, held)) * 2))];
        for (int i = 0; i < held; i++) {
            ring[i] = in.readLong();
        }
    }
}
