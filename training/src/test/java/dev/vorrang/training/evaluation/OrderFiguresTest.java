package dev.vorrang.training.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class OrderFiguresTest {

    @Test
    void shouldTellAPerfectOrderFromItsReverse() {
        double[] scores = {0.9, 0.8, 0.2, 0.1};

        assertThat(OrderFigures.of(scores, new boolean[] {true, true, false, false})
                        .auc())
                .isEqualTo(1);
        assertThat(OrderFigures.of(scores, new boolean[] {false, false, true, true})
                        .auc())
                .isZero();
        assertThat(OrderFigures.of(scores, new boolean[] {true, false, true, false})
                        .auc())
                .isEqualTo(0.75);
    }

    @Test
    void shouldLeaveEqualScoresToChance() {
        double[] scores = {0.5, 0.5, 0.5, 0.5};
        var figures = OrderFigures.of(scores, new boolean[] {true, false, false, true});

        assertThat(figures.auc()).isEqualTo(0.5);
        assertThat(figures.found(0.25)).isCloseTo(0.25, within(1e-9));
    }

    @Test
    void shouldCountWhatIsAtTheHeadOfTheQueue() {
        double[] scores = {0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1, 0};
        var figures = OrderFigures.of(
                scores, new boolean[] {true, false, true, false, false, false, false, false, false, false});

        assertThat(figures.found(0.1)).isCloseTo(0.5, within(1e-9));
        assertThat(figures.found(0.3)).isCloseTo(1, within(1e-9));
        // One of 50 must come first: the first of the others is an eighth of 98 %, and more than a tenth of the queue.
        assertThat(figures.found(0.1, 0.02)).isCloseTo(0.5, within(1e-9));
        assertThat(figures.found(0.15, 0.02)).isCloseTo(1, within(1e-9));
    }

    @Test
    void shouldHaveNoFigureWithoutAnyWanted() {
        var figures = OrderFigures.of(new double[] {0.1, 0.2}, new boolean[2]);

        assertThat(figures.wanted()).isZero();
        assertThat(figures.auc()).isNaN();
        assertThat(figures.found(0.5)).isNaN();
        assertThatThrownBy(() -> OrderFigures.of(new double[1], new boolean[2])).hasMessage("1 scores, but 2 truths");
    }
}
