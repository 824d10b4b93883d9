package dev.vorrang.training.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class QuantisedTableTest {

    private static final int WIDTH = 5;

    @Test
    void shouldBeOffByHalfAStepAtMost() {
        var random = new Random(4);
        var weights = new float[40];
        var table = new float[weights.length * WIDTH];
        for (int row = 0; row < weights.length; row++) {
            weights[row] = 1 + 10 * random.nextFloat();
            double scale = Math.pow(10, random.nextInt(7) - 4);
            for (int i = 0; i < WIDTH; i++) {
                table[row * WIDTH + i] = (float) (random.nextGaussian() * scale);
            }
        }
        QuantisedTable quantised = QuantisedTable.of(table, FeatureWeights.known(weights));
        for (int row = 0; row < weights.length; row++) {
            float step = quantised.steps()[row];
            double most = 0;
            for (int i = row * WIDTH; i < (row + 1) * WIDTH; i++) {
                float value = quantised.values()[i];
                assertThat(value).isBetween(1f, 255f).isEqualTo(Math.round(value));
                assertThat((double) (value - QuantisedTable.ZERO) * step)
                        .isCloseTo(weights[row] * table[i], within(0.5001 * step));
                most = Math.max(most, Math.abs(weights[row] * table[i]));
            }
            assertThat((double) step).isCloseTo(most / 127, within(1e-5 * most));
            assertThat(quantised.squares()[row]).isEqualTo(weights[row] * weights[row]);
        }
    }

    @Test
    void shouldKeepRowsOfNothingZero() {
        // The first row holds zeros; the second counts nothing.
        float[] table = {0, 0, 3, -4};
        QuantisedTable quantised = QuantisedTable.of(table, FeatureWeights.known(new float[] {2, 0}));
        assertThat(quantised.values()).containsOnly(QuantisedTable.ZERO);
        assertThat(quantised.steps()).containsOnly(0f);
        assertThat(quantised.squares()).containsExactly(4, 0);
    }
}
