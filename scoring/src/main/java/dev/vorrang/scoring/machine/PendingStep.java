package dev.vorrang.scoring.machine;

import java.util.List;
import java.util.Optional;

/**
 * A step that waits for the models.
 *
 * @param step the step
 * @param late whether it is no step but a reading that came too late, which no model sees
 * @param memories memory of each model in service as it was when the step came
 * @param inputs what each model in service is to score, in their order; empty where it knows too little yet
 * @param stuck sensors that are stuck at this step
 */
public record PendingStep(
        Step step, boolean late, List<ModelMemory> memories, List<Optional<ModelInput>> inputs, List<String> stuck) {}
