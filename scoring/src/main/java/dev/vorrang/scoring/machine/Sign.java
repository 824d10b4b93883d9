package dev.vorrang.scoring.machine;

import java.util.Map;
import java.util.Optional;

/**
 * What one step says for or against an alert.
 *
 * @param counts whether it speaks for the alert
 * @param keeps whether it comes near that, so that an alert that is open stays open; true wherever it counts
 * @param severity 0 to 1
 * @param sensors share of each sensor to blame, may be empty
 * @param fault the fault, if it is about one
 */
record Sign(boolean counts, boolean keeps, double severity, Map<String, Float> sensors, Optional<String> fault) {

    Sign {
        keeps |= counts;
    }

    static Sign of(boolean counts, boolean keeps, double severity) {
        return new Sign(counts, keeps, severity, Map.of(), Optional.empty());
    }
}
