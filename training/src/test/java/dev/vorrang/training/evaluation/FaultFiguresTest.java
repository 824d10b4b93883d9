package dev.vorrang.training.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class FaultFiguresTest {

    private static final List<String> LABELS = List.of("ok", "leak", "stuck", "never");

    /** Truth ok, ok, ok, leak, leak, stuck; told ok, ok, leak, leak, leak, ok. */
    private static final FaultFigures FIGURES = FaultFigures.of(LABELS, new int[] {0, 0, 0, 1, 1, 2}, new double[][] {
        {.9, .1, 0, 0}, {.8, .1, .1, 0}, {.35, .65, 0, 0}, {.05, .95, 0, 0}, {.3, .7, 0, 0}, {.55, .2, .25, 0}
    });

    @Test
    void shouldCountTrueAndToldConditions() {
        assertThat(FIGURES.confusion())
                .isDeepEqualTo(new long[][] {{2, 1, 0, 0}, {0, 2, 0, 0}, {1, 0, 0, 0}, {0, 0, 0, 0}});
        assertThat(FIGURES.verdicts()).isEqualTo(6);
        assertThat(FIGURES.accuracy()).isCloseTo(4 / 6.0, within(1e-12));
        assertThat(FIGURES.precision(0)).isCloseTo(2 / 3.0, within(1e-12));
        assertThat(FIGURES.recall(1)).isEqualTo(1);
        assertThat(FIGURES.precision(2)).isNaN();
        assertThat(FIGURES.f1(3)).isNaN();
    }

    @Test
    void shouldAverageTheConditionsThatOccurOrAreTold() {
        // F1: 2*2/(3+3), 2*2/(2+3), 0.
        assertThat(FIGURES.macroF1()).isCloseTo((2 / 3.0 + 0.8 + 0) / 3, within(1e-12));
    }

    @Test
    void shouldMeasureWhatProbabilitiesAreWorth() {
        // Bins: .9 and .95 right; .8 right; .65 wrong; .7 right; .55 wrong.
        double error = (Math.abs(1.85 - 2) + .2 + .65 + .3 + .55) / 6;

        assertThat(FIGURES.reliability().expectedCalibrationError()).isCloseTo(error, within(1e-12));
        assertThat(FIGURES.reliability().bins()).hasSize(5);
        assertThat(FIGURES.reliability().bins().get(4).verdicts()).isEqualTo(2);
        assertThat(FIGURES.reliability().bins().get(4).confidence()).isCloseTo(.925, within(1e-12));
    }

    @Test
    void shouldPutCertaintyIntoTheLastBin() {
        var reliability = Reliability.of(new double[] {1, 1}, new boolean[] {true, false});

        assertThat(reliability.bins()).containsExactly(new Reliability.Bin(2, 1, 0.5));
        assertThat(reliability.expectedCalibrationError()).isEqualTo(0.5);
    }
}
