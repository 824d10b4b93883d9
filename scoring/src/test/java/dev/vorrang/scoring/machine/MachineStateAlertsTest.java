package dev.vorrang.scoring.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.vorrang.schemas.AlertKind;
import dev.vorrang.schemas.AlertState;
import dev.vorrang.schemas.MachineAlert;
import dev.vorrang.schemas.Reason;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MachineStateAlertsTest {

    private static final long HOUR = 3_600_000;
    private static final MachineSettings EACH = MachineSettings.defaults();

    private final Press press = new Press(EACH, new Averages());

    @Test
    void shouldNameASensorThatIsStuckAndNoneThatSeldomChanges() {
        var plain = new Press(EACH);
        for (int time = 0; time < 300; time++) {
            double heat = time < 200 ? time % 7 + 0.5 : 3;
            plain.read(Press.reading(time, Map.of("heat", heat, "mode", (double) (time / 40), "load", time * 1.5)));
        }

        assertThat(plain.alerts).hasSize(1);
        MachineAlert alert = plain.alerts.get(0);
        assertThat(alert.getKind()).isEqualTo(AlertKind.STUCK_SENSOR);
        assertThat(alert.getSensors()).isEqualTo(Map.of("heat", 1f));
        // 30 equal values from 200 on, and three of them count before it is raised.
        assertThat(alert.getTime().toEpochMilli()).isEqualTo(231);
    }

    @Test
    void shouldRaiseOneAlertAndClearItWithoutFlapping() {
        press.calm(0, 50);
        // On and off the threshold: raised once all the same.
        for (int time = 50; time < 80; time++) {
            press.read(time, time % 2 == 0 ? 20 : 10);
        }
        press.calm(80, 120);

        assertThat(press.alerts)
                .filteredOn(alert -> alert.getState() != AlertState.UPDATED)
                .extracting(MachineAlert::getState)
                .containsExactly(AlertState.RAISED, AlertState.CLEARED);
        assertThat(press.alerts)
                .extracting(MachineAlert::getId)
                .containsOnly(press.alerts.get(0).getId());
        assertThat(press.alerts.get(0).getStart().toEpochMilli()).isEqualTo(50);
        assertThat(press.alerts.get(0).getSensors()).isEqualTo(Map.of("load", 1f));
    }

    @Test
    void shouldStaySilentForASingleOddStep() {
        press.calm(0, 50);
        press.read(50, 22);
        press.calm(51, 100);

        assertThat(press.alerts).isEmpty();
    }

    @Test
    void shouldRaiseNothingInMaintenanceAndClearWhatIsOpen() {
        press.calm(0, 50);
        for (int time = 50; time < 60; time++) {
            press.read(time, 500);
        }
        press.maintenance(60, 80L);
        for (int time = 60; time < 80; time++) {
            press.read(time, 5_000);
        }

        assertThat(press.alerts)
                .extracting(MachineAlert::getState)
                .containsExactly(AlertState.RAISED, AlertState.CLEARED);
        assertThat(press.alerts.get(0).getReasons()).containsExactly("anomalous; main contributor: load");
        assertThat(press.alerts.get(0).getReasonDetails())
                .containsExactly(new Reason("anomaly", Map.of("sensors", "load"), "anomalous; main contributor: load"));
        assertThat(press.alerts.get(1).getReasons()).containsExactly("maintenance");
        assertThat(press.alerts.get(1).getReasonDetails())
                .containsExactly(new Reason("maintenance", Map.of(), "maintenance"));
        assertThat(press.last().getMaintenance()).isTrue();
        press.read(80, 5_000);
        assertThat(press.last().getMaintenance()).isFalse();
    }

    @Test
    void shouldTellOfASilenceWithTheReadingThatEndsIt() {
        work(0, 20);
        press.read(6 * HOUR, 10);

        assertThat(press.alerts)
                .extracting(MachineAlert::getKind, MachineAlert::getState, alert -> alert.getTime()
                        .toEpochMilli())
                .containsExactly(
                        tuple(AlertKind.SILENT, AlertState.RAISED, 190_000L + 15 * 60_000),
                        tuple(AlertKind.SILENT, AlertState.CLEARED, 6 * HOUR));
        assertThat(press.alerts.get(0).getReasonDetails())
                .containsExactly(new Reason("silent", Map.of(), "no readings for 15 min"));
    }

    @Test
    void shouldTellOfASilenceAfterWhichTheMachineIsNew() {
        work(0, 20);
        press.read(40 * 24 * HOUR, 10);

        assertThat(press.alerts)
                .extracting(MachineAlert::getState)
                .containsExactly(AlertState.RAISED, AlertState.CLEARED);
    }

    @Test
    void shouldTellWithTheNextStepWhatAStepWouldHaveToldForWhichAModelFailed() throws IOException {
        work(0, 20);
        press.accept(Press.reading(6 * HOUR, Map.of("load", 10.0)));
        press.restart();

        press.read(6 * HOUR + 10_000, 10);

        assertThat(press.alerts)
                .extracting(MachineAlert::getState)
                .containsExactly(AlertState.RAISED, AlertState.CLEARED);
        press.read(6 * HOUR + 20_000, 10);
        assertThat(press.alerts).hasSize(2);
    }

    @Test
    void shouldSayNothingOfASilenceInMaintenance() {
        work(0, 20);
        press.maintenance(5 * 60_000, 5 * HOUR);
        press.read(5 * HOUR + 60_000, 10);
        work(5 * HOUR + 70_000, 20);
        press.read(20 * HOUR, 10);

        assertThat(press.alerts)
                .extracting(MachineAlert::getState)
                .containsExactly(AlertState.RAISED, AlertState.CLEARED);
        assertThat(press.alerts.get(0).getStart().toEpochMilli()).isEqualTo(5 * HOUR + 260_000);
    }

    /** Readings that lie ten seconds apart. */
    private void work(long from, int count) {
        for (int i = 0; i < count; i++) {
            press.read(from + i * 10_000L, 10 + i % 3 * 0.1);
        }
    }
}
