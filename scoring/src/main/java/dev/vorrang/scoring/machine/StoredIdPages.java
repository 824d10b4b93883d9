package dev.vorrang.scoring.machine;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;

/** Pages of ids in the store that has the machine's journal. For one thread. */
final class StoredIdPages implements IdPages {

    private static final byte PAGE = 'I';

    private final KeyValueStore<Bytes, byte[]> store;
    private final byte[] machine;

    StoredIdPages(KeyValueStore<Bytes, byte[]> store, String machine) {
        this.store = store;
        this.machine = machine.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public byte[] get(int slot) {
        return store.get(key(slot));
    }

    @Override
    public void put(int slot, byte[] page) {
        store.put(key(slot), page);
    }

    private Bytes key(int slot) {
        return Bytes.wrap(ByteBuffer.allocate(2 + machine.length + 2)
                .putShort((short) machine.length)
                .put(machine)
                .put(PAGE)
                .put((byte) slot)
                .array());
    }
}
