package dev.vorrang.app.streams.demand.terminal;

import static dev.vorrang.app.terminal.Cells.cell;

import dev.vorrang.app.terminal.AlertColumns;
import dev.vorrang.app.terminal.AlertRows;
import dev.vorrang.app.terminal.AlertRows.Row;
import dev.vorrang.app.terminal.Cells;
import dev.vorrang.schemas.AlertState;
import dev.vorrang.schemas.DemandAlert;
import dev.vorrang.schemas.DemandForecast;
import dev.vorrang.schemas.DemandStep;
import dev.vorrang.schemas.SeriesKey;
import dev.vorrang.schemas.StockDecision;
import dev.vorrang.schemas.text.ForeignText;
import dev.vorrang.schemas.view.DemandAlertView;
import dev.vorrang.schemas.view.DemandForecastView;
import dev.vorrang.schemas.view.Severity;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;

/** Items in lines of text: what came of late, and between which quantities 80 % of what is to come lies. */
public final class DemandColumns implements AlertColumns<DemandForecast, DemandAlert> {

    public static final AlertRows<DemandForecast, DemandAlert> ROWS = new AlertRows<>(
            DemandForecast.class,
            forecast -> SeriesKey.of(forecast.getItem(), forecast.getLocation()).toString(),
            new DemandAlertView(),
            alert -> new AlertRows.Change(
                    alert.getId(), alert.getState() == AlertState.RAISED, alert.getState() == AlertState.CLEARED),
            Severity.URGENT);

    private static final int STATE = 16;
    private static final int ITEM = 17;
    private static final int OBSERVED = 14;
    private static final int AHEAD = 7;
    private static final String TO = " – ";
    private static final int RANGE = 2 * AHEAD + TO.length();
    private static final int COVER = 6;
    private static final int NEXT = 14;
    private static final int ORDER = 6;
    private static final int NARROW = STATE + ITEM + OBSERVED + RANGE + COVER + 4 * Cells.GAP;
    private static final int WITH_NEXT = NARROW + NEXT + Cells.GAP;
    private static final int WITH_ORDER = WITH_NEXT + ORDER + Cells.GAP;
    private static final int WITH_REASONS = WITH_ORDER + 20;

    @Override
    public String seen() {
        return "forecasts";
    }

    /** With the period of the most pressing item that has a forecast. */
    @Override
    public AttributedString header(List<Row<DemandForecast, DemandAlert>> rows, int width) {
        String period = rows.stream()
                .flatMap(row -> row.latest().stream())
                .findFirst()
                .map(forecast -> forecast.getPeriod() + "S")
                .orElse("PERIODS");
        var style = Cells.PLAIN.underline();
        var line = new AttributedStringBuilder();
        cell(line, "STATE", STATE, style);
        cell(line, "ITEM", ITEM, style);
        cell(line, "LAST " + OBSERVED + " " + period, OBSERVED, style);
        cell(line, "NEXT " + AHEAD + ", 80 %", RANGE, style);
        cell(line, "COVER", COVER, style);
        if (width >= WITH_NEXT) {
            cell(line, "NEXT, 80 %", NEXT, style);
        }
        if (width >= WITH_ORDER) {
            cell(line, "ORDER", ORDER, style);
        }
        if (width >= WITH_REASONS) {
            cell(line, "REASONS", reasons(width), style);
        }
        return line.toAttributedString();
    }

    @Override
    public AttributedString row(Row<DemandForecast, DemandAlert> row, int width, Cells cells) {
        var line = new AttributedStringBuilder();
        cell(line, state(row), STATE, cells.paint(ROWS.style(row)));
        cell(line, ForeignText.line(row.key()), ITEM, row.alerts().isEmpty() ? Cells.PLAIN : Cells.PLAIN.bold());
        var forecast = row.latest();
        var scale = new Sparkline(forecast.map(DemandColumns::most).orElse(0.0));
        cell(line, forecast.map(made -> scale.draw(observed(made))).orElse("–"), OBSERVED, Cells.PLAIN);
        String range = forecast.map(made -> scale.draw(ahead(made, DemandForecastView.LOW))
                        + TO
                        + scale.draw(ahead(made, DemandForecastView.HIGH)))
                .orElse("–");
        cell(line, range, RANGE, cells.paint(Cells.PLAIN.foreground(AttributedStyle.CYAN)));
        cell(line, forecast.map(DemandColumns::cover).orElse("–"), COVER, Cells.PLAIN);
        if (width >= WITH_NEXT) {
            cell(line, forecast.map(DemandColumns::next).orElse("–"), NEXT, Cells.PLAIN);
        }
        if (width >= WITH_ORDER) {
            cell(line, forecast.map(DemandColumns::order).orElse("–"), ORDER, Cells.PLAIN);
        }
        if (width >= WITH_REASONS) {
            String reasons = row.alerts().values().stream()
                    .flatMap(DemandColumns::reasons)
                    .collect(Collectors.joining("  ·  "));
            cell(line, ForeignText.line(reasons), reasons(width), Cells.PLAIN);
        }
        return line.toAttributedString();
    }

    @Override
    public String line(DemandAlert alert) {
        String item = SeriesKey.of(alert.getItem(), alert.getLocation()).toString();
        String words = "alert " + alert.getState().name().toLowerCase(Locale.ROOT) + ": " + item + ", "
                + DemandAlertView.name(alert.getKind());
        String reasons =
                alert.getState() == AlertState.CLEARED ? "" : reasons(alert).collect(Collectors.joining(", "));
        return ForeignText.line(reasons.isEmpty() ? words : words + ": " + reasons);
    }

    private static Stream<String> reasons(DemandAlert alert) {
        return alert.getReasons().stream();
    }

    private static int reasons(int width) {
        return Math.max(1, width - WITH_ORDER - Cells.GAP);
    }

    private static String state(Row<DemandForecast, DemandAlert> row) {
        return row.alerts().isEmpty()
                ? " as forecast"
                : " "
                        + row.alerts().values().stream()
                                .map(DemandAlert::getKind)
                                .distinct()
                                .map(DemandAlertView::name)
                                .collect(Collectors.joining(", "))
                        + " ";
    }

    private static List<Float> observed(DemandForecast forecast) {
        List<Float> all = forecast.getObserved();
        return all.subList(Math.max(0, all.size() - OBSERVED), all.size());
    }

    private static List<Float> ahead(DemandForecast forecast, double level) {
        return forecast.getSteps().stream()
                .limit(AHEAD)
                .map(step -> step.getQuantiles().isEmpty()
                        ? step.getMean()
                        : (Float) DemandForecastView.quantile(forecast, step, level))
                .toList();
    }

    private static double most(DemandForecast forecast) {
        return Stream.concat(observed(forecast).stream(), ahead(forecast, DemandForecastView.HIGH).stream())
                .filter(quantity -> quantity != null)
                .mapToDouble(Float::doubleValue)
                .max()
                .orElse(0);
    }

    private static String cover(DemandForecast forecast) {
        StockDecision decision = forecast.getDecision();
        if (decision == null) {
            return "–";
        }
        return decision.getDaysOfCover() == null
                ? "long"
                : String.format(Locale.ROOT, "%.0f d", Math.floor(decision.getDaysOfCover()));
    }

    private static String order(DemandForecast forecast) {
        StockDecision decision = forecast.getDecision();
        return decision == null || decision.getOrderQuantity() == 0
                ? "–"
                : DemandForecastView.number(decision.getOrderQuantity());
    }

    /** Such as "24, 17–33". */
    private static String next(DemandForecast forecast) {
        if (forecast.getSteps().isEmpty()) {
            return "–";
        }
        DemandStep step = forecast.getSteps().get(0);
        String mean = String.format(Locale.ROOT, "%.0f", step.getMean());
        return step.getQuantiles().isEmpty()
                ? mean
                : String.format(
                        Locale.ROOT,
                        "%s, %.0f–%.0f",
                        mean,
                        DemandForecastView.quantile(forecast, step, DemandForecastView.LOW),
                        DemandForecastView.quantile(forecast, step, DemandForecastView.HIGH));
    }
}
