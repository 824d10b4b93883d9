package dev.vorrang.scoring.demand;

import dev.vorrang.schemas.Reason;
import java.util.Locale;
import java.util.Map;

/** The codes of the reasons for an alert about demand. A code and the names of its parameters never change their meaning. */
public enum DemandReason {
    SURGE("More than forecast. `quantity` so far, `expected`, `high`: the upper end of the interval of 80 %."),
    LEVEL_SHIFT(
            "Period after period on one side of the forecast. `direction`: up or down, `quantity` of the last, `expected`."),
    STOP("Nothing comes although it should. `periods` without anything, `expected` in them."),
    STOCKOUT_AHEAD(
            "The stock will probably not last until an order arrives. `stock` with what is on order, `probability` of running out,"
                    + " `leadTime` in periods."),
    RECOVERED("Demand is as forecast again, or the stock lasts."),
    DISCONTINUED("Nothing came for so long that the item is forecast no more. `periods`.");

    private final String doc;

    DemandReason(String doc) {
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
