package dev.vorrang.training.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LabelFiguresTest {

    private static final List<String> LABELS = List.of("ok", "leak", "stuck", "never");

    /** Truth ok, ok, ok, leak, leak, stuck; told ok, ok, leak, leak, leak, ok. */
    private static final LabelFigures FIGURES = LabelFigures.of(LABELS, new int[] {0, 0, 0, 1, 1, 2}, new double[][] {
        {.9, .1, 0, 0}, {.8, .1, .1, 0}, {.35, .65, 0, 0}, {.05, .95, 0, 0}, {.3, .7, 0, 0}, {.55, .2, .25, 0}
    });

    @Test
    void shouldCountTrueAndToldLabels() {
        assertThat(FIGURES.confusion())
                .isDeepEqualTo(new long[][] {{2, 1, 0, 0}, {0, 2, 0, 0}, {1, 0, 0, 0}, {0, 0, 0, 0}});
        assertThat(FIGURES.answers()).isEqualTo(6);
        assertThat(FIGURES.accuracy()).isCloseTo(4 / 6.0, within(1e-12));
        assertThat(FIGURES.precision(0)).isCloseTo(2 / 3.0, within(1e-12));
        assertThat(FIGURES.recall(1)).isEqualTo(1);
        assertThat(FIGURES.precision(2)).isNaN();
        assertThat(FIGURES.f1(3)).isNaN();
    }

    @Test
    void shouldAverageTheLabelsThatOccurOrAreTold() {
        // F1: 2*2/(3+3), 2*2/(2+3), 0.
        assertThat(FIGURES.macroF1()).isCloseTo((2 / 3.0 + 0.8 + 0) / 3, within(1e-12));
    }

    @Test
    void shouldAverageTheLabelsThatOccurAlone() {
        // Truth a, a, b; told a, c, a. F1 of a is 2*1/(2+2), of b 0; c is told and never occurs.
        var figures =
                LabelFigures.of(List.of("a", "b", "c"), new int[] {0, 0, 1}, new int[] {0, 2, 0}, new double[3], 15);

        assertThat(figures.macroF1OfOccurring()).isCloseTo((0.5 + 0) / 2, within(1e-12));
        assertThat(figures.macroF1()).isCloseTo((0.5 + 0 + 0) / 3, within(1e-12));
        assertThat(figures.macroRecall()).isCloseTo((0.5 + 0) / 2, within(1e-12));
    }

    @Test
    void shouldAverageNothingWithoutAnswers() {
        var figures = LabelFigures.of(LABELS, new int[0], new int[0], new double[0], 15);

        assertThat(figures.macroF1OfOccurring()).isNaN();
        assertThat(figures.macroRecall()).isNaN();
        assertThat(figures.accuracy()).isNaN();
    }

    @Test
    void shouldMeasureWhatProbabilitiesAreWorth() {
        // Bins: .9 and .95 right; .8 right; .65 wrong; .7 right; .55 wrong.
        double error = (Math.abs(1.85 - 2) + .2 + .65 + .3 + .55) / 6;

        assertThat(FIGURES.reliability().expectedCalibrationError()).isCloseTo(error, within(1e-12));
        assertThat(FIGURES.reliability().bins()).hasSize(5);
        assertThat(FIGURES.reliability().bins().get(4).answers()).isEqualTo(2);
        assertThat(FIGURES.reliability().bins().get(4).confidence()).isCloseTo(.925, within(1e-12));
    }

    @Test
    void shouldTakeAsManyBinsAsAreAskedFor() {
        var confidences = new double[] {.61, .66, .68};
        var right = new boolean[] {true, false, true};

        // Fifteenths: 9 holds .6 to .667, 10 holds .668; tenths: all in one.
        assertThat(Reliability.of(confidences, right, 15).bins()).hasSize(2);
        assertThat(Reliability.of(confidences, right, 15).expectedCalibrationError())
                .isCloseTo((Math.abs(1.27 - 1) + Math.abs(.68 - 1)) / 3, within(1e-12));
        assertThat(Reliability.of(confidences, right).bins()).hasSize(1);
    }

    @Test
    void shouldTellWhatRightProbabilitiesShowByChance() {
        var random = new Random(3);
        double[] confidences =
                random.doubles(600).map(uniform -> 1 - uniform * uniform * .7).toArray();
        double sum = 0;
        int draws = 500;
        for (int draw = 0; draw < draws; draw++) {
            var right = new boolean[confidences.length];
            for (int i = 0; i < right.length; i++) {
                right[i] = random.nextDouble() < confidences[i];
            }
            sum += Reliability.of(confidences, right, 15).expectedCalibrationError();
        }
        var none = new boolean[confidences.length];
        assertThat(Reliability.of(confidences, none, 15).errorByChance()).isCloseTo(sum / draws, withinPercentage(3));
    }

    @Test
    void shouldPutCertaintyIntoTheLastBin() {
        var reliability = Reliability.of(new double[] {1, 1}, new boolean[] {true, false});

        assertThat(reliability.bins()).containsExactly(new Reliability.Bin(2, 1, 0.5));
        assertThat(reliability.expectedCalibrationError()).isEqualTo(0.5);
    }
}
