package dev.vorrang.training.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vorrang.training.evaluation.CoverageCurve.Point;
import org.junit.jupiter.api.Test;

class CoverageCurveTest {

    /** Given in no order: right with .9, wrong with .6, right and wrong with .7, right with .2. */
    private static final CoverageCurve CURVE =
            CoverageCurve.of(new double[] {.7, .9, .2, .6, .7}, new boolean[] {true, true, true, false, false});

    @Test
    void shouldGiveAPointForEachConfidence() {
        assertThat(CURVE.points())
                .containsExactly(
                        new Point(.9, 1 / 5.0, 1),
                        new Point(.7, 3 / 5.0, 2 / 3.0),
                        new Point(.6, 4 / 5.0, 2 / 4.0),
                        new Point(.2, 1, 3 / 5.0));
    }

    @Test
    void shouldFindTheLeastCoverageThatIsLargeEnough() {
        assertThat(CURVE.at(0).coverage()).isEqualTo(.2);
        assertThat(CURVE.at(.6).coverage()).isEqualTo(.6);
        assertThat(CURVE.at(.61).coverage()).isEqualTo(.8);
        assertThat(CURVE.at(1).coverage()).isEqualTo(1);
    }

    @Test
    void shouldHaveNoPointWithoutAnswers() {
        CoverageCurve none = CoverageCurve.of(new double[0], new boolean[0]);

        assertThat(none.points()).isEmpty();
        assertThatThrownBy(() -> none.at(1)).isInstanceOf(IllegalStateException.class);
    }
}
