package dev.vorrang.console.machine;

import dev.vorrang.console.history.HistoryStore;
import dev.vorrang.console.index.TopicFollower;
import dev.vorrang.schemas.MachineScore;
import dev.vorrang.schemas.Maintenance;
import dev.vorrang.schemas.SensorReading;
import dev.vorrang.schemas.Topics;
import dev.vorrang.schemas.serde.AvroSerdes;
import dev.vorrang.schemas.text.ForeignText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.lucene.index.CorruptIndexException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Machines as they are, and their readings and scores combined by minute, on disk. Bounded: a machine keeps its last hours, whatever the
 * clocks of its readings say. A reading that is delivered twice counts twice in the mean of its minute. Thread-safe.
 */
final class MachineHistory implements TopicFollower.Keeper, AutoCloseable {

    /** Characters of the name of a machine or sensor; what has a longer one is left out. */
    static final int MAX_NAME = 500;

    private static final Logger LOG = LoggerFactory.getLogger(MachineHistory.class);
    private static final long MINUTE = Duration.ofMinutes(1).toMillis();
    private static final String MACHINE = "m";
    private static final String HOUR = "h";
    /** Hours of which more than what is kept on disk is in memory, about 20 kB each. */
    private static final int MAX_CHANGED = 2_000;

    private final Topics topics;
    private final Deserializer<SensorReading> readings;
    private final Deserializer<MachineScore> scores;
    private final Deserializer<Maintenance> maintenances;
    private final Path folder;
    private final int maxHours;
    private HistoryStore store;
    private final Map<String, KnownMachine> machines = new TreeMap<>();
    private final Map<String, SortedSet<Long>> hours = new HashMap<>();
    private final Map<Key, HourBlock> blocks = new HashMap<>();
    private final Set<Key> changed = new HashSet<>();
    private final Set<String> changedMachines = new HashSet<>();

    /** @param hour since 1970 */
    private record Key(String machine, long hour) {

        String text() {
            // Hours before 1970 come behind those after, and are none of interest.
            return HOUR + machine + '\0' + String.format("%016x", hour);
        }
    }

    /**
     * @param folder its own
     * @param retention of what is kept on disk of a machine, 1 hour or more
     */
    MachineHistory(Topics topics, AvroSerdes serdes, Path folder, Duration retention) {
        this.topics = topics;
        this.readings = serdes.valueSerde(topics.machineReadings()).deserializer();
        this.scores = serdes.valueSerde(topics.machineScored()).deserializer();
        this.maintenances = serdes.valueSerde(topics.machineMaintenance()).deserializer();
        this.folder = folder;
        this.maxHours = Math.toIntExact(retention.toHours());
    }

    @Override
    public Set<String> topics() {
        return Set.of(
                topics.machineReadings().name(),
                topics.machineScored().name(),
                topics.machineMaintenance().name());
    }

    @Override
    public synchronized Map<String, String> open() throws IOException {
        if (store == null || !store.isOpen()) {
            close();
            store = HistoryStore.open(folder, HourBlock.FORMAT);
        }
        try {
            load();
        } catch (CorruptIndexException | UncheckedIOException e) {
            LOG.warn("what is kept of machines in {} is damaged, and is read anew: {}", folder, e.getMessage());
            forget();
        }
        return store.committed();
    }

    private void load() throws IOException {
        clear();
        for (String key : store.keys(MACHINE)) {
            String machine = key.substring(MACHINE.length());
            machines.put(machine, KnownMachine.read(store.get(key).orElseThrow()));
        }
        for (String key : store.keys(HOUR)) {
            int end = key.lastIndexOf('\0');
            hours.computeIfAbsent(key.substring(HOUR.length(), end), first -> new TreeSet<>())
                    .add(Long.parseUnsignedLong(key.substring(end + 1), 16));
        }
    }

    private void clear() {
        machines.clear();
        hours.clear();
        blocks.clear();
        changed.clear();
        changedMachines.clear();
    }

    @Override
    public synchronized void take(ConsumerRecord<byte[], byte[]> record) throws IOException {
        try {
            if (record.topic().equals(topics.machineReadings().name())) {
                read(readings, record).ifPresent(this::take);
            } else if (record.topic().equals(topics.machineScored().name())) {
                read(scores, record).ifPresent(this::take);
            } else if (record.key() != null) {
                String machine = new String(record.key(), StandardCharsets.UTF_8);
                Optional<Maintenance> maintenance = read(maintenances, record);
                known(machine).ifPresent(known -> known.take(maintenance.orElse(null)));
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static <V> Optional<V> read(Deserializer<V> deserializer, ConsumerRecord<byte[], byte[]> record) {
        return Optional.ofNullable(record.value()).map(bytes -> deserializer.deserialize(record.topic(), bytes));
    }

    private Optional<KnownMachine> known(String machine) {
        if (machine.isEmpty() || machine.length() > MAX_NAME || machine.indexOf('\0') >= 0) {
            return Optional.empty();
        }
        changedMachines.add(machine);
        return Optional.of(machines.computeIfAbsent(machine, first -> new KnownMachine()));
    }

    private void take(SensorReading reading) {
        known(reading.getMachine()).ifPresent(known -> {
            known.take(reading);
            Key key = key(reading.getMachine(), reading.getTime());
            HourBlock block = block(key);
            int minute = minute(reading.getTime());
            reading.getValues().forEach((sensor, value) -> {
                if (KnownMachine.isShown(reading, sensor, value)) {
                    block.add(minute, sensor, value);
                }
            });
        });
    }

    private void take(MachineScore score) {
        known(score.getMachine()).ifPresent(known -> {
            known.take(score);
            if (score.getAnomaly() != null || score.getMaintenance()) {
                HourBlock block = block(key(score.getMachine(), score.getTime()));
                int minute = minute(score.getTime());
                if (score.getAnomaly() != null) {
                    block.addAnomaly(minute, score.getAnomaly());
                }
                if (score.getMaintenance()) {
                    block.setMaintenance(minute);
                }
            }
        });
    }

    private static Key key(String machine, Instant time) {
        return new Key(machine, Math.floorDiv(time.toEpochMilli(), HourBlock.MINUTES * MINUTE));
    }

    private static int minute(Instant time) {
        return (int) Math.floorMod(Math.floorDiv(time.toEpochMilli(), MINUTE), (long) HourBlock.MINUTES);
    }

    /** The hour of a key, to be changed. */
    private HourBlock block(Key key) {
        HourBlock block = blocks.get(key);
        if (block == null) {
            SortedSet<Long> known = hours.computeIfAbsent(key.machine(), first -> new TreeSet<>());
            block = known.contains(key.hour()) ? stored(key).orElseGet(HourBlock::new) : new HourBlock();
            known.add(key.hour());
            blocks.put(key, block);
        }
        changed.add(key);
        return block;
    }

    private Optional<HourBlock> stored(Key key) {
        try {
            return store.get(key.text()).map(HourBlock::read);
        } catch (CorruptIndexException e) {
            LOG.warn("an hour of machine {} is damaged, and is left out", ForeignText.line(key.machine()), e);
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("an hour of a machine cannot be read: " + e.getMessage(), e);
        }
    }

    @Override
    public synchronized boolean isFull() {
        return changed.size() >= MAX_CHANGED;
    }

    @Override
    public synchronized void keep(Map<String, String> positions) throws IOException {
        for (Key key : changed) {
            store.put(key.text(), blocks.get(key).bytes());
        }
        for (String machine : changedMachines) {
            store.put(MACHINE + machine, machines.get(machine).bytes());
        }
        for (var each : hours.entrySet()) {
            forgetOld(each.getKey(), each.getValue());
        }
        store.commit(positions);
        changed.clear();
        changedMachines.clear();
        blocks.keySet().removeIf(key -> hours.get(key.machine()).last() != key.hour());
    }

    private void forgetOld(String machine, SortedSet<Long> known) throws IOException {
        while (known.size() > maxHours) {
            var oldest = new Key(machine, known.first());
            known.remove(oldest.hour());
            blocks.remove(oldest);
            store.delete(oldest.text());
        }
    }

    @Override
    public synchronized void forget() throws IOException {
        clear();
        store.deleteAll();
        store.commit(Map.of());
    }

    /** All machines, by name. */
    synchronized Map<String, KnownMachine> machines() {
        var copies = new TreeMap<String, KnownMachine>();
        machines.forEach((name, machine) -> copies.put(name, machine.copy()));
        return copies;
    }

    synchronized boolean isKnown(String machine) {
        return machines.containsKey(machine);
    }

    /** Whether a machine has sent a reading: of others only maintenance or scores are known. */
    synchronized boolean hasRead(String machine) {
        return isKnown(machine) && machines.get(machine).lastReading != 0;
    }

    /**
     * Hours of a machine that are kept, in order.
     *
     * @param from first hour since 1970
     * @param to exclusive
     */
    synchronized List<Long> hours(String machine, long from, long to) {
        return from >= to
                ? List.of()
                : List.copyOf(new TreeSet<>(hours.getOrDefault(machine, new TreeSet<>())).subSet(from, to));
    }

    /** An hour of a machine, as it is now; empty if it is not kept any more. */
    synchronized Optional<HourBlock> hour(String machine, long hour) {
        var key = new Key(machine, hour);
        HourBlock block = blocks.get(key);
        return block == null ? stored(key) : Optional.of(HourBlock.read(block.bytes()));
    }

    @Override
    public synchronized void close() throws IOException {
        if (store != null) {
            store.close();
        }
    }
}
