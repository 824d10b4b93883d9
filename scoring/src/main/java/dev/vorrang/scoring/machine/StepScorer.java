package dev.vorrang.scoring.machine;

import dev.vorrang.schemas.ModelRef;
import dev.vorrang.scoring.engine.ModelSlot;
import dev.vorrang.scoring.engine.Prediction;
import dev.vorrang.scoring.engine.Predictor;
import dev.vorrang.scoring.engine.batch.BatchSettings;
import dev.vorrang.scoring.engine.batch.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Scores steps of many machines with models that may fail, each model by itself: one that fails whatever it is given is found out
 * although the others score, and although many steps do not ask it. A step fails if one of its models does. An input is a list with
 * the input of each model in service, empty where a model is not asked, or an empty list; a prediction has the outputs of the models
 * that were asked, in their order. Safe for use by many threads.
 */
public final class StepScorer implements Predictor<List<Optional<ModelInput>>, List<float[]>> {

    private final List<MachineModel> all;
    private final List<ModelSlot<ModelInput, float[]>> models;

    /**
     * @param all models in service; they stay the caller's to close
     * @param batch how many inputs of a model may fail in a row, and how many calls run at once
     */
    public StepScorer(List<MachineModel> all, BatchSettings batch) {
        this.all = List.copyOf(all);
        models = all.stream()
                .map(model -> new ModelSlot<ModelInput, float[]>(model, batch))
                .toList();
    }

    /** The models in service. */
    List<MachineModel> all() {
        return all;
    }

    @Override
    public List<ModelRef> inService() {
        return models.stream().flatMap(model -> model.inService().stream()).toList();
    }

    @Override
    public List<Outcome<Prediction<List<float[]>>>> predict(List<List<Optional<ModelInput>>> steps) {
        var scored = new ArrayList<Scored>(steps.size());
        steps.forEach(step -> scored.add(new Scored(step)));
        for (int model = 0; model < models.size(); model++) {
            int place = model;
            var asking = scored.stream().filter(step -> step.asks(place)).toList();
            var outcomes = models.get(model)
                    .predict(asking.stream()
                            .map(step -> step.inputs.get(place).orElseThrow())
                            .toList());
            for (int i = 0; i < outcomes.size(); i++) {
                asking.get(i).take(outcomes.get(i));
            }
        }
        return scored.stream().map(Scored::outcome).toList();
    }

    /** What has become of one step so far. */
    private static final class Scored {

        private final List<Optional<ModelInput>> inputs;
        private final List<float[]> outputs = new ArrayList<>();
        private final List<ModelRef> answered = new ArrayList<>();
        private Outcome.Failed<Prediction<float[]>> failure;

        Scored(List<Optional<ModelInput>> inputs) {
            this.inputs = inputs;
        }

        boolean asks(int model) {
            return failure == null && model < inputs.size() && inputs.get(model).isPresent();
        }

        void take(Outcome<Prediction<float[]>> outcome) {
            if (outcome instanceof Outcome.Failed<Prediction<float[]>> failed) {
                failure = failed;
            } else if (outcome instanceof Outcome.Scored<Prediction<float[]>> score) {
                outputs.add(score.score().value());
                answered.addAll(score.score().models());
            }
        }

        Outcome<Prediction<List<float[]>>> outcome() {
            return failure == null
                    ? new Outcome.Scored<>(new Prediction<>(outputs, answered))
                    : new Outcome.Failed<>(failure.cause(), failure.model());
        }
    }
}
