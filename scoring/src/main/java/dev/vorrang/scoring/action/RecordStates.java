package dev.vorrang.scoring.action;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/** The states of a task's records, and when what follows of them is due. For one thread. */
final class RecordStates {

    static final String STORE = "action-records";
    static final String DUE = "action-due";

    private static final String SEPARATOR = "\0";
    /** After all digits. */
    private static final String AFTER_DIGITS = ":";

    private final KeyValueStore<String, byte[]> store;
    private final KeyValueStore<String, byte[]> index;
    private final ActionRecords records;
    private final ActionTime time;

    /**
     * What is due.
     *
     * @param at when, by the task's time
     * @param key of the index
     */
    record Due(long at, String action, String record, String key) {}

    RecordStates(ProcessorContext<?, ?> context, ActionRecords records, Clock clock) {
        this.store = context.getStateStore(STORE);
        this.index = context.getStateStore(DUE);
        this.records = records;
        this.time = new ActionTime(clock, index);
    }

    /** Not cached: each change is in the changelog with what it leads to. */
    static List<StoreBuilder<?>> stores() {
        return List.of(
                Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(STORE), Serdes.String(), Serdes.ByteArray())
                        .withCachingDisabled(),
                Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(DUE), Serdes.String(), Serdes.ByteArray())
                        .withCachingDisabled());
    }

    ActionTime time() {
        return time;
    }

    RecordState get(String record) {
        return Optional.ofNullable(store.get(record))
                .map(bytes -> RecordState.of(bytes, records))
                .orElseGet(RecordState::new);
    }

    /** Notes what is due, too; what was noted before and is not due any more is left out when its time comes. */
    void put(String record, RecordState state) {
        state.touch(time.now());
        store.put(record, state.bytes(records));
        for (var followUp : state.followUps()) {
            if (followUp.isWaiting()) {
                String key = String.format(Locale.ROOT, "%019d", followUp.dueAt())
                        + SEPARATOR
                        + followUp.message().getName()
                        + SEPARATOR
                        + record;
                index.put(key, Envelope.NOTHING);
                time.keep();
            }
        }
    }

    /** All that is due now, the earliest first. */
    List<Due> due() {
        var due = new ArrayList<Due>();
        String end = String.format(Locale.ROOT, "%019d", time.now()) + AFTER_DIGITS;
        try (var all = index.range("0", end)) {
            all.forEachRemaining(each -> due.add(due(each.key)));
        }
        return due;
    }

    private static Due due(String key) {
        String[] parts = key.split(SEPARATOR, 3);
        return new Due(Long.parseLong(parts[0]), parts[1], parts[2], key);
    }

    void delete(Due due) {
        index.delete(due.key());
    }

    /** Whether anything will be due. */
    boolean isAnyDue() {
        try (var all = index.range("0", AFTER_DIGITS)) {
            return all.hasNext();
        }
    }

    /**
     * Forgets records to which nothing has happened for long and of which nothing is due.
     *
     * @param forgotten hears the ids of those that somebody did something about
     */
    void forget(Duration retention, Consumer<String> forgotten) {
        long oldest = time.now() - retention.toMillis();
        try (var all = store.all()) {
            while (all.hasNext()) {
                var each = all.next();
                if (RecordState.isOlder(each.value, oldest)) {
                    store.delete(each.key);
                    if (RecordState.hasDesk(each.value)) {
                        forgotten.accept(each.key);
                    }
                }
            }
        }
    }
}
