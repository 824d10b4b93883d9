package dev.vorrang.training.machine.baseline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vorrang.training.evaluation.AlertFigures.Span;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ComparisonTest {

    private static final long MINUTE_MS = 60_000;
    private static final int MINUTES = 3_000;
    private static final int LEARNING = 1_000;
    private static final int FAULT = 2_200;
    private static final int HOUR = 60;

    static List<Baseline> baselines() {
        return Baseline.all();
    }

    /** Runs eight hours and stands still for four; the second sensor is far off for an hour. */
    private static Comparison.Subject machine() {
        var random = new Random(1);
        long[] times = IntStream.range(0, 2 * MINUTES)
                .mapToLong(half -> half * MINUTE_MS / 2)
                .toArray();
        var values = new double[times.length][];
        for (int i = 0; i < times.length; i++) {
            int minute = i / 2;
            boolean runs = minute % (12 * HOUR) < 8 * HOUR;
            boolean faulty = minute >= FAULT && minute < FAULT + HOUR;
            values[i] = new double[] {
                (runs ? 50 : 0) + random.nextGaussian(),
                (runs ? 80 : 20) + 2 * random.nextGaussian() + (faulty ? 60 : 0),
                i % 5 == 0 ? Double.NaN : random.nextGaussian()
            };
        }
        var fault = new Span(FAULT * MINUTE_MS, (FAULT + HOUR) * MINUTE_MS, List.of("temperature"));
        return new Comparison.Subject(
                List.of("current", "temperature", "noise"), MinuteMeans.of(times, values), LEARNING, List.of(fault));
    }

    @ParameterizedTest
    @MethodSource("baselines")
    void shouldFindAPlainFaultWithoutAFalseAlert(Baseline baseline) {
        var compared = Comparison.of(baseline, List.of(machine()), 0);

        assertThat(compared.figures().falseAlerts()).isZero();
        assertThat(compared.figures().raised()).isEqualTo(1);
        assertThat(compared.figures().right()).isEqualTo(1);
        assertThat(compared.figures().medianDelay()).isBetween(0.0, 0.5);
        assertThat(compared.alerts()).hasSize(1);
    }

    @ParameterizedTest
    @MethodSource("baselines")
    void shouldNeverRaiseMoreFalseAlertsThanAllowed(Baseline baseline) {
        var silent = Comparison.of(baseline, List.of(machine()), 0);
        var noisy = Comparison.of(baseline, List.of(machine()), 20);

        assertThat(noisy.limit()).isLessThan(silent.limit());
        assertThat(noisy.figures().falseAlerts()).isBetween(0.01, 20.0);
    }

    @ParameterizedTest
    @MethodSource("baselines")
    void shouldStandAMachineOfWhichNothingIsKnown(Baseline baseline) {
        var nothing = new Comparison.Subject(
                List.of("a"),
                new MinuteMeans(new long[] {60_000, 120_000}, new double[][] {{Double.NaN}, {Double.NaN}}),
                1,
                List.of());

        assertThat(Comparison.of(baseline, List.of(nothing), 0).figures().raised())
                .isZero();
    }
}
