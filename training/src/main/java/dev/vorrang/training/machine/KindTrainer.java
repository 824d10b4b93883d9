package dev.vorrang.training.machine;

import dev.vorrang.scoring.machine.model.MachineCard;
import dev.vorrang.training.TrainingProgress;

/** Trains models of one kind. */
interface KindTrainer {

    /**
     * Trains, calibrates and measures a model, and writes it with its card into the settings' folder. The same data, settings and
     * seed give the same weights.
     *
     * @throws dev.vorrang.training.TrainingDataException if the data cannot be used; nothing is written then
     */
    MachineCard train(MachineData data, MachineTrainingSettings settings, TrainingProgress progress);
}
