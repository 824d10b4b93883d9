package dev.vorrang.app.streams.demand;

import dev.vorrang.app.crash.Workload;
import dev.vorrang.schemas.DemandKind;
import dev.vorrang.schemas.DemandObservation;
import java.time.Duration;
import java.time.Instant;

/**
 * The observations of the crash test: totals of running days, each of which comes again and again as more is counted, so that each
 * leads to a forecast of its own although some are missing. Immutable.
 */
final class DemandWorkload implements Workload.Records<DemandObservation> {

    private static final int FEWEST_ITEMS = 8;
    private static final int MOST_ITEMS = 200;
    private static final int TOTALS_EACH = 1_000;
    /** So many that they are not all poison. */
    private static final int TOTALS_A_DAY = 20;

    private static final Instant FIRST = Instant.parse("2026-01-05T00:00:00Z");
    private static final int LEVEL = 50;

    private final int items;

    /** @param records that are sent in all */
    DemandWorkload(int records) {
        items = Math.max(FEWEST_ITEMS, Math.min(MOST_ITEMS, records / TOTALS_EACH));
    }

    @Override
    public int keys() {
        return items;
    }

    @Override
    public String key(int number) {
        return "item-" + number;
    }

    @Override
    public DemandObservation record(Workload.Draft draft) {
        int day = draft.sequence() / TOTALS_A_DAY;
        // Each total of a day differs from the one before, which would be no correction.
        double counted =
                LEVEL * (draft.sequence() % TOTALS_A_DAY) + draft.random().nextInt(LEVEL - 1);
        return DemandObservation.newBuilder()
                .setId(draft.id())
                .setItem(draft.key())
                .setKind(DemandKind.PERIOD_TOTAL)
                .setTime(FIRST.plus(Duration.ofDays(day)))
                .setQuantity(draft.chokes() ? FaultyDemandModel.POISON : counted)
                .setSource("crashtest:" + draft.number())
                .build();
    }
}
