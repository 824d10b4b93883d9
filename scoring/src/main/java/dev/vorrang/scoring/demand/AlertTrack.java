package dev.vorrang.scoring.demand;

import dev.vorrang.schemas.AlertState;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Optional;

/**
 * The alert of one kind of one item, open or not: raised at once when the threshold is passed, cleared only when so many periods in a
 * row did not keep it, so that demand at the threshold does not make it flap. For one thread.
 */
final class AlertTrack {

    private boolean open;
    private long start;
    private double peak;
    private long peakIndex;
    private int calm;
    private int sinceReport;
    private boolean grown;

    /**
     * Something that speaks for the alert.
     *
     * @param index of the period
     * @param since first period that led to it
     * @param severity 0 to 1, from 0.5 on above the threshold
     * @param update periods between two reports of an alert that has grown
     */
    Optional<AlertState> raise(long index, long since, double severity, int update) {
        calm = 0;
        if (!open) {
            open = true;
            start = since;
            peak = severity;
            peakIndex = index;
            reported();
            return Optional.of(AlertState.RAISED);
        }
        if (severity > peak) {
            peak = severity;
            peakIndex = index;
            grown = true;
        }
        if (grown && sinceReport >= update) {
            reported();
            return Optional.of(AlertState.UPDATED);
        }
        return Optional.empty();
    }

    /**
     * The end of a period.
     *
     * @param keeps whether it was too near the threshold for the alert to be cleared
     * @param clear periods in a row that must not keep it
     * @return whether the alert is cleared
     */
    boolean closed(boolean keeps, int clear) {
        if (!open) {
            return false;
        }
        calm = keeps ? 0 : calm + 1;
        sinceReport++;
        open = calm < clear;
        return !open;
    }

    /** Ends it. @return whether it was open */
    boolean close() {
        boolean was = open;
        open = false;
        return was;
    }

    private void reported() {
        sinceReport = 0;
        grown = false;
    }

    boolean open() {
        return open;
    }

    long start() {
        return start;
    }

    double peak() {
        return peak;
    }

    long peakIndex() {
        return peakIndex;
    }

    void write(DataOutput out) throws IOException {
        out.writeBoolean(open);
        if (open) {
            out.writeLong(start);
            out.writeDouble(peak);
            out.writeLong(peakIndex);
            out.writeInt(calm);
            out.writeInt(sinceReport);
            out.writeBoolean(grown);
        }
    }

    void read(DataInput in) throws IOException {
        open = in.readBoolean();
        if (open) {
            start = in.readLong();
            peak = in.readDouble();
            peakIndex = in.readLong();
            calm = in.readInt();
            sinceReport = in.readInt();
            grown = in.readBoolean();
        }
    }
}
