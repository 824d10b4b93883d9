package dev.vorrang.app.streams.demand.score;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.SerializedString;
import dev.vorrang.schemas.AlertState;
import dev.vorrang.scoring.demand.AlertScan;
import dev.vorrang.scoring.demand.DemandAlertSettings;
import dev.vorrang.scoring.demand.model.DemandFrame;
import dev.vorrang.training.demand.DemandSeries;
import dev.vorrang.training.demand.RollingForecast;
import java.io.IOException;
import java.io.Writer;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes the changes of the alerts that the stream would have raised of the same periods, with its default settings, as JSON lines:
 * {@code item}, {@code kind}, {@code state}, {@code start}, {@code time}, {@code peak} and {@code reason}. Forecasts must come item by item
 * in order of time, one for each period. For one thread.
 */
public final class AlertLines implements RollingForecast.Sink {

    private final JsonGenerator json;
    private final DemandFrame frame;
    private final List<Double> levels;
    private final long stepSize;
    private final Map<DemandSeries, AlertScan> scans = new IdentityHashMap<>();
    private long periods;
    private long raised;

    /**
     * @param writer stays the caller's to close
     * @param levels of the quantiles
     * @param stepSize numbers that make a step
     */
    public AlertLines(Writer writer, DemandFrame frame, List<Double> levels, long stepSize) throws IOException {
        json = new JsonFactory().createGenerator(writer).disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
        json.setRootValueSeparator(new SerializedString("\n"));
        this.frame = frame;
        this.levels = levels;
        this.stepSize = stepSize;
    }

    @Override
    public void take(RollingForecast.Forecast forecast) throws IOException {
        DemandSeries series = forecast.series();
        int origin = forecast.origin();
        if (origin >= series.periods()) {
            return;
        }
        float[] quantities = series.quantities();
        AlertScan scan = scans.computeIfAbsent(
                series,
                any -> new AlertScan(DemandAlertSettings.defaults(), levels, Arrays.copyOf(quantities, origin)));
        float[] observed = Arrays.copyOfRange(quantities, Math.max(0, origin - frame.context()), origin);
        periods += Float.isNaN(quantities[origin]) ? 0 : 1;
        for (var change : scan.close(origin, forecast.prediction(), observed, quantities[origin])) {
            raised += change.state() == AlertState.RAISED ? 1 : 0;
            json.writeStartObject();
            json.writeStringField("item", series.item());
            json.writeStringField("kind", change.kind().name());
            json.writeStringField("state", change.state().name());
            PeriodField.write(json, "start", frame, series, change.start(), stepSize);
            PeriodField.write(json, "time", frame, series, change.period(), stepSize);
            json.writeNumberField("peak", change.peak());
            json.writeStringField("reason", change.reason());
            json.writeEndObject();
        }
    }

    /** Ends the last line, and sums up. */
    public String finish() throws IOException {
        if (!scans.isEmpty()) {
            json.writeRaw('\n');
        }
        json.flush();
        return "%d alerts raised in %d periods of %d items".formatted(raised, periods, scans.size());
    }
}
