package dev.vorrang.training.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.vorrang.training.evaluation.OutOfScopeFigures.Point;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OutOfScopeFiguresTest {

    @Test
    void shouldMeasureHowOftenTheOneInScopeIsMoreCertain() {
        // Of the six pairs .9 wins both, .5 wins one and ties one, .3 wins one.
        var figures = OutOfScopeFigures.of(new double[] {.5, .9, .3}, new double[] {.5, .2});

        assertThat(figures.auroc()).isCloseTo((2 + 1.5 + 1) / 6, within(1e-12));
        assertThat(figures.inScope()).isEqualTo(3);
        assertThat(figures.outOfScope()).isEqualTo(2);
    }

    @Test
    void shouldTellPerfectFromHopeless() {
        assertThat(OutOfScopeFigures.of(new double[] {.8, .9}, new double[] {.1, .2})
                        .auroc())
                .isEqualTo(1);
        assertThat(OutOfScopeFigures.of(new double[] {.1, .2}, new double[] {.8, .9})
                        .auroc())
                .isZero();
        assertThat(OutOfScopeFigures.of(new double[] {.5, .5}, new double[] {.5, .5})
                        .auroc())
                .isEqualTo(.5);
    }

    @Test
    void shouldSayWhatEachThresholdCatches() {
        var figures = OutOfScopeFigures.of(new double[] {.5, .9, .5, .3}, new double[] {.5, .2, .6, .4});

        assertThat(figures.points())
                .containsExactly(
                        new Point(.3, 0, 1 / 4.0),
                        new Point(.5, 1 / 4.0, 2 / 4.0),
                        new Point(.9, 3 / 4.0, 1),
                        new Point(Double.POSITIVE_INFINITY, 1, 1));
    }

    @Test
    void shouldLoseNoMoreThanIsAllowed() {
        // In scope .00, .01, … .99: losing five of a hundred puts the threshold at .05, which .05 itself passes.
        double[] in = IntStream.range(0, 100).mapToDouble(i -> i / 100.0).toArray();
        var figures = OutOfScopeFigures.of(in, new double[] {.02, .049, .05, .051});

        assertThat(figures.caughtWhenLosing(.05)).isEqualTo(2 / 4.0);
        assertThat(figures.caughtWhenLosing(.049)).isEqualTo(1 / 4.0);
        assertThat(figures.caughtWhenLosing(0)).isZero();
        assertThat(figures.caughtWhenLosing(1)).isEqualTo(1);
    }

    @Test
    void shouldNeedBothKinds() {
        assertThatThrownBy(() -> OutOfScopeFigures.of(new double[0], new double[1]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("0 inputs in scope");
    }
}
