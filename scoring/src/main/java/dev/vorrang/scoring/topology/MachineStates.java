package dev.vorrang.scoring.topology;

import dev.vorrang.schemas.Maintenance;
import dev.vorrang.schemas.Position;
import dev.vorrang.schemas.SensorReading;
import dev.vorrang.scoring.batch.Outcome;
import dev.vorrang.scoring.engine.Prediction;
import dev.vorrang.scoring.machine.MachineState;
import dev.vorrang.scoring.machine.ModelInput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
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

    private static final byte[] NO_MARK = {};
    private static final Logger LOG = LoggerFactory.getLogger(MachineStates.class);

    private final MachineStream stream;
    private final KeyValueStore<Bytes, byte[]> store;
    private final Function<byte[], SensorReading> decoder;
    private final String topic;
    private final int partition;
    private final Function<List<List<Optional<ModelInput>>>, List<Outcome<Prediction<List<float[]>>>>> models;
    private final Map<String, Hot> hot = new LinkedHashMap<>(64, 0.75f, true);
    private final Set<Hot> touched = new HashSet<>();

    /** The state of a machine at hand. */
    static final class Hot {

        private final MachineState state;
        private final MachineJournal journal;
        private byte[] mark = NO_MARK;

        private Hot(MachineState state, MachineJournal journal) {
            this.state = state;
            this.journal = journal;
        }

        MachineState state() {
            return state;
        }
    }

    /**
     * @param decoder reads the value of a record of readings
     * @param models score steps anew, where others are in service than when they were first scored
     * @param partition of the readings
     */
    MachineStates(
            MachineStream stream,
            KeyValueStore<Bytes, byte[]> store,
            Function<byte[], SensorReading> decoder,
            Function<List<List<Optional<ModelInput>>>, List<Outcome<Prediction<List<float[]>>>>> models,
            int partition) {
        this.stream = stream;
        this.store = store;
        this.decoder = decoder;
        this.topic = stream.input().name();
        this.partition = partition;
        this.models = models;
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
    Hot of(String machine, long offset) {
        Hot known = hot.get(machine);
        if (known == null) {
            known = load(machine, offset);
            hot.put(machine, known);
        }
        return known;
    }

    /** Notes that a state has taken a reading. */
    JournalEntry taken(Hot of, long offset, byte[] reading) {
        var entry = new JournalEntry(offset, reading, of.mark);
        of.journal.add(entry);
        touched.add(of);
        return entry;
    }

    /** Marks a machine, or ends that. Nothing of it may be pending. */
    void mark(String machine, Optional<Maintenance> mark) {
        byte[] bytes = mark.map(MachineStates::encoded).orElse(NO_MARK);
        store.put(markKey(machine), mark.isPresent() ? bytes : null);
        Hot known = hot.get(machine);
        if (known != null) {
            set(known, bytes);
        }
    }

    /** Writes what was taken since the last time, and lets go of the states that were not used for longest. */
    void write() {
        for (Hot of : touched) {
            int bytes = of.journal.write(of.state::snapshot);
            stream.metrics().stateWritten(bytes);
        }
        touched.clear();
        var oldest = hot.values().iterator();
        while (hot.size() > stream.machinesAtHand()) {
            oldest.next();
            oldest.remove();
        }
    }

    private Hot load(String machine, long before) {
        var journal = new MachineJournal(store, machine);
        var pages = new StoredIdPages(store, machine);
        try {
            MachineJournal.Found found = journal.load(before);
            MachineState state = found.snapshot().length == 0
                    ? new MachineState(machine, stream.settings(), stream.machineModels(), pages)
                    : MachineState.restore(found.snapshot(), stream.settings(), stream.machineModels(), pages);
            var loaded = new Hot(state, journal);
            replay(loaded, found.readings());
            byte[] mark = store.get(markKey(machine));
            set(loaded, mark == null ? NO_MARK : mark);
            return loaded;
        } catch (IOException | AvroRuntimeException e) {
            LOG.error("State of machine '{}' cannot be read, it starts anew: {}", machine, e.getMessage());
            return new Hot(new MachineState(machine, stream.settings(), stream.machineModels(), pages), journal);
        }
    }

    /**
     * Takes readings as they were taken before. What the model in service said of them is taken as it was; a model that said nothing
     * of them is asked now, in one batch: inputs follow from readings alone, never from outputs.
     */
    private void replay(Hot of, List<JournalEntry> entries) {
        var steps = new ArrayList<ReplayedStep>();
        for (JournalEntry entry : entries) {
            of.state
                    .accept(decoder.apply(entry.reading()))
                    .filter(pending -> entry.prediction() != null)
                    .ifPresent(pending -> steps.add(new ReplayedStep(entry, pending)));
        }
        ask(steps);
        for (ReplayedStep step : steps) {
            set(of, step.entry().maintenance());
            conclude(of.state, step);
        }
    }

    private void ask(List<ReplayedStep> steps) {
        var open = steps.stream().filter(ReplayedStep::asks).toList();
        if (!open.isEmpty()) {
            var outcomes =
                    models.apply(open.stream().map(ReplayedStep::questions).toList());
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
            var position = new Position(topic, partition, step.entry().offset());
            state.conclude(step.pending(), step.outputs(), position, Instant.EPOCH);
        } catch (IllegalStateException e) {
            LOG.debug("The step was not concluded the first time either: {}", e.getMessage());
        }
    }

    private static void set(Hot of, byte[] mark) {
        if (!java.util.Arrays.equals(of.mark, mark)) {
            of.mark = mark;
            of.state.maintenance(mark.length == 0 ? Optional.empty() : Optional.of(decoded(mark)));
        }
    }

    private static byte[] encoded(Maintenance mark) {
        try {
            ByteBuffer bytes = Maintenance.getEncoder().encode(mark);
            var copy = new byte[bytes.remaining()];
            bytes.get(copy);
            return copy;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static Maintenance decoded(byte[] mark) {
        try {
            return Maintenance.getDecoder().decode(mark);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static Bytes markKey(String machine) {
        byte[] name = machine.getBytes(java.nio.charset.StandardCharsets.UTF_8);
        return Bytes.wrap(ByteBuffer.allocate(2 + name.length + 1)
                .putShort((short) name.length)
                .put(name)
                .put((byte) 'M')
                .array());
    }
}
