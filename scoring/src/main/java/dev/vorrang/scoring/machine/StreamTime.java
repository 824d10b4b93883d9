package dev.vorrang.scoring.machine;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Duration;
import java.util.OptionalLong;

/**
 * How far a machine's time has come. It moves by what other readings or the time of receipt confirm, so that one reading of a clock
 * that is ahead does not make those after it late:
 *
 * <ul>
 *   <li>A reading whose time lies further ahead of its receipt than those before is ahead, until {@value #CONFIRMING} in a row were
 *       so; the next one moves the time then.
 *   <li>A jump that the time of receipt neither confirms nor contradicts, as in an old file, moves the time at once, but is taken back
 *       if one of the next {@value #REVOCABLE} readings continues where the time was before.
 *   <li>If the time lies ahead of receipt and a reading comes whose time is that of its receipt, the clock was set right.
 * </ul>
 *
 * <p>It depends on the readings alone, and on no clock of this program. For one thread.
 */
final class StreamTime {

    static final int CONFIRMING = 3;
    static final int REVOCABLE = 100;

    /** By how much the clocks of machine and receiver may differ before they contradict each other. */
    private static final long TOLERANCE = Duration.ofMinutes(1).toMillis();

    private static final long SHORTEST_JUMP = Duration.ofMinutes(1).toMillis();
    /** A jump is so many times longer than readings usually lie apart. */
    private static final long TIMES_USUAL = 20;

    private static final long NEVER = Long.MIN_VALUE;

    private long newest = NEVER;
    private long usualInterval;
    /** How far the newest reading was ahead of its receipt; 0 where that is not known. */
    private long lead;
    /** Where the time was before a jump that may be taken back. */
    private long before = NEVER;

    private int sinceJump;
    /** The newest of the readings that are ahead. */
    private long ahead = NEVER;

    private int aheadInRow;
    /** Readings for which a jump is not believed at once, since the last one was taken back. */
    private int distrust;

    /** What a reading's time means. */
    enum Move {
        /** It goes on. */
        ON,
        /** It goes on after a jump that is not confirmed yet. */
        JUMP,
        /** It goes back: the time was wrong. */
        BACK,
        /** The reading is older than the time; nothing has changed. */
        LATE,
        /** The reading's clock is ahead; the time has not changed. */
        AHEAD
    }

    /**
     * Takes a reading.
     *
     * @param step time of the step that it belongs to, in ms since 1970
     * @param time of the reading, the same or later
     * @param receivedAt in ms since 1970, where it is known
     */
    Move take(long step, long time, OptionalLong receivedAt) {
        long itsLead = receivedAt.isPresent() ? difference(time, receivedAt.getAsLong()) : 0;
        if (newest == NEVER) {
            return moved(Move.ON, step, itsLead);
        }
        boolean live = receivedAt.isPresent() && Math.abs(itsLead) <= TOLERANCE;
        if (step < newest) {
            return older(step, itsLead, live && difference(newest, receivedAt.getAsLong()) > TOLERANCE);
        }
        long gap = difference(step, newest);
        boolean contradicted = receivedAt.isPresent() && itsLead > Math.max(0, lead) + TOLERANCE && gap > TOLERANCE;
        boolean jump = gap > Math.max(SHORTEST_JUMP, TIMES_USUAL * usualInterval);
        if (contradicted || jump && !live && distrust > 0) {
            return ahead(step, itsLead);
        }
        if (jump && !live) {
            return jumped(step, itsLead);
        }
        if (jump) {
            before = NEVER;
        } else {
            usualInterval += (gap - usualInterval) / 8;
        }
        return moved(Move.ON, step, itsLead);
    }

    private Move older(long step, long itsLead, boolean clockWasSetRight) {
        boolean continues = before != NEVER && step >= before;
        if (!continues && !clockWasSetRight) {
            return Move.LATE;
        }
        before = NEVER;
        moved(Move.BACK, step, itsLead);
        distrust = REVOCABLE;
        return Move.BACK;
    }

    private Move ahead(long step, long itsLead) {
        aheadInRow = ahead != NEVER && step >= ahead ? aheadInRow + 1 : 1;
        ahead = step;
        return aheadInRow > CONFIRMING ? jumped(step, itsLead) : Move.AHEAD;
    }

    private Move jumped(long step, long itsLead) {
        // After several jumps in a row the time is still where it was before the first.
        long left = before != NEVER && sinceJump < CONFIRMING ? before : newest;
        moved(Move.JUMP, step, itsLead);
        before = left;
        sinceJump = 0;
        return Move.JUMP;
    }

    private Move moved(Move move, long step, long itsLead) {
        newest = step;
        lead = itsLead;
        ahead = NEVER;
        aheadInRow = 0;
        distrust = Math.max(0, distrust - 1);
        if (before != NEVER && ++sinceJump >= REVOCABLE) {
            before = NEVER;
        }
        return move;
    }

    /** Whether a time lies further ahead of its receipt than clocks may differ. */
    static boolean isAhead(long time, OptionalLong receivedAt) {
        return receivedAt.isPresent() && difference(time, receivedAt.getAsLong()) > TOLERANCE;
    }

    /** A difference that does not overflow. */
    private static long difference(long time, long other) {
        long difference = time - other;
        boolean overflow = ((time ^ other) & (time ^ difference)) < 0;
        return overflow ? (time > other ? Long.MAX_VALUE / 2 : Long.MIN_VALUE / 2) : difference;
    }

    /** Time of the newest reading that moved it, or {@link Long#MIN_VALUE} before the first. */
    long newest() {
        return newest;
    }

    /** Whether a jump may still be taken back. */
    boolean revocable() {
        return before != NEVER;
    }

    void write(DataOutput out) throws IOException {
        out.writeLong(newest);
        out.writeLong(usualInterval);
        out.writeLong(lead);
        out.writeLong(before);
        out.writeInt(sinceJump);
        out.writeLong(ahead);
        out.writeInt(aheadInRow);
        out.writeInt(distrust);
    }

    void read(DataInput in) throws IOException {
        newest = in.readLong();
        usualInterval = in.readLong();
        lead = in.readLong();
        before = in.readLong();
        sinceJump = in.readInt();
        ahead = in.readLong();
        aheadInRow = in.readInt();
        distrust = in.readInt();
    }

    /** Goes on where a state of version 1 was. */
    void continueAt(long time) {
        newest = time;
    }
}
