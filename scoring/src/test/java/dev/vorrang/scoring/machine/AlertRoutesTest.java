package dev.vorrang.scoring.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.vorrang.schemas.AlertKind;
import dev.vorrang.schemas.AlertState;
import dev.vorrang.schemas.MachineAlert;
import dev.vorrang.schemas.Position;
import dev.vorrang.scoring.route.Route;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AlertRoutesTest {

    private static final Instant TIME = Instant.parse("2026-03-02T06:00:00Z");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "alert.id == 'a1' && alert.machine == 'press-1' && alert.kind == 'FAULT' && alert.state == 'RAISED'",
                "alert.start < alert.time && alert.time == timestamp('2026-03-02T06:00:00Z')",
                "alert.peak > 0.79 && alert.sensors['oil'] == 0.75 && alert.sensors.exists(name, name.startsWith('va'))",
                "alert.fault == 'leak' && alert.remainingLife < 100.5 && 'leaks' in alert.reasons",
                "severity == 'URGENT'"
            })
    void shouldSeeWhatItMayAskFor(String condition) {
        var routes = AlertRoutes.of(List.of(new Route("hall", condition)));

        assertThat(routes.queues(alert(AlertState.RAISED), false)).containsExactly("hall");
    }

    @Test
    void shouldNeedNoQueueAndSendEachChangeToTheSame() {
        var routes = AlertRoutes.of(List.of(
                new Route("technicians", "severity == 'URGENT'", true),
                new Route("press", "alert.machine == 'press-1'")));

        assertThat(routes.queues(alert(AlertState.RAISED), false)).containsExactly("technicians", "press");
        assertThat(routes.queues(alert(AlertState.CLEARED), false)).containsExactly("technicians", "press");
        assertThat(AlertRoutes.of(List.of(new Route("never", "false"))).queues(alert(AlertState.RAISED), false))
                .isEmpty();
        assertThat(AlertRoutes.of(List.of()).names()).isEmpty();
    }

    @Test
    void shouldCountWhatIsNotKnownAsNoNumber() {
        var unknown = MachineAlert.newBuilder(alert(AlertState.RAISED))
                .setRul(null)
                .setFault(null)
                .build();
        var routes = AlertRoutes.of(List.of(
                new Route("soon", "alert.remainingLife < 50.0"),
                new Route("fault", "alert.fault != ''"),
                new Route("x", "true")));

        assertThat(routes.queues(unknown, false)).containsExactly("x");
    }

    @Test
    void shouldRefuseConditionsOfOtherRecords() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AlertRoutes.of(List.of(new Route("hall", "mail.subject == 'x'"))))
                .withMessageStartingWith("route 'hall': 'mail.subject == 'x'' line 1, column 1:")
                .withMessageContaining("over alert, severity; alert.family|fault|id|kind|machine|");
    }

    private static MachineAlert alert(AlertState state) {
        return MachineAlert.newBuilder()
                .setId("a1")
                .setMachine("press-1")
                .setKind(AlertKind.FAULT)
                .setState(state)
                .setStart(TIME.minusSeconds(60))
                .setTime(TIME)
                .setPeak(0.8)
                .setPeakTime(TIME)
                .setSensors(Map.of("oil", 0.75f, "valve", 0.25f))
                .setFault("leak")
                .setRul(100.0)
                .setReasons(List.of("leaks"))
                .setPosition(new Position("machine.readings", 0, 0L))
                .build();
    }
}
