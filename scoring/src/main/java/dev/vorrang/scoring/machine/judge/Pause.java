package dev.vorrang.scoring.machine.judge;

/**
 * A time in which nothing need come from a machine: its maintenance.
 *
 * @param from in ms since 1970
 * @param until in ms since 1970, exclusive; {@link Long#MAX_VALUE} while the end is not known
 */
public record Pause(long from, long until) {

    /** None. */
    public static final Pause NONE = new Pause(Long.MAX_VALUE, Long.MAX_VALUE);

    /** Whether a time in ms since 1970 is in it. */
    public boolean covers(long time) {
        return time >= from && time < until;
    }
}
