package dev.vorrang.app.streams.demand;

import dev.vorrang.app.bench.BenchRecords;
import dev.vorrang.app.bench.RecordNumber;
import dev.vorrang.schemas.DemandKind;
import dev.vorrang.schemas.DemandObservation;
import dev.vorrang.schemas.ModelRef;
import dev.vorrang.scoring.demand.model.DemandCard;
import dev.vorrang.scoring.demand.model.DemandFrame;
import dev.vorrang.scoring.demand.model.DemandModel;
import dev.vorrang.scoring.demand.model.DemandPrediction;
import dev.vorrang.scoring.demand.model.DemandWindow;
import dev.vorrang.scoring.engine.batch.BatchFunction;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** The observations of the benchmark: each is a total of a day, and leads to a forecast. */
final class DemandBench {

    private static final int ITEMS = 200;
    private static final int LEAD_DAYS = 30;
    private static final Instant BEGINNING = Instant.parse("2015-01-01T00:00:00Z");
    private static final int TOTALS_A_DAY = 100;
    /** Each leads to a forecast of 14 days, which is far more work than the score of a mail. */
    private static final int ROUND = 10_000;

    /** Another function in a model's place. Leaves the model to its owner. */
    private record StandIn(DemandModel model, BatchFunction<DemandWindow, DemandPrediction> function)
            implements DemandModel {

        @Override
        public ModelRef reference() {
            return model.reference();
        }

        @Override
        public DemandCard card() {
            return model.card();
        }

        @Override
        public DemandFrame frame() {
            return model.frame();
        }

        @Override
        public List<DemandPrediction> apply(List<DemandWindow> inputs) {
            return function.apply(inputs);
        }

        @Override
        public DemandWindow probe() {
            return model.probe();
        }

        @Override
        public void close() {
            // The model is its owner's.
        }
    }

    private DemandBench() {}

    static DemandModel standIn(DemandModel model, BatchFunction<DemandWindow, DemandPrediction> function) {
        return new StandIn(model, function);
    }

    static BenchRecords records() {
        return new BenchRecords(
                Map.of("Observations", "totals of days, of %d items in turn".formatted(ITEMS)),
                (long) ITEMS * LEAD_DAYS,
                ROUND,
                (topics, serdes) -> BenchRecords.encoded(
                        topics.demandObserved(), serdes, DemandObservation::getItem, DemandBench::total));
    }

    /** The first days come one after the other; after that a day is counted again and again, so that time does not run out. */
    private static DemandObservation total(long number) {
        long round = number / ITEMS;
        long day = round < LEAD_DAYS ? round : LEAD_DAYS + (round - LEAD_DAYS) / TOTALS_A_DAY;
        return DemandObservation.newBuilder()
                .setId(RecordNumber.id(number))
                .setItem("item-" + number % ITEMS)
                .setKind(DemandKind.PERIOD_TOTAL)
                .setTime(BEGINNING.plus(Duration.ofDays(day)))
                .setQuantity(20.0 + number % 31 + round % 7)
                .setSource("file:/bench#" + number)
                .build();
    }
}
