package dev.vorrang.training.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.vorrang.training.evaluation.RemainingLifeFigures.Prediction;
import java.util.List;
import org.junit.jupiter.api.Test;

class RemainingLifeFiguresTest {

    @Test
    void shouldMeasureErrorsByHandAndByThePaper() {
        // Errors: 10 too long, 13 too short, none. The score of the paper gives e - 1 for each of the first two.
        var figures = RemainingLifeFigures.of(List.of(
                new Prediction(50, 60, 40, 49), new Prediction(100, 87, 80, 100), new Prediction(20, 20, 10, 31)));

        assertThat(figures.rows()).isEqualTo(3);
        assertThat(figures.rmse()).isCloseTo(Math.sqrt((100 + 169) / 3.0), within(1e-12));
        assertThat(figures.mae()).isCloseTo(23 / 3.0, within(1e-12));
        assertThat(figures.bias()).isEqualTo(-1);
        assertThat(figures.nasaScore()).isCloseTo(2 * (Math.E - 1), within(1e-12));
        assertThat(figures.coverage()).isCloseTo(2 / 3.0, within(1e-12));
        assertThat(figures.width()).isCloseTo((9 + 20 + 21) / 3.0, within(1e-12));
    }

    @Test
    void shouldSayNothingOfIntervalsThatAreNotThere() {
        var figures = RemainingLifeFigures.of(List.of(new Prediction(50, 60, Double.NaN, Double.NaN)));

        assertThat(figures.rmse()).isEqualTo(10);
        assertThat(figures.coverage()).isNaN();
        assertThat(figures.width()).isNaN();
    }
}
