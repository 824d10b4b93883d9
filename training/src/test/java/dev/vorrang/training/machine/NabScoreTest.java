package dev.vorrang.training.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.vorrang.training.machine.NabScore.Scored;
import java.util.List;
import org.junit.jupiter.api.Test;

class NabScoreTest {

    private static final List<int[]> WINDOW = List.of(new int[] {50, 69});

    private static double scored(int... rows) {
        var scores = new double[100];
        for (int row : rows) {
            scores[row] = 1;
        }
        return NabScore.best(List.of(new Scored(scores, WINDOW))).score();
    }

    @Test
    void shouldGiveAllToTheFirstRowOfAWindowAndHalfOfItToTheLast() {
        assertThat(scored(50)).isEqualTo(100);
        // The last row gains what a missed window costs, and almost nothing for being early.
        assertThat(scored(69))
                .isCloseTo(50 + 50 * (2 / (1 + Math.exp(-0.25)) - 1) / (2 / (1 + Math.exp(-5)) - 1), within(1e-9));
    }

    @Test
    void shouldChargeAFalseAlarmAndLeaveTheBeginningFree() {
        assertThat(scored(50, 30)).isCloseTo(100 - 100 * 0.11 / 2, within(1e-9));
        assertThat(scored(50, 3)).isEqualTo(100);
    }

    @Test
    void shouldCountAWindowOnce() {
        assertThat(scored(50, 51, 60)).isEqualTo(100);
    }

    @Test
    void shouldScoreTheThresholdThatIsGiven() {
        var scores = new double[100];
        scores[30] = 0.8;
        scores[50] = 0.9;
        var series = List.of(new Scored(scores, WINDOW));

        assertThat(NabScore.at(series, 0.8)).isCloseTo(100 - 100 * 0.11 / 2, within(1e-9));
        assertThat(NabScore.at(series, 0.95)).isEqualTo(0);
        assertThat(NabScore.best(series)).isEqualTo(new NabScore.Best(100, 0.9));
    }
}
