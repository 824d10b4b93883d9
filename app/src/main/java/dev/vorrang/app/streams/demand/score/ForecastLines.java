package dev.vorrang.app.streams.demand.score;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.SerializedString;
import dev.vorrang.scoring.demand.model.DemandFrame;
import dev.vorrang.scoring.demand.model.DemandPrediction;
import dev.vorrang.training.demand.RollingForecast;
import java.io.IOException;
import java.io.Writer;
import java.util.List;

/**
 * Writes forecasts as JSON lines, one for each item, origin and step: {@code item}; {@code origin}, the first period forecast;
 * {@code target}, the period that the line is about; {@code step} from 1; {@code mean}; {@code quantiles} by level. Periods are dates,
 * for hours with the time, or step numbers. For one thread.
 */
public final class ForecastLines implements RollingForecast.Sink {

    private final JsonGenerator json;
    private final DemandFrame frame;
    private final List<String> levels;
    private final long stepSize;
    private long count;

    /**
     * @param writer stays the caller's to close
     * @param levels of the quantiles
     * @param stepSize numbers that make a step
     */
    public ForecastLines(Writer writer, DemandFrame frame, List<Double> levels, long stepSize) throws IOException {
        json = new JsonFactory().createGenerator(writer).disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
        json.setRootValueSeparator(new SerializedString("\n"));
        this.frame = frame;
        this.levels = levels.stream().map(String::valueOf).toList();
        this.stepSize = stepSize;
    }

    @Override
    public void take(RollingForecast.Forecast forecast) throws IOException {
        DemandPrediction prediction = forecast.prediction();
        for (int step = 0; step < prediction.horizon(); step++) {
            json.writeStartObject();
            json.writeStringField("item", forecast.series().item());
            PeriodField.write(json, "origin", frame, forecast.series(), forecast.origin(), stepSize);
            PeriodField.write(json, "target", frame, forecast.series(), (long) forecast.origin() + step, stepSize);
            json.writeNumberField("step", step + 1);
            json.writeNumberField("mean", prediction.mean()[step]);
            json.writeObjectFieldStart("quantiles");
            for (int level = 0; level < levels.size(); level++) {
                json.writeNumberField(levels.get(level), prediction.quantiles()[step][level]);
            }
            json.writeEndObject();
            json.writeEndObject();
            count++;
        }
    }

    /**
     * Ends the last line.
     *
     * @return lines that were written
     */
    public long finish() throws IOException {
        if (count > 0) {
            json.writeRaw('\n');
        }
        json.flush();
        return count;
    }
}
