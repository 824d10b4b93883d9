package dev.vorrang.scoring.machine;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * How many of a machine's last {@value #READINGS} readings were late or ahead. More than half speak for an alert; up to a fifth let
 * it be cleared. For one thread.
 */
final class Lateness {

    static final int READINGS = 20;
    private static final int RAISE = READINGS / 2;
    private static final int CLEAR = READINGS / 5;
    private static final int WINDOW = (1 << READINGS) - 1;

    private int history;

    /** Notes a reading. */
    void add(boolean late) {
        history = (history << 1 | (late ? 1 : 0)) & WINDOW;
    }

    Sign sign() {
        int late = Integer.bitCount(history);
        return Sign.of(late > RAISE, late > CLEAR, (double) late / READINGS);
    }

    void write(DataOutput out) throws IOException {
        out.writeInt(history);
    }

    void read(DataInput in) throws IOException {
        history = in.readInt() & WINDOW;
    }
}
