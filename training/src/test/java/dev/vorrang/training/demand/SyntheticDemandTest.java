package dev.vorrang.training.demand;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vorrang.scoring.demand.model.DemandFrame;
import dev.vorrang.scoring.demand.model.DemandPeriod;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SyntheticDemandTest {

    private static final DemandFrame MONTHS = DemandFrame.of(DemandPeriod.STEP, 12, 12);

    @Test
    void shouldMakeTheSameSeriesOfTheSameSeed() {
        assertThat(series(3, 0.5)).usingRecursiveComparison().isEqualTo(series(3, 0.5));
        assertThat(series(3, 0.5).get(0).quantities())
                .isNotEqualTo(series(4, 0.5).get(0).quantities());
    }

    @Test
    void shouldMakeDemandThatCannotBeNegative() {
        for (DemandSeries each : series(5, 0.3)) {
            for (float quantity : each.quantities()) {
                assertThat(quantity).isFinite().isNotNegative();
            }
        }
    }

    @Test
    void shouldMakeIntermittentItems() {
        assertThat(zeros(series(6, 1))).isGreaterThan(3 * zeros(series(6, 0)));
    }

    private static List<DemandSeries> series(long seed, double intermittent) {
        return new SyntheticDemand(new Random(seed)).series(MONTHS, 60, intermittent);
    }

    private static double zeros(List<DemandSeries> series) {
        long zeros = 0;
        for (DemandSeries each : series) {
            for (float quantity : each.quantities()) {
                zeros += quantity == 0 ? 1 : 0;
            }
        }
        return zeros;
    }
}
