package dev.vorrang.scoring.machine;

import dev.vorrang.schemas.Reason;
import java.util.Locale;
import java.util.Map;

/** The codes of the reasons for an alert. A code and the names of its parameters never change their meaning. */
public enum AlertReason {
    ANOMALY("The machine is anomalous. `sensors`: the main contributors, with commas between."),
    FAULT("A model recognised a fault. `fault`."),
    REMAINING_LIFE("The expected remaining life is below its limit. `expected`, `limit`."),
    STUCK_SENSOR("Sensors that used to vary repeat one value. `sensors`, with commas between."),
    LATE_READINGS("Most readings are late, so that they are not scored."),
    CLOCK("Most readings have a time later than their receipt."),
    DROPOUT("Values of sensors come and go, or stay away. `sensors`, with commas between."),
    SPIKES("Single values of sensors are far off, more often than usual. `sensors`, with commas between."),
    SILENT("The machine sends nothing, for much longer than usual."),
    MAINTENANCE("The machine is in maintenance."),
    ACCEPTED("Somebody has taken the state of the machine as normal. `by`, `reason`.");

    private final String doc;

    AlertReason(String doc) {
        this.doc = doc;
    }

    /** As it stands in {@link Reason}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What it means and its parameters, in Markdown. */
    public String doc() {
        return doc;
    }

    Reason of(String text, Map<String, String> parameters) {
        return new Reason(code(), parameters, text);
    }
}
