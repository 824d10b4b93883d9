package dev.vorrang.training.machine;

import dev.vorrang.scoring.machine.model.MachineCard;
import dev.vorrang.training.OutputFolder;
import dev.vorrang.training.TrainingDataException;
import dev.vorrang.training.TrainingProgress;

/** Trains a model of the machine stream from CSV files. For one thread. */
public final class MachineTrainer {

    private final MachineTrainingSettings settings;
    private final TrainingProgress progress;

    public MachineTrainer(MachineTrainingSettings settings, TrainingProgress progress) {
        this.settings = settings;
        this.progress = progress;
    }

    /**
     * Trains and writes the model.
     *
     * @return its card
     * @throws TrainingDataException if the data cannot be used; nothing is written then
     * @throws java.io.UncheckedIOException if the model cannot be written
     */
    public MachineCard train() {
        OutputFolder.requireEmpty(settings.out());
        MachineData data = MachineData.read(settings.data(), settings.columns(), settings.labels());
        KindTrainer trainer =
                switch (settings.kind()) {
                    case FAULT -> new FaultTrainer();
                    case RUL -> new RemainingLifeTrainer();
                    case ANOMALY -> new AnomalyTrainer();
                };
        return trainer.train(data, settings, progress);
    }
}
