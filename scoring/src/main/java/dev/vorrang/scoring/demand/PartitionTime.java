package dev.vorrang.scoring.demand;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;

/**
 * How far the time of a partition has come, by the times of its records. One record of a wrong clock moves it for no other item:
 *
 * <ul>
 *   <li>A record whose time lies a day or more after it was written to the topic has a wrong clock, whatever the others say.
 *   <li>One that lies further ahead of those before it than the longest gap is refused, until {@value #CONFIRMING} in a row agreed on a
 *       time; the next one moves the time. So an old file with a gap goes on after it.
 *   <li>If of the first {@value #REVOCABLE} records after such a jump, or at the very beginning, {@value #CONFIRMING} in a row lie
 *       further back than the longest gap, the jump was wrong, and the time goes back.
 * </ul>
 *
 * <p>It depends on the records alone. For one thread.
 */
final class PartitionTime {

    static final int CONFIRMING = 3;
    static final int REVOCABLE = 100;

    /** The time zones of the world are 26 hours apart, and a shop may date an order to the end of its day. */
    private static final Duration AHEAD_OF_TOPIC = Duration.ofHours(36);

    /** A record that was written before has no time of its own: the topic was fed by a program that gives none. */
    private static final Instant EARLIEST_WRITTEN = Instant.parse("2000-01-01T00:00:00Z");

    private static final long NEVER = Long.MIN_VALUE;

    private final long longestGap;
    private final boolean dated;
    private long newest = NEVER;
    private long ahead = NEVER;
    private int aheadInRow;
    private int behindInRow;
    private int sinceJump;
    /** How long after the time of the newest record it was written to the topic. */
    private long delay;

    private long offset = -1;
    private long closedTo = NEVER;

    /** What the time of a record means. */
    enum Move {
        /** It is the newest, or older than that. */
        ON,
        /** It is the newest after the time had gone wrong. */
        BACK,
        /** Its clock is ahead of the time at which it was written. */
        AHEAD_OF_TOPIC,
        /** It is ahead of the records before it, and not confirmed. */
        AHEAD
    }

    /**
     * @param longestGap by which a record may lie ahead
     * @param dated whether times are dates, rather than numbers of steps
     */
    PartitionTime(Duration longestGap, boolean dated) {
        this.longestGap = longestGap.toMillis();
        this.dated = dated;
    }

    /**
     * Takes the time of a record.
     *
     * @param written when it was written to the topic
     */
    Move take(Instant time, Instant written, long itsOffset) {
        offset = itsOffset;
        boolean known = dated && !written.isBefore(EARLIEST_WRITTEN);
        if (known && time.isAfter(written.plus(AHEAD_OF_TOPIC))) {
            return Move.AHEAD_OF_TOPIC;
        }
        long millis = time.toEpochMilli();
        if (newest == NEVER) {
            moved(millis, written);
            sinceJump = 0;
            return Move.ON;
        }
        if (millis - newest > longestGap) {
            return ahead(millis, written);
        }
        aheadInRow = 0;
        boolean behind = newest - millis > longestGap;
        behindInRow = behind ? behindInRow + 1 : 0;
        if (behind && behindInRow >= CONFIRMING && sinceJump < REVOCABLE) {
            moved(millis, written);
            sinceJump = REVOCABLE;
            return Move.BACK;
        }
        sinceJump = Math.min(REVOCABLE, sinceJump + 1);
        if (millis > newest) {
            moved(millis, written);
        }
        return Move.ON;
    }

    private Move ahead(long millis, Instant written) {
        behindInRow = 0;
        aheadInRow = ahead != NEVER && Math.abs(millis - ahead) <= longestGap ? aheadInRow + 1 : 1;
        ahead = millis;
        if (aheadInRow <= CONFIRMING) {
            return Move.AHEAD;
        }
        moved(millis, written);
        sinceJump = 0;
        return Move.ON;
    }

    private void moved(long millis, Instant written) {
        newest = millis;
        delay = written.toEpochMilli() - millis;
        aheadInRow = 0;
        behindInRow = 0;
    }

    boolean begun() {
        return newest != NEVER;
    }

    /** Time of the newest record that is believed. */
    Instant newest() {
        return Instant.ofEpochMilli(newest);
    }

    /** Whether the newest record was written within a time of what it tells of: then the partition goes with the clock on the wall. */
    boolean isLive(Duration within) {
        return dated && begun() && Math.abs(delay) <= within.toMillis();
    }

    /** Of the last record, -1 before the first. */
    long offset() {
        return offset;
    }

    /** Number of the first period that is not closed for all items. */
    long closedTo() {
        return closedTo;
    }

    void closedTo(long index) {
        closedTo = index;
    }

    void write(DataOutput out) throws IOException {
        out.writeLong(closedTo);
        out.writeLong(newest);
        out.writeLong(ahead);
        out.writeInt(aheadInRow);
        out.writeInt(behindInRow);
        out.writeInt(sinceJump);
        out.writeLong(delay);
        out.writeLong(offset);
    }

    void read(DataInput in) throws IOException {
        closedTo = in.readLong();
        newest = in.readLong();
        ahead = in.readLong();
        aheadInRow = in.readInt();
        behindInRow = in.readInt();
        sinceJump = in.readInt();
        delay = in.readLong();
        offset = in.readLong();
    }
}
