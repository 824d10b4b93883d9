package dev.vorrang.scoring.machine;

import dev.vorrang.scoring.batch.BatchFunction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * All models in service as one: scores steps of many machines, each with the models that have an input for it. Safe for use by
 * several threads, as the models are; they stay the caller's to close.
 */
public final class MachineModelSet implements BatchFunction<List<Optional<ModelInput>>, List<float[]>> {

    private final List<MachineModel> models;

    public MachineModelSet(List<MachineModel> models) {
        this.models = List.copyOf(models);
    }

    /**
     * @param steps inputs of each step, one for each model in service or none at all
     * @return for each step the outputs of the models that had an input, in their order
     */
    @Override
    public List<List<float[]>> apply(List<List<Optional<ModelInput>>> steps) {
        var outputs = new ArrayList<List<float[]>>(steps.size());
        steps.forEach(step -> outputs.add(new ArrayList<>(models.size())));
        for (int model = 0; model < models.size(); model++) {
            var inputs = new ArrayList<ModelInput>(steps.size());
            var owners = new ArrayList<List<float[]>>(steps.size());
            for (int step = 0; step < steps.size(); step++) {
                List<Optional<ModelInput>> wanted = steps.get(step);
                if (model < wanted.size() && wanted.get(model).isPresent()) {
                    inputs.add(wanted.get(model).get());
                    owners.add(outputs.get(step));
                }
            }
            if (!inputs.isEmpty()) {
                List<float[]> scores = models.get(model).apply(inputs);
                if (scores.size() != inputs.size()) {
                    throw new IllegalStateException("model " + models.get(model).reference() + " gave " + scores.size()
                            + " scores for " + inputs.size() + " inputs");
                }
                for (int i = 0; i < owners.size(); i++) {
                    owners.get(i).add(scores.get(i));
                }
            }
        }
        return outputs;
    }
}
