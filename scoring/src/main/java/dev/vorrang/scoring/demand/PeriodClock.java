package dev.vorrang.scoring.demand;

import dev.vorrang.schemas.Stage;
import dev.vorrang.scoring.engine.RecordFailedException;
import dev.vorrang.scoring.engine.RecordInfo;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;

/**
 * Tells which periods of a partition are over: by the times of its records, and by the clock on the wall where the partition goes with
 * that and all that was written is read. For one thread.
 */
final class PeriodClock {

    private final DemandSettings settings;
    private final DemandCalendar calendar;
    private final DemandStates states;
    private final PartitionTime time;
    private final WallClock wallClock;
    private final EmptyPeriods empty;
    private boolean loaded;
    private boolean changed;

    /**
     * @param states has how far the time had come
     * @param kept periods that are kept of an item
     */
    PeriodClock(DemandSettings settings, DemandStates states, int kept, Instant now) {
        this.settings = settings;
        this.calendar = settings.calendar();
        this.states = states;
        this.time = new PartitionTime(settings.longestGap(), calendar.period().hasCalendar());
        this.wallClock = new WallClock(now);
        this.empty = new EmptyPeriods(kept);
    }

    /**
     * Takes the time of a record.
     *
     * @return number of the first period that is not over, if others are over by this record
     * @throws RecordFailedException if the time is of a wrong clock
     */
    OptionalLong read(Instant at, RecordInfo record) {
        load();
        wallClock.read(record);
        changed = true;
        Instant written = Instant.ofEpochMilli(record.record().timestamp());
        return switch (time.take(at, written, record.position().getOffset())) {
            case ON -> over(time.newest());
            case BACK -> {
                time.closedTo(calendar.index(time.newest().minus(settings.grace())));
                yield OptionalLong.empty();
            }
            case AHEAD_OF_TOPIC ->
                throw failed("time " + at + " is ahead of " + written
                        + ", when the record was written: the clock of its source is wrong");
            case AHEAD ->
                throw failed("time " + at + " is more than " + settings.longestGap() + " ahead of " + time.newest()
                        + ", the newest before it: it counts once " + PartitionTime.CONFIRMING
                        + " records in a row have said so");
        };
    }

    private void load() {
        if (!loaded) {
            states.load(in -> {
                time.read(in);
                empty.read(in);
            });
            loaded = true;
        }
    }

    static RecordFailedException failed(String message) {
        return new RecordFailedException(Stage.FEATURES, new IllegalArgumentException(message));
    }

    private OptionalLong over(Instant now) {
        long to = calendar.index(now.minus(settings.grace()));
        if (!hasClosed()) {
            time.closedTo(to);
        }
        return to > time.closedTo() ? OptionalLong.of(to) : OptionalLong.empty();
    }

    private boolean hasClosed() {
        return time.closedTo() != Long.MIN_VALUE;
    }

    /** As {@link #read}, without a record. To be asked every {@link WallClock#PERIOD}. */
    OptionalLong byWallClock(Instant now) {
        load();
        if (!time.begun() || !wallClock.isUpToDate(now, settings.grace()) || !isLive()) {
            return OptionalLong.empty();
        }
        changed = true;
        return over(now);
    }

    private boolean isLive() {
        if (!calendar.period().hasCalendar()) {
            return false;
        }
        long last = calendar.index(time.newest());
        Duration length = Duration.between(calendar.start(last), calendar.start(last + 1));
        return time.isLive(length.plus(settings.grace()).plus(Duration.ofHours(1)));
    }

    /** Notes that something came of a period. */
    void came(long index) {
        if (calendar.closedIfEmpty()) {
            empty.came(index, time.closedTo());
        }
    }

    /** All periods before this one are over. To be told before they are closed. */
    void over(long to) {
        if (calendar.closedIfEmpty()) {
            empty.over(time.closedTo(), to);
        }
    }

    /** Whether there was no business in a period, so that nothing means nothing. */
    boolean wasClosed(long index) {
        return calendar.closed(index) || empty.contains(index);
    }

    /** All periods before this one are closed now. */
    void closed(long to) {
        time.closedTo(to);
    }

    /** Number of the first period that is not closed for all items. */
    long closedTo() {
        return time.closedTo();
    }

    boolean begun() {
        load();
        return time.begun();
    }

    /** A series that lies in the future as a whole is of a wrong clock. */
    boolean isFarAhead(ItemState item) {
        return item.begun()
                && item.series().start() > calendar.index(time.newest().plus(settings.longestGap()));
    }

    /** Of the last record. */
    long offset() {
        return time.offset();
    }

    void store() {
        if (changed) {
            states.store(out -> {
                time.write(out);
                empty.write(out);
            });
            changed = false;
        }
    }
}
