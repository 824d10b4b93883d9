package dev.vorrang.scoring.machine;

import java.util.Map;
import java.util.Optional;

/**
 * What one step says for or against an alert.
 *
 * @param counts whether it speaks for the alert
 * @param severity 0 to 1
 * @param sensors share of each sensor to blame, may be empty
 * @param fault the fault, if it is about one
 */
record Sign(boolean counts, double severity, Map<String, Float> sensors, Optional<String> fault) {

    static Sign of(boolean counts, double severity) {
        return new Sign(counts, severity, Map.of(), Optional.empty());
    }
}
