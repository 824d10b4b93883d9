package dev.vorrang.training.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class ForecastFiguresTest {

    private static final List<Double> LEVELS = List.of(0.1, 0.5, 0.9);
    private static final Offset<Double> EXACT = within(1e-9);

    @Test
    void shouldComputeFiguresThatCanBeComputedByHand() {
        // One-step changes 2, 4, 6: squares 4, 16, 36, mean 56 / 3. Changes over two periods 2, 2: mean 2.
        var errors = new ForecastErrors("a", LEVELS, new float[] {1, 3, -1, 5}, 2);
        errors.add(10, 8, new float[] {4, 9, 12});
        errors.add(2, 3, new float[] {3, 4, 6});

        ForecastFigures figures = ForecastFigures.of(List.of(errors));

        assertThat(figures.forecasts()).isEqualTo(2);
        assertThat(figures.wape()).isEqualTo((2 + 1) / 12.0, EXACT);
        assertThat(figures.medianWape()).isEqualTo((1 + 2) / 12.0, EXACT);
        assertThat(figures.rmsse()).isEqualTo(Math.sqrt((4 + 1) / 2.0 / (56 / 3.0)), EXACT);
        assertThat(figures.mase()).isEqualTo(1.5 / 2, EXACT);
        assertThat(figures.smape()).isEqualTo((2 * 1 / 19.0 + 2 * 2 / 6.0) / 2, EXACT);
        // Of 10: 2 (.1 * 6 + .5 * 1 + .1 * 2) / 3; of 2: 2 (.9 * 1 + .5 * 2 + .1 * 4) / 3.
        assertThat(figures.quantileLoss()).isEqualTo((2 * 1.3 / 3 + 2 * 2.3 / 3) / 12, within(1e-6));
        assertThat(figures.coverage()).isEqualTo(0.5, EXACT);
    }

    @Test
    void shouldTakeANumberForAllQuantiles() {
        var errors = new ForecastErrors("a", LEVELS, new float[] {1, 2}, 1);
        errors.add(10, 7);

        assertThat(errors.pinball()).isEqualTo(3, within(1e-6));
    }

    @Test
    void shouldLeaveOutWhatIsUnknown() {
        var errors = new ForecastErrors("a", LEVELS, new float[] {1, Float.NaN, 4}, 1);
        errors.add(Float.NaN, 7);

        assertThat(errors.count()).isZero();
        assertThat(errors.mase()).isNaN();
    }

    @Test
    void shouldAverageAsM4Does() {
        var naive = new ForecastFigures(1, 1, 1, 1, 1, 2, 0.2, 1, 1);
        var better = new ForecastFigures(1, 1, 1, 1, 1, 1, 0.15, 1, 1);

        assertThat(better.owa(naive)).isEqualTo((0.75 + 0.5) / 2, EXACT);
    }

    @Test
    void shouldNeedTheLevelsThatItMeasures() {
        assertThatThrownBy(() -> new ForecastErrors("a", List.of(0.5), new float[0], 1))
                .hasMessage("levels [0.5]: 0.1 must be among them");
    }
}
