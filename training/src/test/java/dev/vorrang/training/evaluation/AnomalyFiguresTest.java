package dev.vorrang.training.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.vorrang.training.evaluation.AnomalyFigures.Series;
import java.util.List;
import org.junit.jupiter.api.Test;

class AnomalyFiguresTest {

    private static Series series(String truth, double... scores) {
        var odd = new boolean[truth.length()];
        for (int i = 0; i < odd.length; i++) {
            odd[i] = truth.charAt(i) == '1';
        }
        return new Series(scores, odd);
    }

    @Test
    void shouldCountRowsAndDelays() {
        // Windows are rows 2 to 4 and 7 to 8; alarms are rows 0, 3, 4 and 8.
        var one = series("0011100110", .99, .1, .2, .99, 1, .5, .9, .9, .995, Double.NaN);
        var other = series("0011", 0, 0, .9, .9);

        AnomalyFigures figures = AnomalyFigures.of(List.of(one, other), 0.99);

        assertThat(figures.truePositives()).isEqualTo(3);
        assertThat(figures.falsePositives()).isEqualTo(1);
        assertThat(figures.falseNegatives()).isEqualTo(4);
        assertThat(figures.trueNegatives()).isEqualTo(6);
        assertThat(figures.precision()).isEqualTo(0.75);
        assertThat(figures.recall()).isCloseTo(3 / 7.0, within(1e-12));
        assertThat(figures.f1()).isCloseTo(6 / 11.0, within(1e-12));
        assertThat(figures.falseAlarmRate()).isCloseTo(1 / 7.0, within(1e-12));
        assertThat(figures.missedAlarmRate()).isCloseTo(4 / 7.0, within(1e-12));
        assertThat(figures.windows()).isEqualTo(3);
        assertThat(figures.delays()).containsExactly(1, 1);
        assertThat(figures.meanDelay()).isEqualTo(1);
        assertThat(figures.medianDelay()).isEqualTo(1);
    }

    @Test
    void shouldGiveTheNabScoreOfTheThresholdAndTheBest() {
        var truth = "0".repeat(50) + "1".repeat(20) + "0".repeat(30);
        var scores = new double[100];
        scores[30] = 0.8;
        scores[50] = 0.9;

        var nab = AnomalyFigures.of(List.of(series(truth, scores)), 0.8).nab().orElseThrow();

        assertThat(nab.score()).isCloseTo(100 - 100 * 0.11 / 2, within(1e-9));
        assertThat(nab.best().score()).isEqualTo(100);
        assertThat(nab.best().threshold()).isEqualTo(0.9);
    }

    @Test
    void shouldSayNothingOfWhatIsNotThere() {
        var figures = AnomalyFigures.of(List.of(series("000", 0, 0, 0)), 0.99);

        assertThat(figures.nab()).isEmpty();
        assertThat(figures.precision()).isNaN();
        assertThat(figures.recall()).isNaN();
        assertThat(figures.meanDelay()).isNaN();
        assertThat(figures.falseAlarmRate()).isZero();
    }

    @Test
    void shouldRefuseSeriesOfDifferentLength() {
        assertThatThrownBy(() -> series("00", 1)).hasMessageContaining("1 scores and 2 truths");
    }
}
