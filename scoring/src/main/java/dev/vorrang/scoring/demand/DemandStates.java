package dev.vorrang.scoring.demand;

import dev.vorrang.schemas.DemandStock;
import dev.vorrang.schemas.SeriesKey;
import dev.vorrang.scoring.engine.metrics.Measurement;
import dev.vorrang.scoring.engine.metrics.Metric;
import dev.vorrang.scoring.engine.metrics.ScoringMetrics;
import java.io.DataInput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.avro.AvroRuntimeException;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The items of one task: those last used are at hand, the others are read from the store when they are needed. For one thread.
 */
final class DemandStates {

    static final String STORE = "demand-states";

    private static final Logger LOG = LoggerFactory.getLogger(DemandStates.class);
    private static final byte HEAD = 'H';
    private static final byte SERIES = 'S';
    private static final byte STOCK = 'T';
    private static final Bytes TIME_KEY = Bytes.wrap(new byte[] {'P'});
    /** Periods about which something may be known in advance. */
    private static final int MAX_KNOWN = 1_000_000;

    private final KeyValueStore<Bytes, byte[]> store;
    private final ScoringMetrics metrics;
    private final int kept;
    private final List<String> names;
    private final int atHand;
    private final Map<String, ItemState> cached = new LinkedHashMap<>(64, 0.75f, true);
    private final Set<ItemState> touched = new HashSet<>();

    /**
     * @param kept periods that are kept of an item
     * @param names of what is known in advance
     * @param atHand items that are kept at hand
     */
    DemandStates(KeyValueStore<Bytes, byte[]> store, ScoringMetrics metrics, int kept, List<String> names, int atHand) {
        this.store = store;
        this.metrics = metrics;
        this.kept = kept;
        this.names = names;
        this.atHand = atHand;
    }

    /** Has a changelog; not cached, for what is at hand is the cache. */
    static StoreBuilder<KeyValueStore<Bytes, byte[]>> store(boolean inMemory) {
        var supplier = inMemory ? Stores.inMemoryKeyValueStore(STORE) : Stores.persistentKeyValueStore(STORE);
        return Stores.keyValueStoreBuilder(supplier, Serdes.Bytes(), Serdes.ByteArray())
                .withCachingDisabled();
    }

    /** What is known of an item, if anything is. To be changed by the caller, and noted as {@link #touched}. */
    Optional<ItemState> find(SeriesKey key) {
        String name = key.toString();
        ItemState known = cached.get(name);
        if (known == null) {
            byte[] head = store.get(key(HEAD, name));
            known = head == null ? null : load(key, name, head);
            if (known != null) {
                cached.put(name, known);
            }
        }
        return Optional.ofNullable(known);
    }

    /** A new item, whose first period has a number. */
    ItemState create(SeriesKey key, long first) {
        var state = new ItemState(key, empty(first));
        state.stock(stock(key.toString()));
        cached.put(key.toString(), state);
        return state;
    }

    Series empty(long first) {
        return new Series(kept, names, first);
    }

    /** Notes that an item has changed. */
    void touched(ItemState state) {
        touched.add(state);
    }

    private ItemState load(SeriesKey key, String name, byte[] head) {
        try {
            byte[] stored = store.get(key(SERIES, name));
            Series series = stored == null
                    ? empty(ItemState.glance(head).end())
                    : Series.read(Stored.opened(stored), kept, names, MAX_KNOWN);
            ItemState state = ItemState.read(key, head, series);
            state.stock(stock(name));
            return state;
        } catch (IOException e) {
            LOG.error("State of '{}' cannot be read, the item starts anew: {}", name, e.getMessage());
            return null;
        }
    }

    /** Stock of an item, or the end of that. */
    void stock(SeriesKey key, Optional<DemandStock> record) {
        String name = key.toString();
        store.put(key(STOCK, name), record.map(DemandStates::encoded).orElse(null));
        ItemState known = cached.get(name);
        if (known != null) {
            known.stock(record);
        }
    }

    private Optional<DemandStock> stock(String name) {
        byte[] stored = store.get(key(STOCK, name));
        try {
            return stored == null
                    ? Optional.empty()
                    : Optional.of(DemandStock.getDecoder().decode(stored));
        } catch (IOException | AvroRuntimeException e) {
            LOG.error("Stock of '{}' cannot be read: {}", name, e.getMessage());
            return Optional.empty();
        }
    }

    private static byte[] encoded(DemandStock record) {
        try {
            ByteBuffer bytes = DemandStock.getEncoder().encode(record);
            var copy = new byte[bytes.remaining()];
            bytes.get(copy);
            return copy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The names of all items whose heads are of interest, in the order of the store. What was touched must have been written. Closed by
     * whoever asked.
     */
    Heads heads(Predicate<ItemState.Glance> wanted) {
        return new Heads(store.range(Bytes.wrap(new byte[] {HEAD}), Bytes.wrap(new byte[] {HEAD + 1})), wanted);
    }

    /** Goes through the items. */
    static final class Heads implements AutoCloseable {

        private final KeyValueIterator<Bytes, byte[]> stored;
        private final Predicate<ItemState.Glance> wanted;

        private Heads(KeyValueIterator<Bytes, byte[]> stored, Predicate<ItemState.Glance> wanted) {
            this.stored = stored;
            this.wanted = wanted;
        }

        /** The next item, empty after the last. */
        Optional<SeriesKey> next() {
            while (stored.hasNext()) {
                var entry = stored.next();
                try {
                    if (wanted.test(ItemState.glance(entry.value))) {
                        byte[] key = entry.key.get();
                        return Optional.of(SeriesKey.parse(new String(key, 1, key.length - 1, StandardCharsets.UTF_8)));
                    }
                } catch (IOException e) {
                    LOG.error("A state cannot be read, it is left out: {}", e.getMessage());
                }
            }
            return Optional.empty();
        }

        @Override
        public void close() {
            stored.close();
        }
    }

    /** Reads a part of a state. */
    interface Reader {
        void read(DataInput in) throws IOException;
    }

    /** Reads how far the time of the partition had come, if it had begun. */
    void load(Reader time) {
        byte[] stored = store.get(TIME_KEY);
        if (stored != null) {
            try {
                time.read(Stored.opened(stored));
            } catch (IOException e) {
                throw new UncheckedIOException("the time of a partition cannot be read: " + e.getMessage(), e);
            }
        }
    }

    void store(Stored.Part time) {
        store.put(TIME_KEY, Stored.bytes(time));
    }

    /** Writes what was touched since the last time, and lets go of what was not used for longest. No forecast may be held. */
    void write() {
        int bytes = 0;
        for (ItemState state : touched) {
            bytes += write(state);
            state.allForecast();
        }
        if (bytes > 0) {
            metrics.count(new Measurement(Metric.STATE_WRITTEN, bytes, List.of()));
        }
        touched.clear();
        var oldest = cached.values().iterator();
        while (cached.size() > atHand) {
            oldest.next();
            oldest.remove();
        }
    }

    /** Whether so many items are at hand that some should be let go of. */
    boolean overfull() {
        return cached.size() >= 2 * atHand;
    }

    /** Writes and lets go of what does not wait for a forecast, but for those used last. */
    void shrink() {
        var oldest = cached.values().iterator();
        int more = cached.size() - atHand;
        int bytes = 0;
        while (more > 0 && oldest.hasNext()) {
            ItemState state = oldest.next();
            if (!state.waits()) {
                bytes += touched.remove(state) ? write(state) : 0;
                oldest.remove();
            }
            more--;
        }
        metrics.count(new Measurement(Metric.STATE_WRITTEN, bytes, List.of()));
    }

    private int write(ItemState state) {
        int bytes = 0;
        String name = state.key().toString();
        if (state.headChanged()) {
            bytes += put(key(HEAD, name), state.head());
        }
        if (state.seriesChanged()) {
            bytes += put(key(SERIES, name), state.storedSeries());
        }
        state.written();
        return bytes;
    }

    private int put(Bytes key, byte[] value) {
        store.put(key, value);
        return value.length;
    }

    private static Bytes key(byte kind, String name) {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        return Bytes.wrap(
                ByteBuffer.allocate(1 + bytes.length).put(kind).put(bytes).array());
    }
}
