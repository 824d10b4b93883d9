package dev.vorrang.training.plant;

import dev.vorrang.schemas.AlertState;
import dev.vorrang.scoring.machine.judge.MachineJudge;
import dev.vorrang.scoring.machine.judge.Pause;
import java.time.Instant;
import java.util.List;

/** The judgement of the machine stream. For one thread. */
public final class JudgeDetector implements AlertDetector {

    private final MachineJudge judge = new MachineJudge();
    private final List<String> sensors;

    public JudgeDetector(List<String> sensors) {
        this.sensors = List.copyOf(sensors);
    }

    @Override
    public List<Raised> add(SimulatedMachine.Values sample) {
        return judge.add(sample.time().toEpochMilli(), sensors, sample.values(), Pause.NONE).changes().stream()
                .filter(change -> change.state() == AlertState.RAISED)
                .map(change -> new Raised(
                        Instant.ofEpochMilli(change.time()),
                        List.copyOf(change.sensors().keySet())))
                .toList();
    }
}
