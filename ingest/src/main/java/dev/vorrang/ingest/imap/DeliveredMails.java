package dev.vorrang.ingest.imap;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;

/**
 * The mails of one folder that were delivered, by content: a multiset of the first 96 bits of the SHA-256 of their bytes.
 * Byte-identical mails are distinct mails, numbered 1, 2, … in the order of the folder.
 *
 * <p>Open addressing over primitive arrays, at most three quarters full: 20 bytes a slot, 27 to 53 bytes a mail. With 96 bits,
 * two of 100 million different mails share a hash with a probability of 6e-14. Not safe for use by more than one thread.
 */
public final class DeliveredMails {

    /** Bytes of a digest that are kept. */
    public static final int HASH_BYTES = 12;
    /** Characters of a hash in Base64: 12 bytes need no padding, so that hashes can be strung together. */
    public static final int HASH_CHARACTERS = 16;

    private long[] high = new long[64];
    private int[] low = new int[64];
    /** How often the mail was delivered. */
    private int[] delivered = new int[64];
    /** How often the mail was met in the present rescan. */
    private int[] seen = new int[64];

    private int used;

    /**
     * The kept part of a digest, as Base64.
     *
     * @param digest SHA-256 of a mail's bytes
     */
    public static String hashOf(byte[] digest) {
        return Base64.getEncoder().encodeToString(Arrays.copyOf(digest, HASH_BYTES));
    }

    /**
     * Adds mails that were delivered in an earlier run.
     *
     * @param hashes any number of {@link #hashOf hashes}, one after the other
     * @throws IllegalArgumentException if the text is not that
     */
    public void addAll(String hashes) {
        var bytes = Base64.getDecoder().decode(hashes);
        if (bytes.length % HASH_BYTES != 0) {
            throw new IllegalArgumentException(
                    "hashes are " + bytes.length + " bytes long, allowed: multiples of " + HASH_BYTES);
        }
        for (int at = 0; at < bytes.length; at += HASH_BYTES) {
            deliver(Arrays.copyOfRange(bytes, at, at + HASH_BYTES));
        }
    }

    /** Notes a delivery and returns the number of the copy: 1 for the first mail with this content. */
    int deliver(byte[] digest) {
        // Not in one expression: the array may be replaced by a longer one.
        int slot = slot(digest);
        return ++delivered[slot];
    }

    /** How often a mail with this content was delivered. */
    int copies(byte[] digest) {
        int slot = slot(digest);
        return delivered[slot];
    }

    /** Forgets what was seen: a rescan begins. */
    void beginRescan() {
        Arrays.fill(seen, 0);
    }

    /** Notes that a rescan met a mail; whether it was delivered before. */
    boolean wasDelivered(byte[] digest) {
        int slot = slot(digest);
        return ++seen[slot] <= delivered[slot];
    }

    /** Number of different contents, for tests. */
    int size() {
        return used;
    }

    private int slot(byte[] digest) {
        if (4L * (used + 1) > 3L * high.length) {
            grow();
        }
        var bytes = ByteBuffer.wrap(digest);
        long first = bytes.getLong();
        int second = bytes.getInt();
        int slot = find(first, second);
        if (isFree(slot)) {
            high[slot] = first;
            low[slot] = second;
            used++;
        }
        return slot;
    }

    /** The slot of this hash, or the free one where it belongs. */
    private int find(long first, int second) {
        int mask = high.length - 1;
        int slot = (int) first & mask;
        while (!isFree(slot) && (high[slot] != first || low[slot] != second)) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    /** No mail hashes to 96 zero bits. */
    private boolean isFree(int slot) {
        return high[slot] == 0 && low[slot] == 0;
    }

    private void grow() {
        long[] oldHigh = high;
        int[] oldLow = low;
        int[] oldDelivered = delivered;
        int[] oldSeen = seen;
        int size = Math.multiplyExact(high.length, 2);
        high = new long[size];
        low = new int[size];
        delivered = new int[size];
        seen = new int[size];
        for (int i = 0; i < oldHigh.length; i++) {
            if (oldHigh[i] != 0 || oldLow[i] != 0) {
                int slot = find(oldHigh[i], oldLow[i]);
                high[slot] = oldHigh[i];
                low[slot] = oldLow[i];
                delivered[slot] = oldDelivered[i];
                seen[slot] = oldSeen[i];
            }
        }
    }
}
