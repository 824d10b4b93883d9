package dev.vorrang.scoring.machine.judge;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;

/** Tells when a machine has sent nothing for much longer than it ever did. For one thread. */
final class SilenceWatch {

    private static final long LEAST_MS = 900_000;
    private static final int INTERVALS = 30;
    private static final double LONGER = 1.5;
    private static final double MEMORY_MS = 28 * 86_400_000.0;
    private static final long NEVER = Long.MIN_VALUE;

    private long last = NEVER;
    private double longest;
    /** What the longest was before the newest that is. */
    private double longestBefore;

    private boolean open;

    /** Begins with how long others pause. */
    void begin(List<SilenceWatch> others) {
        longest = others.stream().mapToDouble(other -> other.longest).average().orElse(0);
        longestBefore = longest;
    }

    /** Forgets when the last sample was. */
    void rest() {
        last = NEVER;
        open = false;
    }

    /** When it is silent, if nothing comes until then; the end of time while that is not known, as its interval. */
    long deadline(long interval, Pause pause) {
        if (last == NEVER || interval == 0) {
            return Long.MAX_VALUE;
        }
        long patience = Math.max(Math.max(LEAST_MS, INTERVALS * interval), (long) (LONGER * longest));
        long deadline = last + patience;
        if (!pause.covers(deadline)) {
            return deadline;
        }
        return pause.until() == Long.MAX_VALUE ? Long.MAX_VALUE : pause.until() + patience;
    }

    long last() {
        return last;
    }

    boolean isOpen() {
        return open;
    }

    /** Notes whether it is silent. */
    void open(boolean silent) {
        open = silent;
    }

    /** Notes a sample. If it is older than the one before, the time of that was wrong, and there was no such pause. */
    void add(long time) {
        if (last != NEVER && time < last) {
            longest = longestBefore;
        } else if (last != NEVER && time > last) {
            note(time - last);
        }
        last = time;
        open = false;
    }

    private void note(long pause) {
        double faded = Math.exp(-pause / MEMORY_MS);
        longest *= faded;
        longestBefore *= faded;
        if (pause > longest) {
            longestBefore = longest;
            longest = pause;
        }
    }

    void write(DataOutput out) throws IOException {
        out.writeLong(last);
        out.writeDouble(longest);
        out.writeDouble(longestBefore);
        out.writeBoolean(open);
    }

    void read(DataInput in) throws IOException {
        last = in.readLong();
        longest = in.readDouble();
        longestBefore = in.readDouble();
        open = in.readBoolean();
    }
}
