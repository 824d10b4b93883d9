package dev.vorrang.app.streams.machine.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vorrang.app.terminal.AlertBoard;
import dev.vorrang.schemas.AlertKind;
import dev.vorrang.schemas.AlertState;
import dev.vorrang.schemas.MachineAlert;
import dev.vorrang.schemas.MachineScore;
import dev.vorrang.schemas.Position;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MachineBoardTest {

    private final AlertBoard<MachineScore, MachineAlert> board = new AlertBoard<>(MachineColumns.ROWS);

    private void add(String id, AlertKind kind, AlertState state, String sensor) {
        board.add(MachineAlert.newBuilder()
                .setId(id)
                .setMachine("pump-1")
                .setKind(kind)
                .setState(state)
                .setStart(Instant.EPOCH)
                .setTime(Instant.EPOCH)
                .setPeak(1)
                .setPeakTime(Instant.EPOCH)
                .setSensors(Map.of(sensor, 1f))
                .setPosition(new Position("machine.readings", 0, 0L))
                .build());
    }

    private List<String> open() {
        return board.snapshot().rows().get(0).alerts().values().stream()
                .flatMap(alert -> alert.getSensors().keySet().stream())
                .toList();
    }

    @Test
    void shouldKeepSeveralAlertsOfAKindApart() {
        add("a", AlertKind.ANOMALY, AlertState.RAISED, "pressure");
        add("b", AlertKind.ANOMALY, AlertState.RAISED, "vibration");
        add("a", AlertKind.ANOMALY, AlertState.UPDATED, "pressure");
        assertThat(open()).containsExactly("pressure", "vibration");

        add("a", AlertKind.ANOMALY, AlertState.CLEARED, "pressure");

        assertThat(open()).containsExactly("vibration");
        assertThat(board.snapshot().raised()).isEqualTo(2);
    }

    @Test
    void shouldTakeAlertsAboutReadingsForWarnings() {
        add("a", AlertKind.DROPOUT, AlertState.RAISED, "pressure");
        assertThat(MachineColumns.ROWS.isWarning(board.snapshot().rows().get(0)))
                .isTrue();

        add("b", AlertKind.SILENT, AlertState.RAISED, "");

        assertThat(MachineColumns.ROWS.isWarning(board.snapshot().rows().get(0)))
                .isFalse();
    }
}
