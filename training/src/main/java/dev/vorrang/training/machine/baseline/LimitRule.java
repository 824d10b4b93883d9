package dev.vorrang.training.machine.baseline;

import dev.vorrang.training.evaluation.AlertFigures.Span;
import java.util.ArrayList;
import java.util.List;

/**
 * Alerts where sizes are above a limit: raised when the same one is so in three of five minutes, over when none is for ten minutes in a
 * row.
 *
 * @param limit above it a size counts
 */
public record LimitRule(double limit) {

    private static final int RAISE = 3;
    private static final int OF = 0b11111;
    private static final int CLEAR = 10;

    /**
     * Alerts of one machine, in the order of time.
     *
     * @param severities of its minutes, each with as many sizes
     * @param sensors their names
     */
    public List<Span> alerts(List<Severity> severities, List<String> sensors) {
        var alerts = new ArrayList<Span>();
        if (severities.isEmpty()) {
            return alerts;
        }
        var history = new int[severities.get(0).sizes().length];
        int quiet = 0;
        Span open = null;
        for (Severity severity : severities) {
            int worst = worst(severity, history);
            quiet = worst >= 0 ? 0 : quiet + 1;
            if (open == null && worst >= 0) {
                open = new Span(severity.millis(), Long.MAX_VALUE, List.of(sensors.get(severity.sensors()[worst])));
            } else if (open != null && quiet >= CLEAR) {
                alerts.add(open.until(severity.millis()));
                open = null;
            }
        }
        if (open != null) {
            alerts.add(open.until(severities.get(severities.size() - 1).millis()));
        }
        return alerts;
    }

    /** Place of the largest size that was above the limit often enough, −1 if there is none. */
    private int worst(Severity severity, int[] history) {
        int worst = -1;
        for (int i = 0; i < history.length; i++) {
            double size = severity.sizes()[i];
            history[i] = (history[i] << 1 | (size > limit ? 1 : 0)) & OF;
            if (Integer.bitCount(history[i]) >= RAISE && (worst < 0 || size > severity.sizes()[worst])) {
                worst = i;
            }
        }
        return worst;
    }
}
