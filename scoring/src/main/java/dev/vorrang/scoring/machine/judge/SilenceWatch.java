package dev.vorrang.scoring.machine.judge;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** Tells when a machine has sent nothing for much longer than it ever did. For one thread. */
final class SilenceWatch {

    private static final long LEAST_MS = 900_000;
    private static final int INTERVALS = 30;
    private static final double LONGER = 1.5;
    private static final double MEMORY_MS = 28 * 86_400_000.0;
    private static final long NEVER = Long.MIN_VALUE;

    private long last = NEVER;
    private double longest;
    private boolean open;

    /** When it is silent, if nothing comes until then; the end of time while its interval is not known. */
    long deadline(long interval) {
        return last == NEVER || interval == 0
                ? Long.MAX_VALUE
                : last + Math.max(Math.max(LEAST_MS, INTERVALS * interval), (long) (LONGER * longest));
    }

    long last() {
        return last;
    }

    boolean isOpen() {
        return open;
    }

    /** Notes that it is silent. */
    void open() {
        open = true;
    }

    /** Notes a sample. */
    void add(long time) {
        if (last != NEVER && time > last) {
            longest = Math.max(longest * Math.exp(-(time - last) / MEMORY_MS), time - last);
        }
        last = Math.max(last, time);
        open = false;
    }

    void write(DataOutput out) throws IOException {
        out.writeLong(last);
        out.writeDouble(longest);
        out.writeBoolean(open);
    }

    void read(DataInput in) throws IOException {
        last = in.readLong();
        longest = in.readDouble();
        open = in.readBoolean();
    }
}
