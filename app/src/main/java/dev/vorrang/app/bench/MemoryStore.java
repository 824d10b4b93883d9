package dev.vorrang.app.bench;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/** A state store without a changelog, for a task that runs without Kafka Streams. For one thread. */
final class MemoryStore<K, V> implements KeyValueStore<K, V> {

    private final String name;
    private final NavigableMap<K, V> entries = new TreeMap<>();

    /** Over entries as they are now. */
    private record Entries<K, V>(Iterator<Map.Entry<K, V>> entries) implements KeyValueIterator<K, V> {

        @Override
        public boolean hasNext() {
            return entries.hasNext();
        }

        @Override
        public KeyValue<K, V> next() {
            Map.Entry<K, V> entry = entries.next();
            return KeyValue.pair(entry.getKey(), entry.getValue());
        }

        @Override
        public K peekNextKey() {
            throw new UnsupportedOperationException("peekNextKey");
        }

        @Override
        public void close() {}
    }

    MemoryStore(String name) {
        this.name = name;
    }

    @Override
    public V get(K key) {
        return entries.get(key);
    }

    @Override
    public void put(K key, V value) {
        if (value == null) {
            entries.remove(key);
        } else {
            entries.put(key, value);
        }
    }

    @Override
    public V putIfAbsent(K key, V value) {
        return entries.putIfAbsent(key, value);
    }

    @Override
    public void putAll(List<KeyValue<K, V>> some) {
        some.forEach(entry -> put(entry.key, entry.value));
    }

    @Override
    public V delete(K key) {
        return entries.remove(key);
    }

    @Override
    public KeyValueIterator<K, V> range(K from, K to) {
        return new Entries<>(
                List.copyOf(entries.subMap(from, true, to, true).entrySet()).iterator());
    }

    @Override
    public KeyValueIterator<K, V> all() {
        return new Entries<>(List.copyOf(entries.entrySet()).iterator());
    }

    @Override
    public long approximateNumEntries() {
        return entries.size();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void init(StateStoreContext context, StateStore root) {}

    @Override
    public void close() {}

    @Override
    public boolean persistent() {
        return false;
    }

    @Override
    public boolean isOpen() {
        return true;
    }
}
