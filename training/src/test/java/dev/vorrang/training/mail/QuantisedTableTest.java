package dev.vorrang.training.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class QuantisedTableTest {

    private static final int WIDTH = 6;

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
        assertThat(quantised.bytes()).hasSize(table.length / 2);
        for (float value : quantised.bytes()) {
            assertThat(value).isBetween(0f, 255f).isEqualTo(Math.round(value));
        }
        float[] rounded = quantised.table();
        for (int row = 0; row < weights.length; row++) {
            double most = 0;
            for (int i = row * WIDTH; i < (row + 1) * WIDTH; i++) {
                most = Math.max(most, Math.abs(table[i]));
            }
            for (int i = row * WIDTH; i < (row + 1) * WIDTH; i++) {
                assertThat((double) rounded[i]).isCloseTo(table[i], within(0.5001 * most / 7));
            }
            assertThat((double) quantised.steps()[row])
                    .isCloseTo(weights[row] * most / 7, within(1e-5 * weights[row] * most));
            assertThat(quantised.squares()[row]).isEqualTo(weights[row] * weights[row]);
            assertThat(quantised.weights().of(row)).isEqualTo(weights[row]);
        }
    }

    @Test
    void shouldPackTheLeftHalfOfARowAboveTheRight() {
        QuantisedTable quantised = QuantisedTable.of(new float[] {7, 0, -7, 3}, FeatureWeights.known(new float[] {1}));
        assertThat(quantised.bytes()).containsExactly(15 * 16 + 1, 8 * 16 + 11);
    }

    @Test
    void shouldKeepRowsOfNothingZero() {
        // The first row holds zeros; the second counts nothing.
        float[] table = {0, 0, 3, -4};
        QuantisedTable quantised = QuantisedTable.of(table, FeatureWeights.known(new float[] {2, 0}));
        assertThat(quantised.table()).containsOnly(0f);
        assertThat(quantised.steps()).containsOnly(0f);
        assertThat(quantised.squares()).containsExactly(4, 0);
    }
}
