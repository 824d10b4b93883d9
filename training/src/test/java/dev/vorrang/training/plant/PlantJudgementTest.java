package dev.vorrang.training.plant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vorrang.schemas.AlertKind;
import dev.vorrang.schemas.AlertState;
import dev.vorrang.scoring.machine.judge.Judgement;
import dev.vorrang.scoring.machine.judge.MachineJudge;
import dev.vorrang.scoring.machine.judge.Pause;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The judgement at plants whose machines are read at another rate than the one that its constants were found with. */
class PlantJudgementTest {

    private static List<Judgement.Change> changes(SimulatedMachine machine, int readings) {
        var judge = new MachineJudge();
        var changes = new ArrayList<Judgement.Change>();
        for (int i = 0; i < readings; i++) {
            machine.next()
                    .map(sample ->
                            judge.add(sample.time().toEpochMilli(), machine.sensors(), sample.values(), Pause.NONE))
                    .ifPresent(judged -> changes.addAll(judged.changes()));
        }
        return changes;
    }

    private static List<Judgement.Change> raised(SimulatedMachine machine, int readings) {
        return changes(machine, readings).stream()
                .filter(change -> change.state() == AlertState.RAISED)
                .toList();
    }

    private static SimulatedPlant plant(int seconds, List<FaultType> faults) {
        SimulatedPlant week = SimulatedPlant.week(21);
        return new SimulatedPlant(
                week.seed(), week.start(), week.length(), Duration.ofSeconds(seconds), 20, week.types(), faults);
    }

    @ParameterizedTest
    @ValueSource(ints = {20, 30, 60})
    void shouldCallNoSensorStuckThatStandsStillWithItsMachine(int seconds) {
        SimulatedPlant plant = plant(seconds, List.of());
        for (SimulatedMachine machine : plant.build()) {
            assertThat(raised(machine, plant.readings()))
                    .as(machine.name())
                    .extracting(Judgement.Change::kind)
                    .doesNotContain(AlertKind.STUCK_SENSOR);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {20, 60})
    void shouldFindASensorThatSticksWithinHalfAnHour(int seconds) {
        SimulatedPlant plant = plant(seconds, List.of(FaultType.STUCK, FaultType.STUCK, FaultType.STUCK));
        for (SimulatedMachine machine : plant.build().subList(0, 3)) {
            PlantFault fault = machine.faults().get(0);
            assertThat(raised(machine, plant.readings())).as(machine.name()).anySatisfy(change -> {
                assertThat(change.kind()).isEqualTo(AlertKind.STUCK_SENSOR);
                assertThat(change.about()).isEqualTo(fault.sensors().get(0));
                assertThat(change.time() - fault.start().toEpochMilli()).isBetween(0L, 1_800_000L);
            });
        }
    }

    /** Sensors that follow slowly still show the work that has ended, and the minute in which it ends or begins is of both. */
    @ParameterizedTest
    @CsvSource({"COMPRESSOR, TWO, 1001", "PRESS, TWO, 1001", "SPINDLE, DAY, 1002", "SPINDLE, DAY, 1003"})
    void shouldTellOfNothingWhereAMachineHasStopped(MachineType type, MachineRhythm.Shifts shifts, long seed) {
        assertThat(raised(ShiftTrial.machine(type, shifts, seed), 19 * 24 * 120))
                .isEmpty();
    }

    /** A fault from Tuesday of the second week to Monday of the third, of a machine that works by day. */
    @ParameterizedTest
    @CsvSource({
        "OVEN, WEAR, fan_current, 7, -3665225185461307222",
        "OVEN, WEAR, fan_current, 11, 1156916314417741526",
        "PUMP, LEAK, pressure flow, 8, -1095200445883685122"
    })
    void shouldKeepAnAlertOpenWhileItsFaultLastsAndClearItWithinHours(
            MachineType type, FaultType fault, String sensors, long hall, long seed) {
        Instant start = Instant.parse("2026-03-02T00:00:00Z");
        Instant from = Instant.parse("2026-03-10T09:00:00Z");
        Instant until = Instant.parse("2026-03-17T11:00:00Z");
        var rhythm = new MachineRhythm(MachineRhythm.Shifts.DAY, start.getEpochSecond(), new Random(seed));
        var faults = List.of(new PlantFault(fault, from, until, List.of(sensors.split(" "))));
        var machine =
                new SimulatedMachine("m", type, rhythm, faults, new Hall(hall), start, Duration.ofMinutes(1), seed + 3);

        List<Judgement.Change> changes = changes(machine, 21 * 24 * 60).stream()
                .filter(change -> faults.get(0).sensors().contains(change.about()))
                .filter(change -> change.time() >= from.toEpochMilli() && change.state() != AlertState.UPDATED)
                .toList();

        assertThat(changes).isNotEmpty();
        assertThat(Instant.ofEpochMilli(changes.get(0).time())).isBefore(from.plus(Duration.ofHours(6)));
        assertThat(withoutAlert(changes, until)).isLessThan(Duration.ofHours(1));
        assertThat(changes.stream().filter(change -> change.start() < until.toEpochMilli()))
                .last()
                .satisfies(change -> {
                    assertThat(change.state()).isEqualTo(AlertState.CLEARED);
                    assertThat(Instant.ofEpochMilli(change.time())).isBetween(until, until.plus(Duration.ofHours(6)));
                });
    }

    /** For how long none is open between the first that is raised and a time. */
    private static Duration withoutAlert(List<Judgement.Change> changes, Instant until) {
        long without = 0;
        int open = 0;
        long closed = Long.MAX_VALUE;
        for (Judgement.Change change : changes) {
            long time = Math.min(change.time(), until.toEpochMilli());
            without += open == 0 ? Math.max(0, time - closed) : 0;
            open += change.state() == AlertState.RAISED ? 1 : -1;
            closed = time;
        }
        return Duration.ofMillis(without + (open == 0 ? Math.max(0, until.toEpochMilli() - closed) : 0));
    }
}
