package dev.vorrang.scoring.machine;

import dev.vorrang.schemas.Maintenance;
import dev.vorrang.schemas.Position;
import dev.vorrang.schemas.SensorReading;
import dev.vorrang.scoring.engine.TaskContext;
import dev.vorrang.scoring.engine.metrics.Measurement;
import dev.vorrang.scoring.engine.metrics.Metric;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ref.SoftReference;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.AvroRuntimeException;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The states of one task's machines: those last used are at hand, the others are made anew out of the store when they are needed.
 * For one thread.
 */
final class MachineStates {

    static final String STORE = "machine-states";

    private static final Logger LOG = LoggerFactory.getLogger(MachineStates.class);

    private final MachineStream stream;
    private final TaskContext<SensorReading, List<Optional<ModelInput>>, List<float[]>> context;
    private final KeyValueStore<Bytes, byte[]> store;
    private final String topic;
    /** The garbage collector may let go of states before the heap is full, those last used last. */
    private final Map<String, SoftReference<CachedState>> cached = new LinkedHashMap<>(64, 0.75f, true);
    /** What is not written yet is not let go of. */
    private final Set<CachedState> touched = new HashSet<>();

    /** @param context also scores steps anew, where other models are in service than when they were first scored */
    MachineStates(MachineStream stream, TaskContext<SensorReading, List<Optional<ModelInput>>, List<float[]>> context) {
        this.stream = stream;
        this.context = context;
        this.store = context.store(STORE);
        this.topic = stream.topics().input().name();
    }

    /** Has a changelog; not cached, for what is at hand is the cache. */
    static StoreBuilder<KeyValueStore<Bytes, byte[]>> store(boolean inMemory) {
        var supplier = inMemory ? Stores.inMemoryKeyValueStore(STORE) : Stores.persistentKeyValueStore(STORE);
        return Stores.keyValueStoreBuilder(supplier, Serdes.Bytes(), Serdes.ByteArray())
                .withCachingDisabled();
    }

    /**
     * The state of a machine as it is before a reading.
     *
     * @param offset of the reading
     */
    CachedState of(String machine, long offset) {
        return atHand(machine).orElseGet(() -> {
            CachedState loaded = load(machine, offset);
            cached.put(machine, new SoftReference<>(loaded));
            return loaded;
        });
    }

    private Optional<CachedState> atHand(String machine) {
        return Optional.ofNullable(cached.get(machine)).map(SoftReference::get);
    }

    /** Notes that a state has taken a reading. */
    JournalEntry taken(CachedState of, long offset, byte[] reading) {
        var entry = new JournalEntry(offset, reading, of.mark());
        of.journal().add(entry);
        touched.add(of);
        return entry;
    }

    /** The state of a machine as it is after all of its readings that were taken. */
    CachedState of(String machine) {
        return of(machine, Long.MAX_VALUE);
    }

    /** Notes that a state has changed by something other than a reading. Nothing of it may be pending. */
    void changed(CachedState of) {
        of.journal().changed();
        touched.add(of);
    }

    /** Marks a machine, or ends that. Nothing of it may be pending. */
    void mark(String machine, Optional<Maintenance> mark) {
        byte[] bytes = mark.map(MachineStates::encoded).orElse(CachedState.NO_MARK);
        store.put(markKey(machine), mark.isPresent() ? bytes : null);
        atHand(machine).ifPresent(known -> known.mark(bytes));
    }

    /** Writes what was taken since the last time, and lets go of the states that were not used for longest. */
    void write() {
        for (CachedState of : touched) {
            int bytes = of.journal().write(of.state()::snapshot);
            stream.environment().metrics().count(new Measurement(Metric.STATE_WRITTEN, bytes, List.of()));
        }
        touched.clear();
        var oldest = cached.values().iterator();
        while (cached.size() > stream.machinesAtHand()) {
            oldest.next();
            oldest.remove();
        }
    }

    private CachedState load(String machine, long before) {
        var journal = new MachineJournal(store, machine);
        var pages = new StoredIdPages(store, machine);
        MachineProfile profile = stream.types().of(machine);
        try {
            MachineJournal.Found found = journal.load(before);
            MachineState state = found.snapshot().length == 0
                    ? new MachineState(machine, profile, stream.models().all(), pages)
                    : MachineState.restore(
                            found.snapshot(), profile, stream.models().all(), pages);
            var loaded = new CachedState(state, journal);
            replay(loaded, found.readings());
            byte[] mark = store.get(markKey(machine));
            loaded.mark(mark == null ? CachedState.NO_MARK : mark);
            return loaded;
        } catch (IOException | AvroRuntimeException e) {
            LOG.error("State of machine '{}' cannot be read, it starts anew: {}", machine, e.getMessage());
            return new CachedState(
                    new MachineState(machine, profile, stream.models().all(), pages), journal);
        }
    }

    /**
     * Takes readings as they were taken before. What the model in service said of them is taken as it was; a model that said nothing
     * of them is asked now, in one batch: inputs follow from readings alone, never from outputs.
     */
    private void replay(CachedState of, List<JournalEntry> entries) {
        var steps = new ArrayList<ReplayedStep>();
        for (JournalEntry entry : entries) {
            // Whether the machine was in maintenance also decides what is learned of the step.
            of.mark(entry.maintenance());
            of.state()
                    .accept(context.read(entry.reading()))
                    .filter(pending -> entry.prediction() != null)
                    .ifPresent(pending -> steps.add(new ReplayedStep(entry, pending)));
        }
        ask(steps);
        for (ReplayedStep step : steps) {
            of.mark(step.entry().maintenance());
            conclude(of.state(), step);
        }
    }

    private void ask(List<ReplayedStep> steps) {
        var open = steps.stream().filter(ReplayedStep::asks).toList();
        if (!open.isEmpty()) {
            var outcomes =
                    context.predict(open.stream().map(ReplayedStep::questions).toList());
            for (int i = 0; i < outcomes.size(); i++) {
                open.get(i).answer(outcomes.get(i));
            }
        }
    }

    private void conclude(MachineState state, ReplayedStep step) {
        if (step.failed()) {
            return;
        }
        try {
            var position = new Position(topic, context.partition(), step.entry().offset());
            state.conclude(step.pending(), step.prediction(), position, Instant.EPOCH);
        } catch (RuntimeException e) {
            LOG.warn("A step of machine '{}' is left out of its state: {}", state.machine(), e.toString());
        }
    }

    private static byte[] encoded(Maintenance mark) {
        try {
            ByteBuffer bytes = Maintenance.getEncoder().encode(mark);
            var copy = new byte[bytes.remaining()];
            bytes.get(copy);
            return copy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Bytes markKey(String machine) {
        byte[] name = machine.getBytes(StandardCharsets.UTF_8);
        return Bytes.wrap(ByteBuffer.allocate(2 + name.length + 1)
                .putShort((short) name.length)
                .put(name)
                .put((byte) 'M')
                .array());
    }
}
