package dev.vorrang.scoring.demand.model;

import java.time.LocalDateTime;
import java.util.Objects;

/**
 * What a model reads of one item. The arrays are not copied.
 *
 * @param quantities demand of the last periods, the oldest first, without gaps: NaN stands for a period that is unknown or closed. May
 *     be longer than the model's context, which then reads the last of it, or shorter, or empty
 * @param origin start of the first period forecast; null for {@link DemandPeriod#STEP}
 * @param known {@code [quantities.length + horizon][names of the card]}: what is known in advance, first of the periods of
 *     {@code quantities}, then of those forecast; NaN: unknown
 */
public record DemandWindow(float[] quantities, LocalDateTime origin, float[][] known) {

    public DemandWindow {
        Objects.requireNonNull(quantities, "quantities");
        Objects.requireNonNull(known, "known");
    }

    /** Of an item about whose future nothing is known in advance. */
    public static DemandWindow of(float[] quantities, LocalDateTime origin, int horizon) {
        return new DemandWindow(quantities, origin, new float[quantities.length + horizon][0]);
    }
}
