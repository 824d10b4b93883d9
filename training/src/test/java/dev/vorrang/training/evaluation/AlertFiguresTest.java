package dev.vorrang.training.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.vorrang.training.evaluation.AlertFigures.Machine;
import dev.vorrang.training.evaluation.AlertFigures.Span;
import java.util.List;
import org.junit.jupiter.api.Test;

class AlertFiguresTest {

    private static Span hours(double from, double to, String... sensors) {
        return new Span((long) (from * 3_600_000), (long) (to * 3_600_000), List.of(sensors));
    }

    private static AlertFigures figures(List<Span> faults, Span... alerts) {
        return AlertFigures.of(List.of(new Machine(hours(24, 72), faults, List.of(alerts))));
    }

    @Test
    void shouldCountFaultsDelaysAndSensors() {
        var faults = List.of(hours(30, 34, "flow"), hours(40, 44, "flow"), hours(50, 54));

        var figures = figures(faults, hours(31, 35, "flow", "heat"), hours(40.5, 41, "heat"), hours(51, 52, "heat"));

        assertThat(figures.faults()).isEqualTo(3);
        assertThat(figures.raised()).isEqualTo(3);
        assertThat(figures.blamable()).isEqualTo(2);
        assertThat(figures.right()).isEqualTo(1);
        assertThat(figures.delayHours()).containsExactly(1.0, 0.5, 1.0);
        assertThat(figures.medianDelay()).isEqualTo(1);
        assertThat(figures.falseAlerts()).isZero();
        assertThat(figures.falseHours()).isCloseTo(0.5, within(1e-9));
    }

    @Test
    void shouldCountFalseAlertsAndEachFalseHourOnce() {
        var figures = figures(List.of(hours(60, 61)), hours(25, 29), hours(26, 28), hours(28, 31), hours(70, 80));

        assertThat(figures.raised()).isZero();
        assertThat(figures.falseAlerts()).isEqualTo(2);
        assertThat(figures.falseHours()).isCloseTo((6 + 2) / 2.0, within(1e-9));
        assertThat(figures.medianDelay()).isNaN();
    }

    @Test
    void shouldLeaveOutWhatBeginsBeforeTheWatch() {
        var figures = figures(List.of(hours(10, 30, "flow")), hours(12, 26, "flow"));

        assertThat(figures.faults()).isZero();
        assertThat(figures.falseAlerts()).isZero();
        assertThat(figures.falseHours()).isZero();
    }
}
