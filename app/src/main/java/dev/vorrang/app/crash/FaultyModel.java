package dev.vorrang.app.crash;

import dev.vorrang.schemas.ModelRef;
import dev.vorrang.scoring.engine.Model;
import java.util.List;
import java.util.function.Predicate;

/**
 * A model that can be made to fail, and that chokes on poison. Safe for use by many threads; closing it closes the real one.
 *
 * @param <I> what it reads of a record
 * @param <P> what it says of it
 */
public class FaultyModel<I, P> implements Model<I, P> {

    private final Model<I, P> model;
    private final ModelFaults faults;
    private final Predicate<I> chokes;

    /** @param chokes tells which inputs are poison */
    public FaultyModel(Model<I, P> model, ModelFaults faults, Predicate<I> chokes) {
        this.model = model;
        this.faults = faults;
        this.chokes = chokes;
    }

    @Override
    public ModelRef reference() {
        return model.reference();
    }

    @Override
    public List<P> apply(List<I> inputs) {
        faults.strike();
        if (inputs.stream().anyMatch(chokes)) {
            throw new IllegalArgumentException(Poison.COMPLAINT);
        }
        return model.apply(inputs);
    }

    @Override
    public I probe() {
        return model.probe();
    }

    @Override
    public void check(P output) {
        model.check(output);
    }

    @Override
    public void close() {
        model.close();
    }
}
