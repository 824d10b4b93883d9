package dev.vorrang.scoring.demand.model;

import dev.vorrang.scoring.model.InferenceBackend;
import dev.vorrang.scoring.model.ModelOptions;
import dev.vorrang.scoring.model.ModelRefusedException;
import dev.vorrang.scoring.model.SavedModelBackend;
import java.nio.file.Path;
import java.util.Optional;

/** Puts models of the demand stream into service. */
public final class DemandModels {

    private DemandModels() {}

    /**
     * Loads a model, checks its card, files and signature, and warms it up.
     *
     * @param folder folder of one version
     * @param frame how periods count and how far to forecast; empty takes the frame that the model was trained for. The general model
     *     takes any. Another may have a shorter horizon, and no other difference
     * @return the model; the caller closes it
     * @throws ModelRefusedException if anything is missing, damaged or not as the card says, or the model does not suit the frame;
     *     nothing stays open then
     */
    public static DemandModel load(Path folder, ModelOptions options, Optional<DemandFrame> frame) {
        return load(folder, options, frame, SavedModelBackend::open);
    }

    /** As {@link #load(Path, ModelOptions, Optional)}, computing elsewhere. */
    public static DemandModel load(
            Path folder, ModelOptions options, Optional<DemandFrame> frame, InferenceBackend.Opener opener) {
        DemandCard card = DemandCard.read(folder);
        try {
            return GraphDemandModel.load(folder, card, chosen(card, frame), options, opener);
        } catch (IllegalArgumentException e) {
            throw new ModelRefusedException("card of the model at " + folder + ": " + e.getMessage(), e);
        }
    }

    private static DemandFrame chosen(DemandCard card, Optional<DemandFrame> wanted) {
        Optional<DemandFrame> trained = card.frame().map(DemandFrame::of);
        DemandFrame frame = wanted.or(() -> trained)
                .orElseThrow(() -> new ModelRefusedException("model " + card.name() + " version " + card.version()
                        + " forecasts periods of any kind: name period, season and horizon"));
        trained.filter(own -> !suits(own, frame)).ifPresent(own -> {
            throw new ModelRefusedException("model " + card.name() + " version " + card.version() + " was trained for "
                    + own + ", wanted: " + frame + "; allowed is a shorter horizon");
        });
        return frame;
    }

    private static boolean suits(DemandFrame trained, DemandFrame wanted) {
        return wanted.horizon() <= trained.horizon() && wanted.equals(trained.withHorizon(wanted.horizon()));
    }
}
