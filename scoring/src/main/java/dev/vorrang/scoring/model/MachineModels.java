package dev.vorrang.scoring.model;

import dev.vorrang.scoring.machine.MachineModel;
import java.nio.file.Path;

/** Puts models of the machine stream into service. */
public final class MachineModels {

    private MachineModels() {}

    /**
     * Loads a model, checks its card, files and signature, and warms it up.
     *
     * @param folder folder of one version, such as {@code models/turbofan-rul/1}
     * @return the model; the caller closes it
     * @throws ModelRefusedException if anything is missing, damaged or not as the card says; nothing stays open then
     */
    public static MachineModel load(Path folder, ModelOptions options) {
        MachineCard card = ModelCards.readMachine(folder);
        try {
            return switch (card.task()) {
                case MachineCard.GENERAL_ANOMALY -> GeneralAnomalyModel.load(folder, card, options);
                case MachineCard.ANOMALY -> WindowAnomalyModel.load(folder, card, options);
                case MachineCard.FAULT -> FaultModel.load(folder, card, options);
                case MachineCard.REMAINING_LIFE -> RemainingLifeModel.load(folder, card, options);
                default -> throw new ModelRefusedException("no program for the task " + card.task());
            };
        } catch (IllegalArgumentException e) {
            throw new ModelRefusedException("card of the model at " + folder + ": " + e.getMessage(), e);
        }
    }
}
