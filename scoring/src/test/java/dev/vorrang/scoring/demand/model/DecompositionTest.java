package dev.vorrang.scoring.demand.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class DecompositionTest {

    private static final DemandFrame WEEKLY_RHYTHM = new DemandFrame(DemandPeriod.STEP, 3, 0, 64, 3);

    @Test
    void shouldSmoothAtTheRateThatForecastBest() {
        double[] jumped = {10, 10, 10, 20, 20, 20, 20, 20, 20};
        double[] noisy = {10, 12, 8, 11, 9, 12, 8, 11, 9, 10};

        assertThat(Smoothing.of(jumped, 10).rate()).isEqualTo(0.97);
        assertThat(Smoothing.of(noisy, 10).rate()).isEqualTo(0.03);
    }

    @Test
    void shouldPassOverUnknownPeriods() {
        double[] series = {10, Double.NaN, 20};

        var smoothing = Smoothing.slow(series, 10);

        assertThat(smoothing.errors()).containsExactly(0, Double.NaN, 10);
        assertThat(smoothing.level()).isEqualTo(10 + 0.06 * 10, within(1e-9));
    }

    @Test
    void shouldFindTheSeason() {
        double[] series = {1, 4, 7, 1, 4, 7, 1, 4, 7, 1, 4, 7};

        SeasonalProfile profile = SeasonalProfile.of(series, 3);

        // Four cycles weigh 1 + 0.75 + 0.5625 + 0.421875, and the shrinkage 0.3.
        double kept = 2.734375 / 3.034375;
        assertThat(profile.added()).containsExactly(new double[] {-3 * kept, 0, 3 * kept}, within(1e-9));
        assertThat(profile.factor()[2]).isEqualTo((2.734375 * 7 / 4 + 0.3) / 3.034375, within(1e-9));
        assertThat(profile.place(0)).isZero();
        assertThat(profile.place(-1)).isEqualTo(2);
    }

    @Test
    void shouldLearnWhatAPromotionAdds() {
        var known = new float[9][1];
        var errors = new double[8];
        for (int t = 0; t < 8; t++) {
            known[t][0] = t % 2;
            errors[t] = t % 2 == 0 ? -1 : 1;
        }
        known[8][0] = 1;

        KnownEffects effects = KnownEffects.of(known, errors);

        // Deviations of half a unit, eight of them and a ridge of three: 4 / (8 + 3) * 4 = 16 / 11 for a whole unit.
        assertThat(effects.effect(0)).isEqualTo(8 * 0.5 / (11 * 0.25) * 0.5, within(1e-9));
        assertThat(effects.standardised(0, 0)).isEqualTo(1, within(1e-9));
        assertThat(effects.effect(1)).as("nothing is known of it").isZero();
    }

    @Test
    void shouldLookBackBySeasons() {
        double[] series = {1, 2, 3, 4, 5, 6};
        var parts = new Decomposition(series, new float[9][0], WEEKLY_RHYTHM, 1);

        assertThat(parts.lag(0, 3, 1)).isEqualTo(4);
        assertThat(parts.lag(2, 3, 2)).isEqualTo(3);
        assertThat(parts.lag(3, 3, 1))
                .as("the first season before it that is history")
                .isEqualTo(4);
        assertThat(parts.lag(0, 3, 3)).isNaN();
        assertThat(parts.lag(0, 0, 1)).as("no such season").isNaN();
    }

    @Test
    void shouldScaleByItsOneStepErrors() {
        double[] series = new double[40];
        Arrays.setAll(series, t -> t % 2 == 0 ? 9 : 11);

        var parts = new Decomposition(series, new float[41][0], new DemandFrame(DemandPeriod.STEP, 1, 0, 64, 1), 1);

        assertThat(parts.scale).isEqualTo(1, within(0.1));
        assertThat(new Decomposition(new double[0], new float[1][0], parts(1), 8).scale)
                .isEqualTo(4);
    }

    private static DemandFrame parts(int horizon) {
        return new DemandFrame(DemandPeriod.STEP, 1, 0, 64, horizon);
    }
}
