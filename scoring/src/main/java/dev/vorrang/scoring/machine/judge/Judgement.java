package dev.vorrang.scoring.machine.judge;

import dev.vorrang.schemas.AlertKind;
import dev.vorrang.schemas.AlertState;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What is to be said of a machine after a sample.
 *
 * @param warm whether enough is known of it
 * @param score one minus the part of normal samples that look as anomalous, 0 to below 1
 * @param shares share of each sensor in it, in the order of the sensors; they add up to 1
 * @param changes of its alerts
 */
public record Judgement(boolean warm, double score, float[] shares, List<Change> changes) {

    /** Nothing. */
    public static final Judgement NONE = new Judgement(false, 0, new float[0], List.of());

    /** The same with changes that come before its own. */
    public Judgement after(List<Change> before) {
        return before.isEmpty()
                ? this
                : new Judgement(
                        warm,
                        score,
                        shares,
                        Stream.concat(before.stream(), changes.stream()).toList());
    }

    /**
     * An alert that is raised, has grown, or is cleared.
     *
     * @param about what tells it from others of its kind and start: the sensor to blame most; empty if no sensor is
     * @param start first sign, in ms since 1970
     * @param time of the change, in ms since 1970
     * @param peak how strong it was at most, 0 to 1
     * @param sensors share of each sensor to blame, the worst first; they add up to 1
     */
    public record Change(
            AlertKind kind,
            AlertState state,
            String about,
            long start,
            long time,
            double peak,
            long peakTime,
            Map<String, Float> sensors) {}
}
