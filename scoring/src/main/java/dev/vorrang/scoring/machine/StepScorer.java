package dev.vorrang.scoring.machine;

import dev.vorrang.schemas.ModelRef;
import dev.vorrang.scoring.batch.BatchScorer;
import dev.vorrang.scoring.batch.ModelFailingException;
import dev.vorrang.scoring.batch.Outcome;
import dev.vorrang.scoring.engine.Prediction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Scores steps of many machines with models that may fail, as {@link BatchScorer} does, and for each model by itself: one that
 * fails whatever it is given is found out although the others score, and although many steps do not ask it. A step fails if one of
 * its models does. An output that is no score counts as a failure of its model. Safe for use by many threads.
 */
public final class StepScorer {

    private final List<BatchScorer<ModelInput, float[]>> models = new ArrayList<>();
    private final List<ModelRef> references;

    /**
     * @param all models in service; they stay the caller's to close
     * @param failureLimit how many inputs of a model may fail in a row, 1 or more
     */
    public StepScorer(List<MachineModel> all, int failureLimit) {
        references = all.stream().map(MachineModel::reference).toList();
        all.forEach(model ->
                models.add(new BatchScorer<>(inputs -> checkedScores(model, inputs), model.probe(), failureLimit)));
    }

    private static List<float[]> checkedScores(MachineModel model, List<ModelInput> inputs) {
        List<float[]> outputs = model.apply(inputs);
        outputs.forEach(model::check);
        return outputs;
    }

    /**
     * @param steps inputs of each step, one for each model in service or none at all
     * @return for each step the outputs of the models that had an input, in their order, or the first failure of one
     * @throws ModelFailingException if a model fails for its probe too, or for too many inputs in a row; none of the batch counts
     *     as scored then
     */
    public List<Outcome<Prediction<List<float[]>>>> score(List<List<Optional<ModelInput>>> steps) {
        var scored = new ArrayList<Scored>(steps.size());
        steps.forEach(step -> scored.add(new Scored(step)));
        for (int model = 0; model < models.size(); model++) {
            int place = model;
            var asking = scored.stream().filter(step -> step.asks(place)).toList();
            var outcomes = models.get(model)
                    .score(asking.stream()
                            .map(step -> step.inputs.get(place).orElseThrow())
                            .toList());
            for (int i = 0; i < outcomes.size(); i++) {
                asking.get(i).take(outcomes.get(i), references.get(place));
            }
        }
        return scored.stream().map(Scored::outcome).toList();
    }

    /** What has become of one step so far. */
    private static final class Scored {

        private final List<Optional<ModelInput>> inputs;
        private final List<float[]> outputs = new ArrayList<>();
        private final List<ModelRef> answered = new ArrayList<>();
        private RuntimeException failure;

        Scored(List<Optional<ModelInput>> inputs) {
            this.inputs = inputs;
        }

        boolean asks(int model) {
            return failure == null && model < inputs.size() && inputs.get(model).isPresent();
        }

        void take(Outcome<float[]> outcome, ModelRef model) {
            if (outcome instanceof Outcome.Failed<float[]> failed) {
                failure = failed.cause();
            } else if (outcome instanceof Outcome.Scored<float[]> score) {
                outputs.add(score.score());
                answered.add(model);
            }
        }

        Outcome<Prediction<List<float[]>>> outcome() {
            return failure == null
                    ? new Outcome.Scored<>(new Prediction<>(outputs, answered))
                    : new Outcome.Failed<>(failure);
        }
    }
}
