package dev.vorrang.scoring.machine.model;

import dev.vorrang.scoring.machine.MachineModel;
import dev.vorrang.scoring.model.InferenceBackend;
import dev.vorrang.scoring.model.ModelOptions;
import dev.vorrang.scoring.model.ModelRefusedException;
import dev.vorrang.scoring.model.SavedModelBackend;
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
        return load(folder, options, SavedModelBackend::open);
    }

    /** As {@link #load(Path, ModelOptions)}, computing elsewhere. */
    public static MachineModel load(Path folder, ModelOptions options, InferenceBackend.Opener opener) {
        MachineCard card = MachineCard.read(folder);
        try {
            return switch (card.task()) {
                case MachineCard.GENERAL_ANOMALY -> GeneralAnomalyModel.load(folder, card, options, opener);
                case MachineCard.ANOMALY -> WindowModel.load(folder, card, options, opener, new AnomalyHead(card));
                case MachineCard.FAULT -> WindowModel.load(folder, card, options, opener, new FaultHead(card.fault()));
                case MachineCard.REMAINING_LIFE ->
                    WindowModel.load(folder, card, options, opener, new RemainingLifeHead(card.remainingLife()));
                default -> throw new ModelRefusedException("no program for the task " + card.task());
            };
        } catch (IllegalArgumentException e) {
            throw new ModelRefusedException("card of the model at " + folder + ": " + e.getMessage(), e);
        }
    }
}
