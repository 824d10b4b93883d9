package dev.vorrang.scoring.demand;

import dev.vorrang.scoring.demand.model.DemandWindow;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.LongToDoubleFunction;

/**
 * The closed periods of an item, the last {@code kept} of them, and what is known in advance of these and of those to come. Sums are
 * negative where more came back than went out. For one thread.
 */
final class Series {

    private static final byte EXACT = 0;
    private static final byte FLOATS = 1;
    private static final int FIRST_ROOM = 16;

    private final int kept;
    private final List<String> names;
    private double[] quantities = new double[0];
    private int from;
    private int count;
    private long end;
    private final NavigableMap<Long, float[]> known = new TreeMap<>();

    /**
     * An empty series.
     *
     * @param kept periods that are kept, 1 or more
     * @param names what is known in advance, in order
     * @param end number of its first period
     */
    Series(int kept, List<String> names, long end) {
        this.kept = kept;
        this.names = names;
        this.end = end;
    }

    /** Number of the first period that is not closed. */
    long end() {
        return end;
    }

    /** Number of the oldest period that is kept; the end if there is none. */
    long start() {
        return end - count;
    }

    int size() {
        return count;
    }

    /** Closes the period at the end. @param quantity NaN: unknown */
    void append(double quantity) {
        if (from + count == quantities.length) {
            makeRoom();
        }
        quantities[from + count] = quantity;
        end++;
        if (count < kept) {
            count++;
        } else {
            from++;
            known.headMap(start()).clear();
        }
    }

    private void makeRoom() {
        int length = Math.max(FIRST_ROOM, Math.min(2 * kept, count + count / 2));
        var moved = new double[Math.max(length, count + 1)];
        System.arraycopy(quantities, from, moved, 0, count);
        quantities = moved;
        from = 0;
    }

    /**
     * Begins earlier. Only while there is room.
     *
     * @param absent what nothing means in a period
     */
    void extendTo(long index, LongToDoubleFunction absent) {
        int more = (int) (start() - index);
        var moved = new double[count + more];
        System.arraycopy(quantities, from, moved, more, count);
        for (int i = 0; i < more; i++) {
            moved[i] = absent.applyAsDouble(index + i);
        }
        quantities = moved;
        from = 0;
        count += more;
    }

    /** Begins elsewhere. Only while it is empty. */
    void moveTo(long index) {
        end = index;
    }

    /** Whether a closed period is kept, or could be. */
    boolean reaches(long index) {
        return index >= end - kept && index < end;
    }

    double get(long index) {
        return quantities[from + (int) (index - start())];
    }

    void set(long index, double quantity) {
        quantities[from + (int) (index - start())] = quantity;
    }

    /** Notes what is known in advance of a period; names that no model knows are left out. */
    void know(long index, Map<String, Double> values) {
        for (int i = 0; i < names.size(); i++) {
            Double value = values.get(names.get(i));
            if (value != null) {
                known.computeIfAbsent(index, any -> unknown())[i] = value.floatValue();
            }
        }
    }

    private float[] unknown() {
        var row = new float[names.size()];
        Arrays.fill(row, Float.NaN);
        return row;
    }

    /** What a model reads to forecast from the end. */
    DemandWindow window(DemandCalendar calendar, int horizon) {
        var shown = new float[count];
        for (int i = 0; i < count; i++) {
            shown[i] = (float) quantities[from + i];
        }
        if (names.isEmpty()) {
            return DemandWindow.of(shown, calendar.local(end), horizon);
        }
        var rows = new float[count + horizon][];
        for (int i = 0; i < rows.length; i++) {
            float[] row = known.get(start() + i);
            rows[i] = row == null ? unknown() : row.clone();
        }
        return new DemandWindow(shown, calendar.local(end), rows);
    }

    /** Exact: as floats where these hold every quantity. */
    void write(DataOutput out) throws IOException {
        boolean floats = true;
        for (int i = from; i < from + count; i++) {
            floats &= Double.compare((float) quantities[i], quantities[i]) == 0;
        }
        out.writeByte(floats ? FLOATS : EXACT);
        out.writeLong(end);
        out.writeInt(count);
        for (int i = from; i < from + count; i++) {
            if (floats) {
                out.writeFloat((float) quantities[i]);
            } else {
                out.writeDouble(quantities[i]);
            }
        }
        out.writeShort(names.size());
        for (String name : names) {
            out.writeUTF(name);
        }
        out.writeInt(known.size());
        for (var entry : known.entrySet()) {
            out.writeLong(entry.getKey());
            for (float value : entry.getValue()) {
                out.writeFloat(value);
            }
        }
    }

    /** Reads what {@link #write} wrote, perhaps with another length to keep and other names. */
    static Series read(DataInput in, int kept, List<String> names, int mostKnown) throws IOException {
        boolean floats = Stored.between("form of the quantities", in.readByte(), EXACT, FLOATS) == FLOATS;
        long end = in.readLong();
        int stored = Stored.between("number of periods", in.readInt(), 0, 1_000_000);
        var series = new Series(kept, names, end - stored);
        for (int i = 0; i < stored; i++) {
            series.append(floats ? in.readFloat() : in.readDouble());
        }
        var theirs = new String[Stored.between("number of names", in.readUnsignedShort(), 0, 10_000)];
        for (int i = 0; i < theirs.length; i++) {
            theirs[i] = in.readUTF();
        }
        int rows = Stored.between("number of known periods", in.readInt(), 0, mostKnown);
        for (int i = 0; i < rows; i++) {
            long index = in.readLong();
            for (String name : theirs) {
                float value = in.readFloat();
                if (!Float.isNaN(value) && index >= series.start()) {
                    series.know(index, Map.of(name, (double) value));
                }
            }
        }
        return series;
    }
}
