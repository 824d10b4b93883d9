package dev.vorrang.scoring.machine;

import java.util.HashMap;
import java.util.Map;

/** Keeps the ids of a machine's earlier readings outside of its state, in pages that are written once. For one thread. */
public interface IdPages {

    /**
     * Reads a page.
     *
     * @param slot 0 to 127
     * @return what was last put there, or null
     */
    byte[] get(int slot);

    /**
     * Keeps a page in the place of what was there.
     *
     * @param slot 0 to 127
     */
    void put(int slot, byte[] page);

    /** Pages in memory, at most 256 KiB. */
    static IdPages inMemory() {
        Map<Integer, byte[]> pages = new HashMap<>();
        return new IdPages() {
            @Override
            public byte[] get(int slot) {
                return pages.get(slot);
            }

            @Override
            public void put(int slot, byte[] page) {
                pages.put(slot, page);
            }
        };
    }
}
