package dev.vorrang.scoring.machine;

import dev.vorrang.schemas.MachineStatus;
import dev.vorrang.schemas.ModelRef;
import dev.vorrang.scoring.machine.judge.Judgement;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A step that waits for the models.
 *
 * @param step the step
 * @param unscored LATE or AHEAD if it is no step but such a reading, which no model sees
 * @param models the models in service
 * @param memories memory of each model in service as it was when the step came
 * @param inputs what each model in service is to score, in their order; empty where it knows too little yet
 * @param stuck sensors that are stuck at this step
 * @param times whether the machine's readings are mostly late or ahead
 * @param judged number of the last step that was judged
 * @param judgement what is said of the machine without a model
 * @param receivedAt when the reading that closed it was received; empty if it does not say
 */
public record PendingStep(
        Step step,
        Optional<MachineStatus> unscored,
        List<ModelRef> models,
        List<ModelMemory> memories,
        List<Optional<ModelInput>> inputs,
        List<String> stuck,
        WrongTimes.Signs times,
        long judged,
        Judgement judgement,
        Optional<Instant> receivedAt) {}
