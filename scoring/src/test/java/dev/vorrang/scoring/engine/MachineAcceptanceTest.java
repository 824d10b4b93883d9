package dev.vorrang.scoring.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vorrang.schemas.Acceptance;
import dev.vorrang.schemas.AlertKind;
import dev.vorrang.schemas.AlertState;
import dev.vorrang.schemas.MachineAlert;
import dev.vorrang.scoring.machine.AlertRoutes;
import dev.vorrang.scoring.route.Route;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Somebody takes the state of a machine as normal, by a record on a topic. */
class MachineAcceptanceTest {

    private static final String MACHINE = "press-1";
    private static final Instant START = Instant.parse("2026-03-02T06:00:00Z");

    @TempDir
    private Path folder;

    private MachineDriver driver;

    @BeforeEach
    void start() {
        driver =
                new MachineDriver(folder, AlertRoutes.of(List.of(new Route("hall", "alert.kind == 'ANOMALY'"))), START);
        send(20, 10);
        send(5, 500);
    }

    @AfterEach
    void close() {
        driver.close();
    }

    private void send(int readings, double load) {
        for (int i = 0; i < readings; i++) {
            driver.reading(MACHINE, driver.now(), driver.now(), load);
            driver.pass(Duration.ofSeconds(10));
        }
    }

    private void accept(String alert) {
        driver.send(
                MachineDriver.TOPICS.machineAccepted(),
                MACHINE,
                Optional.of(Acceptance.newBuilder()
                        .setMachine(MACHINE)
                        .setAlert(alert)
                        .setBy("anna")
                        .setReason("new mould")
                        .setAt(driver.now())
                        .build()));
    }

    @Test
    void shouldClearWhatIsOpenAndSayWhoWantedIt() {
        MachineAlert raised = driver.alerts().get(0);
        assertThat(raised.getKind()).isEqualTo(AlertKind.ANOMALY);

        accept(null);

        assertThat(driver.alerts()).singleElement().satisfies(alert -> {
            assertThat(alert.getId()).isEqualTo(raised.getId());
            assertThat(alert.getState()).isEqualTo(AlertState.CLEARED);
            assertThat(alert.getReasons()).containsExactly("accepted as normal by anna: new mould");
            assertThat(alert.getReasonDetails().get(0).getParameters())
                    .isEqualTo(Map.of("by", "anna", "reason", "new mould"));
            assertThat(alert.getPosition().getOffset()).isEqualTo(24);
        });
        assertThat(driver.read(MachineDriver.TOPICS.machineRoute("hall")))
                .extracting(MachineAlert::getState)
                .endsWith(AlertState.CLEARED);
        accept(null);
        assertThat(driver.alerts()).as("nothing is open").isEmpty();
    }

    @Test
    void shouldClearTheAlertOfAnIdAlone() {
        MachineAlert raised = driver.alerts().get(0);

        accept("0".repeat(32));
        assertThat(driver.alerts()).isEmpty();

        accept(raised.getId());
        assertThat(driver.alerts()).extracting(MachineAlert::getState).containsExactly(AlertState.CLEARED);
    }

    @Test
    void shouldNotForgetItAcrossARestart() {
        accept(null);
        driver.alerts();

        driver.restart();
        accept(null);

        assertThat(driver.alerts()).as("nothing is open").isEmpty();
    }

    @Test
    void shouldPassOverARecordWithoutValue() {
        driver.alerts();

        driver.send(MachineDriver.TOPICS.machineAccepted(), MACHINE, Optional.empty());

        assertThat(driver.alerts()).isEmpty();
    }
}
