package dev.vorrang.scoring.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vorrang.schemas.AlertKind;
import dev.vorrang.schemas.AlertState;
import dev.vorrang.schemas.MachineAlert;
import dev.vorrang.schemas.Maintenance;
import dev.vorrang.schemas.Position;
import dev.vorrang.scoring.machine.AlertRoutes;
import dev.vorrang.scoring.route.Route;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A machine that should send and does not, told of by time, without another reading. */
class MachineSilenceTest {

    private static final String MACHINE = "press-1";
    private static final String QUEUE = "hall";
    private static final Instant START = Instant.parse("2026-03-02T06:00:00Z");
    private static final Duration INTERVAL = Duration.ofSeconds(10);
    private static final int READINGS = 20;
    private static final Instant LAST = START.plus(INTERVAL.multipliedBy(READINGS - 1));

    @TempDir
    private Path folder;

    private MachineDriver driver;

    @BeforeEach
    void start() {
        var routes = AlertRoutes.of(List.of(new Route(QUEUE, "alert.kind == 'SILENT' && severity == 'HIGH'")));
        driver = new MachineDriver(folder, routes, START);
    }

    @AfterEach
    void close() {
        driver.close();
    }

    private void send(Instant time, Instant receivedAt) {
        send(MACHINE, time, receivedAt);
    }

    private void send(String machine, Instant time, Instant receivedAt) {
        driver.reading(machine, time, receivedAt, 10.0 + time.getEpochSecond() % 7);
    }

    private void work() {
        for (int i = 0; i < READINGS; i++) {
            send(driver.now(), driver.now());
            driver.pass(INTERVAL);
        }
        driver.pass(INTERVAL.negated());
    }

    private static MachineAlert anywhere(MachineAlert alert) {
        return MachineAlert.newBuilder(alert)
                .setPosition(new Position("", 0, 0L))
                .build();
    }

    @Test
    void shouldTellOfAMachineFromWhichNothingComes() {
        work();
        driver.passMinutes(14);
        assertThat(driver.alerts()).isEmpty();

        driver.passMinutes(3);

        assertThat(driver.alerts()).singleElement().satisfies(alert -> {
            assertThat(alert.getKind()).isEqualTo(AlertKind.SILENT);
            assertThat(alert.getState()).isEqualTo(AlertState.RAISED);
            assertThat(alert.getStart()).isEqualTo(LAST);
            assertThat(alert.getTime()).isEqualTo(LAST.plus(Duration.ofMinutes(15)));
            assertThat(alert.getReasons()).containsExactly("no readings for 15 min");
            assertThat(alert.getPosition().getOffset()).isEqualTo(READINGS - 1);
        });
    }

    @Test
    void shouldTellItOnceAndThatItIsOver() {
        work();
        driver.passMinutes(60);
        String id = driver.alerts().get(0).getId();
        driver.passMinutes(600);
        assertThat(driver.alerts()).isEmpty();

        send(driver.now(), driver.now());

        assertThat(driver.alerts()).singleElement().satisfies(alert -> {
            assertThat(alert.getId()).isEqualTo(id);
            assertThat(alert.getState()).isEqualTo(AlertState.CLEARED);
        });
    }

    @Test
    void shouldTellWhatTheNextReadingWouldTell() {
        work();
        driver.passMinutes(60);
        MachineAlert byTime = driver.alerts().get(0);
        driver.forget();
        driver.clock().advance(Duration.between(driver.now(), START));
        work();
        driver.clock().advance(Duration.ofMinutes(60));

        send(driver.now(), driver.now());

        assertThat(driver.alerts()).extracting(MachineSilenceTest::anywhere).startsWith(anywhere(byTime));
    }

    @Test
    void shouldNeitherForgetNorRepeatASilenceAcrossARestart() {
        work();
        driver.passMinutes(5);
        driver.restart();
        driver.passMinutes(14);
        assertThat(driver.alerts()).isEmpty();
        driver.passMinutes(3);
        assertThat(driver.alerts()).extracting(MachineAlert::getState).containsExactly(AlertState.RAISED);

        driver.restart();
        driver.passMinutes(40);
        send(driver.now(), driver.now());

        assertThat(driver.alerts()).extracting(MachineAlert::getState).containsExactly(AlertState.CLEARED);
    }

    @Test
    void shouldCountNoTimeInWhichItWasHeldUpOrReadWhatHadPiledUp() {
        work();
        driver.pass(Duration.ofMinutes(80));
        for (int i = 0; i < 20; i++) {
            send("press-2", LAST.plus(INTERVAL.multipliedBy(i)), driver.now().minus(Duration.ofHours(1)));
            driver.pass(Duration.ofMinutes(1));
        }
        assertThat(driver.alerts()).isEmpty();

        driver.passMinutes(17);

        assertThat(driver.alerts()).extracting(MachineAlert::getMachine).containsExactly(MACHINE, "press-2");
    }

    @Test
    void shouldExpectNothingOfAMachineInMaintenance() {
        work();
        driver.send(
                MachineDriver.TOPICS.machineMaintenance(),
                MACHINE,
                Optional.of(Maintenance.newBuilder()
                        .setMachine(MACHINE)
                        .setFrom(LAST)
                        .setUntil(null)
                        .build()));
        driver.passMinutes(120);
        assertThat(driver.alerts()).isEmpty();

        driver.send(MachineDriver.TOPICS.machineMaintenance(), MACHINE, Optional.empty());
        driver.passMinutes(14);
        assertThat(driver.alerts()).isEmpty();
        driver.passMinutes(3);

        assertThat(driver.alerts()).extracting(MachineAlert::getKind).containsExactly(AlertKind.SILENT);
    }

    @Test
    void shouldRouteWhatTimeAndWhatAReadingTells() {
        work();
        driver.passMinutes(17);
        send(driver.now(), driver.now());
        send("press-2", driver.now().plus(Duration.ofDays(400)), driver.now());

        var routed = driver.read(MachineDriver.TOPICS.machineRoute(QUEUE));

        assertThat(routed).extracting(MachineAlert::getState).containsExactly(AlertState.RAISED, AlertState.CLEARED);
        assertThat(driver.alerts()).containsAll(routed);
        assertThat(driver.meters()
                        .get("vorrang.routed")
                        .tag("queue", QUEUE)
                        .counter()
                        .count())
                .isEqualTo(2);
    }
}
