package dev.vorrang.schemas.view;

import dev.vorrang.schemas.DemandForecast;
import dev.vorrang.schemas.DemandStep;
import dev.vorrang.schemas.Position;
import dev.vorrang.schemas.Reason;
import dev.vorrang.schemas.SeriesKey;
import dev.vorrang.schemas.StockDecision;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A forecast: what is expected of the next period, and what to order. */
public final class DemandForecastView implements OutputView<DemandForecast> {

    /** Code of the reason that tells what to order. */
    public static final String ORDER = "order";
    /** Code of the reason that tells how many people are needed. */
    public static final String PEOPLE = "people";

    /** Ends of the interval of 80 %. */
    public static final double LOW = 0.1;

    public static final double HIGH = 0.9;
    private static final MathContext DIGITS = new MathContext(4);

    @Override
    public Class<DemandForecast> type() {
        return DemandForecast.class;
    }

    @Override
    public Headline headline(DemandForecast forecast) {
        Position at = forecast.getPosition();
        String key = SeriesKey.of(forecast.getItem(), forecast.getLocation()).toString();
        return new Headline(
                key + ": " + expected(forecast),
                orderIsDue(forecast) ? Severity.NORMAL : Severity.LOW,
                reasons(forecast),
                key,
                forecast.getOrigin(),
                at.getTopic() + "-" + at.getPartition() + "@" + at.getOffset());
    }

    private static String expected(DemandForecast forecast) {
        if (forecast.getSteps().isEmpty()) {
            return "no forecast";
        }
        DemandStep next = forecast.getSteps().get(0);
        String mean = number(next.getMean()) + " expected in the next "
                + forecast.getPeriod().toLowerCase(Locale.ROOT);
        return next.getQuantiles().isEmpty()
                ? mean
                : mean + ", " + number(quantile(forecast, next, LOW)) + " to " + number(quantile(forecast, next, HIGH));
    }

    /**
     * A quantile of a step, at the level that is nearest to the one asked for.
     *
     * @param level above 0 and below 1
     */
    public static float quantile(DemandForecast forecast, DemandStep step, double level) {
        return step.getQuantiles().get(nearest(forecast.getLevels(), level));
    }

    /** Place of the level that is nearest to one. */
    private static int nearest(List<Double> levels, double level) {
        int nearest = 0;
        for (int i = 1; i < levels.size(); i++) {
            if (Math.abs(levels.get(i) - level) < Math.abs(levels.get(nearest) - level)) {
                nearest = i;
            }
        }
        return nearest;
    }

    private static boolean orderIsDue(DemandForecast forecast) {
        return forecast.getDecision() != null && forecast.getDecision().getOrderQuantity() > 0;
    }

    private static List<Reason> reasons(DemandForecast forecast) {
        var reasons = new ArrayList<Reason>();
        StockDecision decision = forecast.getDecision();
        if (decision != null && orderIsDue(forecast)) {
            String quantity = number(decision.getOrderQuantity());
            String stock = number(decision.getStock() + decision.getOnOrder());
            String point = number(decision.getReorderPoint());
            reasons.add(new Reason(
                    ORDER,
                    Map.of("quantity", quantity, "stock", stock, "reorderPoint", point),
                    "order " + quantity + ": " + stock + " in stock and on order, reorder point " + point));
        }
        if (!forecast.getSteps().isEmpty() && forecast.getSteps().get(0).getPeople() != null) {
            String people = String.valueOf(forecast.getSteps().get(0).getPeople());
            reasons.add(new Reason(PEOPLE, Map.of("people", people), people + " people needed in the next hour"));
        }
        return reasons;
    }

    /** A quantity with four digits at most. */
    public static String number(double value) {
        return new BigDecimal(value).round(DIGITS).stripTrailingZeros().toPlainString();
    }
}
