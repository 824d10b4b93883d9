package dev.vorrang.app.streams.demand;

import dev.vorrang.app.crash.FaultyModel;
import dev.vorrang.app.crash.ModelFaults;
import dev.vorrang.scoring.demand.model.DemandCard;
import dev.vorrang.scoring.demand.model.DemandFrame;
import dev.vorrang.scoring.demand.model.DemandModel;
import dev.vorrang.scoring.demand.model.DemandPrediction;
import dev.vorrang.scoring.demand.model.DemandWindow;

/**
 * A demand model that can be made to fail, and that chokes on a series whose last quantity is {@link #POISON}. Safe for use by many
 * threads; closing it closes the real one.
 */
final class FaultyDemandModel extends FaultyModel<DemandWindow, DemandPrediction> implements DemandModel {

    /** A quantity that no other record has. */
    static final float POISON = 12_345_678;

    private final DemandModel model;

    FaultyDemandModel(DemandModel model, ModelFaults faults) {
        super(model, faults, FaultyDemandModel::isPoison);
        this.model = model;
    }

    private static boolean isPoison(DemandWindow window) {
        float[] quantities = window.quantities();
        return quantities.length > 0 && quantities[quantities.length - 1] == POISON;
    }

    @Override
    public DemandCard card() {
        return model.card();
    }

    @Override
    public DemandFrame frame() {
        return model.frame();
    }

    @Override
    public void check(DemandPrediction output) {
        model.check(output);
    }

    @Override
    public dev.vorrang.schemas.ModelRef reference() {
        return model.reference();
    }
}
