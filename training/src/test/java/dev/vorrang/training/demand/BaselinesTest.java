package dev.vorrang.training.demand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class BaselinesTest {

    private static final float NONE = Float.NaN;

    @Test
    void shouldRepeatTheLastSeason() {
        assertThat(Baselines.seasonalNaive(new float[] {1, 2, 3, 4, 5, 6}, 3, 4))
                .containsExactly(4, 5, 6, 4);
        assertThat(Baselines.seasonalNaive(new float[] {1, 2, 3, 4, NONE, 6}, 3, 2))
                .containsExactly(4, 2);
        assertThat(Baselines.seasonalNaive(new float[] {7}, 3, 2)).containsExactly(7, 7);
        assertThat(Baselines.seasonalNaive(new float[0], 3, 1)).containsExactly(0);
    }

    @Test
    void shouldSmoothTheLevel() {
        assertThat(Baselines.smoothing(new float[] {5, 5, NONE, 5}, 1, 2)).containsExactly(5, 5);
        assertThat(Baselines.smoothing(new float[] {0, 0, 0, 9, 9, 9, 9}, 1, 1)[0])
                .isEqualTo(9, within(0.01));
    }

    @Test
    void shouldForecastNaive2WithTheSeasonOfTheDecomposition() {
        var history = new float[24];
        for (int t = 0; t < history.length; t++) {
            history[t] = 100 * (t % 4 == 0 ? 1.3f : 0.9f);
        }

        double[] forecast = Baselines.naive2(history, 4, 4);

        // Factors 1.3 and 0.9 have the mean 1 already, and the last value is 90 of them.
        assertThat(forecast).containsExactly(new double[] {130, 90, 90, 90}, within(1e-3));
    }

    @Test
    void shouldSeeNoSeasonInNoise() {
        var random = new Random(1);
        var history = new float[60];
        for (int t = 0; t < history.length; t++) {
            history[t] = 50 + random.nextInt(10);
        }

        assertThat(Baselines.naive2(history, 12, 1)).containsExactly(history[59]);
    }
}
