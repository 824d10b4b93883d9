package dev.vorrang.scoring.demand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.vorrang.scoring.demand.model.DemandPrediction;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ExpectationTest {

    private static final float[] LEVELS = {0.1f, 0.5f, 0.9f};

    private static Expectation of(float largest, float... quantiles) {
        return Expectation.of(
                7, LEVELS, new DemandPrediction(new float[][] {quantiles}, new float[] {quantiles[1]}), new float[] {
                    largest
                });
    }

    @Test
    void shouldScoreAQuantityByItsPlaceAmongTheQuantiles() {
        Expectation expected = of(0, 10, 20, 40);

        assertThat(expected.score(7, 20)).isCloseTo(0, within(1e-6));
        assertThat(expected.score(7, 15)).isCloseTo(-0.524, within(1e-3));
        assertThat(expected.score(7, 9)).isCloseTo(-1.645, within(1e-3));
        assertThat(expected.score(7, 41)).isEqualTo(expected.score(7, 4_000));
    }

    @Test
    void shouldScoreZeroBelowTheMiddleWhereMostPeriodsAreEmpty() {
        assertThat(of(0, 0, 0, 3).score(7, 0)).isCloseTo(-0.674, within(1e-3));
    }

    @Test
    void shouldTakeOneOrderOfAnItemThatIsSeldomOrderedForNoSurge() {
        assertThat(of(50, 0, 0, 0).surge(7, 2.5)).isEqualTo(50);
        assertThat(of(0, 0, 0, 0).surge(7, 2.5)).isCloseTo(3.2, within(0.01));
    }

    @Test
    void shouldSeldomTakeChanceForASurgeOrAShift() {
        var random = new Random(3);
        var alerts = new ItemAlerts();
        int raised = 0;
        for (int i = 0; i < 20_000; i++) {
            double quantity = 100 + 10 * random.nextGaussian();
            var expected = of(0, 87.184f, 100, 112.816f);
            raised +=
                    alerts
                            .closed(DemandAlertSettings.defaults(), expected, new ClosedPeriod(7, quantity, 0, 0))
                            .stream()
                            .filter(change -> change.state() == dev.vorrang.schemas.AlertState.RAISED)
                            .count();
        }
        assertThat(raised).isLessThanOrEqualTo(20);
    }
}
