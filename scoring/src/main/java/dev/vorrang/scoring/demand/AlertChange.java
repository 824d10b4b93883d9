package dev.vorrang.scoring.demand;

import dev.vorrang.schemas.AlertState;
import dev.vorrang.schemas.DemandAlertKind;
import dev.vorrang.schemas.Reason;

/**
 * A change of an alert of an item.
 *
 * @param index period of the change
 * @param start first period that led to it
 * @param peak highest severity so far, 0 to 1
 * @param peakIndex period of the peak
 */
record AlertChange(
        DemandAlertKind kind, AlertState state, long index, long start, double peak, long peakIndex, Reason reason) {}
