package dev.vorrang.scoring.machine;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * How many of a machine's last {@value #READINGS} readings had a time that is wrong in one way. More than half speak for an alert; up to a
 * fifth let it be cleared. For one thread.
 */
final class WrongTimes {

    static final int READINGS = 20;
    private static final int RAISE = READINGS / 2;
    private static final int CLEAR = READINGS / 5;
    private static final int WINDOW = (1 << READINGS) - 1;

    private int history;

    /**
     * What speaks for alerts about time.
     *
     * @param late most readings come after later ones were scored
     * @param ahead most readings have a time later than their receipt
     */
    record Signs(Sign late, Sign ahead) {}

    /** Notes a reading. */
    void add(boolean wrong) {
        history = (history << 1 | (wrong ? 1 : 0)) & WINDOW;
    }

    Sign sign() {
        int wrong = Integer.bitCount(history);
        return Sign.of(wrong > RAISE, wrong > CLEAR, (double) wrong / READINGS);
    }

    void write(DataOutput out) throws IOException {
        out.writeInt(history);
    }

    void read(DataInput in) throws IOException {
        history = in.readInt() & WINDOW;
    }
}
