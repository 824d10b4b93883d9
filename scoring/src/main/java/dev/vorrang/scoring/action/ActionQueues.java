package dev.vorrang.scoring.action;

import java.nio.ByteBuffer;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * What a task keeps of the actions whose messages it makes: bundles, rates, and which records they were about. For one thread.
 *
 * <p>An action has at most {@value #MAX_GROUPS} bundles at a time; records of further groups share one.
 */
final class ActionQueues {

    static final String STORE = "action-queues";
    static final String SEEN = "action-seen";

    private static final int MAX_GROUPS = 1000;
    private static final String SEPARATOR = "\0";
    private static final String BUNDLES = "b" + SEPARATOR;
    private static final String RATES = "r" + SEPARATOR;
    /** No value of a field has it. */
    private static final String FURTHER_GROUPS = "\1";

    private final KeyValueStore<String, byte[]> store;
    private final KeyValueStore<String, Long> seen;
    private final ActionRecords records;
    private final ActionTime time;
    /** Number of bundles by action; null before it is needed. */
    private Map<String, Integer> groups;

    /** Messages since a time. */
    private record Rate(long since, int messages) {}

    ActionQueues(ProcessorContext<?, ?> context, ActionRecords records, Clock clock) {
        this.store = context.getStateStore(STORE);
        this.seen = context.getStateStore(SEEN);
        this.records = records;
        this.time = new ActionTime(clock, store);
    }

    /** Not cached: each change is in the changelog with what it leads to. */
    static List<StoreBuilder<?>> stores() {
        return List.of(
                Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(STORE), Serdes.String(), Serdes.ByteArray())
                        .withCachingDisabled(),
                Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(SEEN), Serdes.String(), Serdes.Long())
                        .withCachingDisabled());
    }

    ActionTime time() {
        return time;
    }

    boolean hasSeen(String action, String record) {
        return seen.get(action + SEPARATOR + record) != null;
    }

    void see(String action, String record) {
        seen.put(action + SEPARATOR + record, time.now());
    }

    /** @param retention milliseconds */
    void forgetSeen(long retention) {
        long oldest = time.now() - retention;
        try (var all = seen.all()) {
            while (all.hasNext()) {
                var each = all.next();
                if (each.value < oldest) {
                    seen.delete(each.key);
                }
            }
        }
    }

    /** Key of the bundle of a group. */
    String key(String action, List<String> values) {
        var key = new StringBuilder(BUNDLES).append(action).append(SEPARATOR);
        values.forEach(value -> key.append(value.replaceAll("[\\x00\\x01]", "")).append(SEPARATOR));
        String own = key.toString();
        return store.get(own) != null || groups().getOrDefault(action, 0) < MAX_GROUPS
                ? own
                : BUNDLES + action + SEPARATOR + FURTHER_GROUPS;
    }

    Optional<Bundle> bundle(String key) {
        return Optional.ofNullable(store.get(key)).map(bytes -> Bundle.of(bytes, records));
    }

    void put(String key, Bundle bundle) {
        if (store.get(key) == null) {
            groups().merge(action(key), 1, Integer::sum);
        }
        store.put(key, bundle.bytes(records));
        time.keep();
    }

    void delete(String key) {
        if (store.delete(key) != null) {
            groups().merge(action(key), -1, Integer::sum);
        }
    }

    /** Keys of all bundles. */
    List<String> bundles() {
        var keys = new ArrayList<String>();
        try (var all = store.range(BUNDLES, BUNDLES + Character.MAX_VALUE)) {
            all.forEachRemaining(each -> keys.add(each.key));
        }
        return keys;
    }

    /** Counts a message, if there may be one. */
    boolean take(String action, Optional<ActionRule.RateLimit> limit) {
        if (limit.isEmpty()) {
            return true;
        }
        long now = time.now();
        Rate rate = rate(action)
                .filter(each -> now - each.since() < limit.get().per().toMillis())
                .orElse(new Rate(now, 0));
        if (rate.messages() >= limit.get().most()) {
            return false;
        }
        store.put(
                RATES + action,
                ByteBuffer.allocate(Long.BYTES + Integer.BYTES)
                        .putLong(rate.since())
                        .putInt(rate.messages() + 1)
                        .array());
        time.keep();
        return true;
    }

    private Optional<Rate> rate(String action) {
        return Optional.ofNullable(store.get(RATES + action))
                .map(ByteBuffer::wrap)
                .map(bytes -> new Rate(bytes.getLong(), bytes.getInt()));
    }

    private Map<String, Integer> groups() {
        if (groups == null) {
            groups = new HashMap<>();
            bundles().forEach(key -> groups.merge(action(key), 1, Integer::sum));
        }
        return groups;
    }

    private static String action(String key) {
        return key.substring(BUNDLES.length(), key.indexOf(SEPARATOR, BUNDLES.length()));
    }
}
