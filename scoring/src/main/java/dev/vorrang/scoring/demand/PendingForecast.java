package dev.vorrang.scoring.demand;

import dev.vorrang.scoring.demand.model.DemandPrediction;
import dev.vorrang.scoring.demand.model.DemandWindow;
import dev.vorrang.scoring.engine.Emission;
import dev.vorrang.scoring.engine.Pending;
import dev.vorrang.scoring.engine.Prediction;
import java.time.Instant;
import java.util.Optional;

/**
 * A forecast that waits for its batch.
 *
 * @param input the closed periods as they were when it was asked for
 * @param origin number of the first period to forecast
 * @param revision number of the forecast among those from this origin
 * @param closed the period that was closed; empty if one was corrected
 * @param cause id of the observation of the item that led to it; empty if time did
 * @param trigger what led to it
 */
record PendingForecast(
        DemandTask task,
        ItemState item,
        DemandWindow input,
        long origin,
        int revision,
        Optional<ClosedPeriod> closed,
        Optional<String> cause,
        Trigger trigger)
        implements Pending<DemandWindow, DemandPrediction> {

    @Override
    public Emission complete(Prediction<DemandPrediction> prediction, Instant now) {
        return task.forecast(this, prediction, now);
    }
}
