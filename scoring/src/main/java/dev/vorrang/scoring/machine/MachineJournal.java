package dev.vorrang.scoring.machine;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * How one machine's state is kept in a store with a changelog, at a low price for each reading: a commit adds the readings since the
 * last one, with what the models said of them, and only every {@value #SNAPSHOT_EVERY} readings the whole state is written instead.
 * There are two generations of snapshot and readings; the older stays until the newer has grown, so that a state can also be had as
 * it was before the last commit: with at-least-once, readings that are delivered again must find the state as it was before them.
 * For one thread.
 */
final class MachineJournal {

    static final int SNAPSHOT_EVERY = 64;

    /** Version 1 did not keep which model an output is of. */
    private static final byte VERSION = 2;

    private static final byte SNAPSHOT = 'S';
    private static final byte READINGS = 'R';
    private static final long NONE = -1;

    private final KeyValueStore<Bytes, byte[]> store;
    private final byte[] machine;
    private final List<JournalEntry> unwritten = new ArrayList<>();
    private long generation;
    private int parts;
    private int readings;
    private boolean undone;
    private boolean changed;
    private long last = NONE;

    /** What a store has of a machine: a snapshot, empty for a machine that nothing was known of, and the readings after it. */
    record Found(byte[] snapshot, List<JournalEntry> readings) {}

    private record Snapshot(long generation, long last, byte[] state) {}

    private record Part(long generation, List<JournalEntry> readings) {}

    MachineJournal(KeyValueStore<Bytes, byte[]> store, String machine) {
        this.store = store;
        this.machine = machine.getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Reads what is known of the machine from readings before an offset.
     *
     * @throws IOException if the store is damaged
     */
    Found load(long before) throws IOException {
        Snapshot found = new Snapshot(0, NONE, new byte[0]);
        long newest = 0;
        for (int side = 0; side < 2; side++) {
            Snapshot snapshot = snapshot(store.get(key(SNAPSHOT, side, 0)));
            newest = Math.max(newest, snapshot.generation());
            if (snapshot.generation() > found.generation() && snapshot.last() < before) {
                found = snapshot;
            }
        }
        generation = found.generation();
        undone = newest > generation;
        last = found.last();
        var entries = new ArrayList<JournalEntry>();
        for (parts = 0; ; parts++) {
            Part part = part(store.get(key(READINGS, generation, parts)));
            if (part.generation() != generation) {
                break;
            }
            for (JournalEntry entry : part.readings()) {
                if (entry.offset() >= before) {
                    undone = true;
                } else if (entry.offset() > last) {
                    entries.add(entry);
                    last = entry.offset();
                }
            }
        }
        readings = entries.size();
        // What was undone must not be found again: the next write is a snapshot, newer than all.
        generation = undone ? newest : generation;
        return new Found(found.state(), entries);
    }

    /** Notes a reading that the state has taken, to be written with the next commit. */
    void add(JournalEntry entry) {
        unwritten.add(entry);
    }

    /** Notes that the state has changed by something other than a reading: the next write is a snapshot. */
    void changed() {
        changed = true;
    }

    /** Offset of the last reading, -1 before the first. */
    long last() {
        return unwritten.isEmpty() ? last : unwritten.get(unwritten.size() - 1).offset();
    }

    /**
     * Writes what was noted. No step may be pending.
     *
     * @param state gives the whole state
     * @return bytes written
     */
    int write(Supplier<byte[]> state) {
        if (unwritten.isEmpty() && !changed) {
            return 0;
        }
        last = Math.max(last, last());
        readings += unwritten.size();
        byte[] value;
        try {
            if (undone || changed || readings >= SNAPSHOT_EVERY) {
                generation++;
                parts = 0;
                readings = 0;
                undone = false;
                changed = false;
                value = written(new Snapshot(generation, last, state.get()));
                store.put(key(SNAPSHOT, generation, 0), value);
            } else {
                value = written(new Part(generation, unwritten));
                store.put(key(READINGS, generation, parts++), value);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        unwritten.clear();
        return value.length;
    }

    private static byte[] written(Snapshot snapshot) throws IOException {
        var bytes = new ByteArrayOutputStream();
        var out = new DataOutputStream(bytes);
        out.writeByte(VERSION);
        out.writeLong(snapshot.generation());
        out.writeLong(snapshot.last());
        out.writeInt(snapshot.state().length);
        out.write(snapshot.state());
        return bytes.toByteArray();
    }

    private static byte[] written(Part part) throws IOException {
        var bytes = new ByteArrayOutputStream();
        var out = new DataOutputStream(bytes);
        out.writeByte(VERSION);
        out.writeLong(part.generation());
        out.writeInt(part.readings().size());
        for (JournalEntry entry : part.readings()) {
            entry.write(out);
        }
        return bytes.toByteArray();
    }

    private static Snapshot snapshot(byte[] value) throws IOException {
        if (value == null) {
            return new Snapshot(NONE, NONE, new byte[0]);
        }
        var in = new DataInputStream(new ByteArrayInputStream(value));
        version(in);
        long generation = in.readLong();
        long last = in.readLong();
        byte[] state = in.readNBytes(in.readInt());
        return new Snapshot(generation, last, state);
    }

    private static Part part(byte[] value) throws IOException {
        if (value == null) {
            return new Part(NONE, List.of());
        }
        var in = new DataInputStream(new ByteArrayInputStream(value));
        int version = version(in);
        long generation = in.readLong();
        int count = in.readInt();
        var readings = new ArrayList<JournalEntry>();
        for (int i = 0; i < count; i++) {
            readings.add(JournalEntry.read(in, version));
        }
        return new Part(generation, readings);
    }

    private static int version(DataInputStream in) throws IOException {
        int version = in.readByte();
        if (version < 1 || version > VERSION) {
            throw new IOException("journal has version " + version + ", allowed is 1 to " + VERSION);
        }
        return version;
    }

    private Bytes key(byte kind, long ofGeneration, int part) {
        return Bytes.wrap(ByteBuffer.allocate(2 + machine.length + 3)
                .putShort((short) machine.length)
                .put(machine)
                .put(kind)
                .put((byte) (ofGeneration % 2))
                .put((byte) part)
                .array());
    }
}
