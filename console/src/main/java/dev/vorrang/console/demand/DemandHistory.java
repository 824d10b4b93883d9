package dev.vorrang.console.demand;

import dev.vorrang.console.history.HistoryStore;
import dev.vorrang.console.index.TopicFollower;
import dev.vorrang.schemas.DemandForecast;
import dev.vorrang.schemas.SeriesKey;
import dev.vorrang.schemas.Topics;
import dev.vorrang.schemas.serde.AvroSerdes;
import dev.vorrang.schemas.text.ForeignText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.lucene.index.CorruptIndexException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The items that were forecast, with their last periods, on disk. Thread-safe. */
final class DemandHistory implements TopicFollower.Keeper, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(DemandHistory.class);
    private static final String ITEM = "i";
    /** Items of which more than what is kept on disk is in memory, about 20 kB each. */
    private static final int MAX_CHANGED = 2_000;

    private final String topic;
    private final Deserializer<DemandForecast> forecasts;
    private final Path folder;
    private HistoryStore store;
    private final Set<String> keys = new TreeSet<>();
    private final Map<String, ItemBlock> changed = new HashMap<>();

    /** @param folder its own */
    DemandHistory(Topics topics, AvroSerdes serdes, Path folder) {
        this.topic = topics.demandForecast().name();
        this.forecasts = serdes.valueSerde(topics.demandForecast()).deserializer();
        this.folder = folder;
    }

    @Override
    public Set<String> topics() {
        return Set.of(topic);
    }

    @Override
    public synchronized Map<String, String> open() throws IOException {
        if (store == null || !store.isOpen()) {
            close();
            store = HistoryStore.open(folder, ItemBlock.FORMAT);
        }
        keys.clear();
        changed.clear();
        store.keys(ITEM).forEach(key -> keys.add(key.substring(ITEM.length())));
        return store.committed();
    }

    @Override
    public synchronized void take(ConsumerRecord<byte[], byte[]> record) throws IOException {
        if (record.value() == null) {
            return;
        }
        DemandForecast forecast = forecasts.deserialize(topic, record.value());
        String key = SeriesKey.of(forecast.getItem(), forecast.getLocation()).toString();
        ItemBlock block = changed.get(key);
        if (block == null) {
            block = keys.contains(key) ? stored(key).orElseGet(ItemBlock::new) : new ItemBlock();
            changed.put(key, block);
            keys.add(key);
        }
        block.take(forecast);
    }

    private Optional<ItemBlock> stored(String key) throws IOException {
        try {
            return store.get(ITEM + key).map(ItemBlock::read);
        } catch (CorruptIndexException | UncheckedIOException e) {
            LOG.warn("what is kept of item {} is damaged, and is left out", ForeignText.line(key), e);
            return Optional.empty();
        }
    }

    @Override
    public synchronized boolean isFull() {
        return changed.size() >= MAX_CHANGED;
    }

    @Override
    public synchronized void keep(Map<String, String> positions) throws IOException {
        for (var each : changed.entrySet()) {
            store.put(ITEM + each.getKey(), each.getValue().bytes());
        }
        store.commit(positions);
        changed.clear();
    }

    @Override
    public synchronized void forget() throws IOException {
        keys.clear();
        changed.clear();
        store.deleteAll();
        store.commit(Map.of());
    }

    /** Keys of all items, in order. */
    synchronized List<String> keys() {
        return List.copyOf(keys);
    }

    /** An item as it is now; empty if it is not known. */
    synchronized Optional<ItemBlock> item(String key) {
        ItemBlock block = changed.get(key);
        try {
            return block == null ? stored(key) : Optional.of(ItemBlock.read(block.bytes()));
        } catch (IOException e) {
            throw new UncheckedIOException("an item cannot be read: " + e.getMessage(), e);
        }
    }

    @Override
    public synchronized void close() throws IOException {
        if (store != null) {
            store.close();
        }
    }
}
