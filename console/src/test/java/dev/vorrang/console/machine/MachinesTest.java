package dev.vorrang.console.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.vorrang.console.history.TopicCluster;
import dev.vorrang.console.index.ConsoleIndex;
import dev.vorrang.console.index.IndexSettings;
import dev.vorrang.console.view.MachineStore.MachineView;
import dev.vorrang.console.view.MachineStore.Sensor;
import dev.vorrang.console.view.MachineStore.Series;
import dev.vorrang.schemas.AlertKind;
import dev.vorrang.schemas.AlertState;
import dev.vorrang.schemas.MachineAlert;
import dev.vorrang.schemas.MachineScore;
import dev.vorrang.schemas.Maintenance;
import dev.vorrang.schemas.Position;
import dev.vorrang.schemas.Quality;
import dev.vorrang.schemas.SensorReading;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a console shows of machines whose records are in the topics. */
class MachinesTest {

    private static final Instant NOON = Instant.parse("2026-01-05T12:00:00Z");

    @TempDir
    private static Path folder;

    private static TopicCluster cluster;
    private static ConsoleIndex index;
    private static Machines machines;

    @BeforeAll
    static void start() throws Exception {
        cluster = new TopicCluster(folder.resolve("kafka"));
        cluster.create(
                cluster.topics.machineReadings(),
                cluster.topics.machineScored(),
                cluster.topics.machineAlerts(),
                cluster.topics.machineMaintenance(),
                cluster.topics.deskEvents());
        index = ConsoleIndex.open(
                IndexSettings.of(folder.resolve("index"), cluster.client(), cluster.topics, cluster.serdes),
                List.of(new MachineConsole(cluster.topics)));
        machines = open();
    }

    private static Machines open() throws Exception {
        return Machines.open(cluster.settings(folder.resolve("machines")), index, Clock.systemUTC());
    }

    @AfterAll
    static void close() throws Exception {
        machines.close();
        index.close();
        cluster.close();
    }

    @Test
    void shouldShowAMachineAsItsLastRecordsTell() throws Exception {
        reading("press-1", NOON, Map.of("pressure", 4.0, "speed", 70.0));
        reading("press-1", NOON.plusSeconds(1), Map.of("pressure", 5.0));
        score("press-1", NOON.plusSeconds(1), 0.7);

        MachineView press = awaitMachine("press-1", machine -> machine.anomaly().isPresent());

        assertThat(press.state()).isEqualTo("NORMAL");
        assertThat(press.lastReading()).isEqualTo(NOON.plusSeconds(1));
        assertThat(press.anomaly()).contains(0.7);
        assertThat(press.fault()).contains("leak");
        assertThat(press.rul()).contains(90.0);
        assertThat(press.rulQuantiles()).containsExactly(Map.entry("0.1", 60.0), Map.entry("0.9", 120.0));
        assertThat(press.sensors()).containsExactly(Map.entry("pressure", 5.0), Map.entry("speed", 70.0));
        assertThat(press.units()).containsEntry("pressure", "bar");
        assertThat(press.alerts()).isEmpty();
    }

    @Test
    void shouldPutMachinesWithOpenAlertsFirst() throws Exception {
        reading("saw-1", NOON, Map.of("speed", 1.0));
        reading("saw-2", NOON, Map.of("speed", 1.0));
        alert("saw-2", "a1", AlertKind.FAULT, AlertState.RAISED, NOON, NOON);

        MachineView saw = awaitMachine("saw-2", machine -> machine.state().equals("ALERT"));

        assertThat(saw.alerts()).extracting(alert -> alert.id()).containsExactly("a1");
        assertThat(saw.alerts().get(0).facets())
                .containsEntry("sensor", List.of("speed", "a", "b"))
                .containsEntry("kind", List.of("FAULT"));
        assertThat(machines.machines().get(0).machine()).isEqualTo("saw-2");

        alert("saw-2", "a2", AlertKind.SILENT, AlertState.RAISED, NOON, NOON);
        awaitMachine("saw-2", machine -> machine.state().equals("SILENT"));

        // Each change takes the place of the one before.
        alert("saw-2", "a1", AlertKind.FAULT, AlertState.CLEARED, NOON, NOON.plusSeconds(60));
        alert("saw-2", "a2", AlertKind.SILENT, AlertState.CLEARED, NOON, NOON.plusSeconds(60));
        MachineView normal = awaitMachine("saw-2", machine -> machine.state().equals("NORMAL"));
        assertThat(normal.alerts()).isEmpty();
        Series series = machines.series("saw-2", NOON.minusSeconds(60), NOON.plusSeconds(120), 10)
                .orElseThrow();
        assertThat(series.alerts()).extracting(alert -> alert.id()).containsExactlyInAnyOrder("a1", "a2");
        assertThat(machines.series("saw-2", NOON.plusSeconds(120), NOON.plusSeconds(240), 10)
                        .orElseThrow()
                        .alerts())
                .isEmpty();
    }

    @Test
    void shouldShowMaintenanceWhileItLasts() throws Exception {
        reading("mill-1", NOON, Map.of("speed", 1.0));
        cluster.write(
                cluster.topics.machineMaintenance(), "mill-1", new Maintenance("mill-1", NOON, null, "new bearing"));
        awaitMachine("mill-1", machine -> machine.state().equals("MAINTENANCE"));

        cluster.write(cluster.topics.machineMaintenance(), "mill-1", null);
        awaitMachine("mill-1", machine -> machine.state().equals("NORMAL"));
    }

    @Test
    void shouldCombineReadingsByTimeAndKeepThemOverARestart() throws Exception {
        reading("pump-1", NOON, Map.of("flow", 1.0));
        reading("pump-1", NOON.plusSeconds(30), Map.of("flow", 3.0));
        reading("pump-1", NOON.plusSeconds(31), Map.of("flow", 1e9), Map.of("flow", Quality.BAD));
        reading("pump-1", NOON.plusSeconds(60), Map.of("flow", 8.0));
        reading("pump-1", NOON.plus(Duration.ofHours(2)), Map.of("flow", 5.0));
        score("pump-1", NOON.plusSeconds(30), 0.2);
        score("pump-1", NOON.plusSeconds(45), 0.9);
        awaitMachine(
                "pump-1",
                machine ->
                        machine.anomaly().isPresent() && machine.lastReading().equals(NOON.plus(Duration.ofHours(2))));
        shouldShowSeries();

        machines.close();
        machines = open();

        shouldShowSeries();
        // What is kept goes on.
        reading("pump-1", NOON.plusSeconds(59), Map.of("flow", 5.0));
        await().untilAsserted(() ->
                assertThat(flow(NOON, NOON.plusSeconds(60), 10).highest()).containsExactly(5.0));
        assertThat(flow(NOON, NOON.plusSeconds(60), 10).mean()).containsExactly(3.0);
    }

    private void shouldShowSeries() {
        await().untilAsserted(() -> assertThat(
                        flow(NOON, NOON.plus(Duration.ofMinutes(3)), 10).mean())
                .containsExactly(2.0, 8.0, null));
        Sensor minutes = flow(NOON, NOON.plus(Duration.ofMinutes(3)), 10);
        assertThat(minutes.lowest()).containsExactly(1.0, 8.0, null);
        assertThat(minutes.highest()).containsExactly(3.0, 8.0, null);
        assertThat(minutes.normalLow()).containsOnlyNulls();
        Series series = machines.series("pump-1", NOON, NOON.plus(Duration.ofHours(3)), 10)
                .orElseThrow();
        assertThat(series.times()).hasSize(10).startsWith(NOON.toEpochMilli());
        assertThat(series.anomaly().get(0)).isEqualTo((double) 0.9f);
        assertThat(series.sensors().get("flow").mean().get(0)).isEqualTo((1.0 + 3.0 + 8.0) / 3);
        assertThat(series.sensors().get("flow").mean().get(6)).isEqualTo(5.0);
    }

    private static Sensor flow(Instant from, Instant to, int points) {
        return machines.series("pump-1", from, to, points)
                .orElseThrow()
                .sensors()
                .get("flow");
    }

    @Test
    void shouldSayThatAMachineIsNotKnown() {
        assertThat(machines.series("nobody", NOON, NOON.plusSeconds(60), 10)).isEmpty();
    }

    private static MachineView awaitMachine(String name, Predicate<MachineView> wanted) {
        return await().until(
                        () -> machines.machines().stream()
                                .filter(machine -> machine.machine().equals(name))
                                .findFirst(),
                        found -> found.filter(wanted).isPresent())
                .orElseThrow();
    }

    private static void reading(String machine, Instant time, Map<String, Double> values) throws Exception {
        reading(machine, time, values, Map.of());
    }

    private static void reading(String machine, Instant time, Map<String, Double> values, Map<String, Quality> quality)
            throws Exception {
        cluster.write(
                cluster.topics.machineReadings(),
                machine,
                SensorReading.newBuilder()
                        .setId(machine + time)
                        .setMachine(machine)
                        .setTime(time)
                        .setValues(values)
                        .setQuality(quality)
                        .setUnits(Map.of("pressure", "bar"))
                        .setSource("mqtt://plant/" + machine)
                        .build());
    }

    private static void score(String machine, Instant time, double anomaly) throws Exception {
        cluster.write(
                cluster.topics.machineScored(),
                machine,
                MachineScore.newBuilder()
                        .setId(machine + time)
                        .setMachine(machine)
                        .setTime(time)
                        .setAnomaly(anomaly)
                        .setFault(Map.of("leak", 0.8f, "none", 0.2f))
                        .setRul(90.0)
                        .setRulQuantiles(Map.of("0.1", 60.0, "0.9", 120.0))
                        .setPosition(new Position("machine.readings", 0, 0L))
                        .setScoredAt(time)
                        .build());
    }

    private static void alert(String machine, String id, AlertKind kind, AlertState state, Instant start, Instant time)
            throws Exception {
        cluster.write(
                cluster.topics.machineAlerts(),
                machine,
                MachineAlert.newBuilder()
                        .setId(id)
                        .setMachine(machine)
                        .setKind(kind)
                        .setState(state)
                        .setStart(start)
                        .setTime(time)
                        .setPeak(0.8)
                        .setPeakTime(time)
                        .setSensors(Map.of("b", 0.1f, "speed", 0.8f, "a", 0.1f))
                        .setPosition(new Position("machine.readings", 0, 0L))
                        .build());
    }
}
