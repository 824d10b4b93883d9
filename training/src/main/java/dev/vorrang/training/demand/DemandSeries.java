package dev.vorrang.training.demand;

import java.time.LocalDateTime;

/**
 * The demand of one item. The arrays are not copied.
 *
 * @param item its name
 * @param quantities of each period, the oldest first; NaN: unknown or closed
 * @param start of the first period; null for steps
 * @param firstStep number of the first period, for steps; else 0
 * @param known {@code [periods][names]}; may have more periods than {@code quantities}: those are known in advance; NaN: unknown
 */
public record DemandSeries(String item, float[] quantities, LocalDateTime start, long firstStep, float[][] known) {

    public int periods() {
        return quantities.length;
    }
}
