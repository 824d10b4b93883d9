package dev.vorrang.training.plant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vorrang.schemas.AlertKind;
import dev.vorrang.schemas.AlertState;
import dev.vorrang.scoring.machine.judge.Judgement;
import dev.vorrang.scoring.machine.judge.MachineJudge;
import dev.vorrang.scoring.machine.judge.Pause;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The judgement at plants whose machines are read at another rate than the one that its constants were found with. */
class PlantJudgementTest {

    private static List<Judgement.Change> raised(SimulatedMachine machine, int readings) {
        var judge = new MachineJudge();
        var raised = new ArrayList<Judgement.Change>();
        for (int i = 0; i < readings; i++) {
            machine.next()
                    .map(sample ->
                            judge.add(sample.time().toEpochMilli(), machine.sensors(), sample.values(), Pause.NONE))
                    .ifPresent(judged -> judged.changes().stream()
                            .filter(change -> change.state() == AlertState.RAISED)
                            .forEach(raised::add));
        }
        return raised;
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
}
