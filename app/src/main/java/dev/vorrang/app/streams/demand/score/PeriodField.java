package dev.vorrang.app.streams.demand.score;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.vorrang.scoring.demand.model.DemandFrame;
import dev.vorrang.scoring.demand.model.DemandPeriod;
import dev.vorrang.training.demand.DemandSeries;
import java.io.IOException;
import java.time.LocalDateTime;

/** Writes periods: dates, for hours with the time, or step numbers. */
final class PeriodField {

    private PeriodField() {}

    /**
     * @param place counted from the start of the series
     * @param stepSize numbers that make a step
     */
    static void write(
            JsonGenerator json, String field, DemandFrame frame, DemandSeries series, long place, long stepSize)
            throws IOException {
        if (!frame.period().hasCalendar()) {
            json.writeNumberField(field, (series.firstStep() + place) * stepSize);
            return;
        }
        LocalDateTime start = frame.period().plus(series.start(), place);
        boolean hours = frame.period() == DemandPeriod.HOUR;
        json.writeStringField(
                field, hours ? start.toString() : start.toLocalDate().toString());
    }
}
