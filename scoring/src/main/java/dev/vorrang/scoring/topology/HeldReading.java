package dev.vorrang.scoring.topology;

import dev.vorrang.scoring.batch.Outcome;
import dev.vorrang.scoring.engine.Prediction;
import dev.vorrang.scoring.machine.ModelInput;
import dev.vorrang.scoring.machine.PendingStep;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A reading whose step waits for its batch.
 *
 * @param owner processor of its task, which sends it on
 * @param place where to go on
 * @param source as it was read, for a dead letter
 * @param of state of its machine
 * @param entry what the journal has of it
 * @param pending its step
 * @param arrived when it came to the processor
 */
record HeldReading(
        MachineProcessor owner,
        CommitHook.Place place,
        Source source,
        MachineStates.Hot of,
        JournalEntry entry,
        PendingStep pending,
        Instant arrived)
        implements Held<List<Optional<ModelInput>>, Prediction<List<float[]>>> {

    @Override
    public List<Optional<ModelInput>> input() {
        return pending.inputs();
    }

    @Override
    public void conclude(Outcome<Prediction<List<float[]>>> outcome) {
        owner.conclude(this, outcome);
    }
}
