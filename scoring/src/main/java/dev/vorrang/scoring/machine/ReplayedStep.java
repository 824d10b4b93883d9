package dev.vorrang.scoring.machine;

import dev.vorrang.schemas.ModelRef;
import dev.vorrang.scoring.engine.Prediction;
import dev.vorrang.scoring.engine.batch.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A step out of a journal: takes the outputs that are those of the models in service, and asks for the others. For one thread. */
final class ReplayedStep {

    private final JournalEntry entry;
    private final PendingStep pending;
    private final List<Optional<ModelInput>> questions = new ArrayList<>();
    private final List<float[]> outputs = new ArrayList<>();
    private final List<ModelRef> asked = new ArrayList<>();
    private boolean failed;

    ReplayedStep(JournalEntry entry, PendingStep pending) {
        this.entry = entry;
        this.pending = pending;
        for (int model = 0; model < pending.inputs().size(); model++) {
            Optional<ModelInput> input = pending.inputs().get(model);
            float[] output = recorded(entry.prediction(), pending.models().get(model));
            questions.add(output == null ? input : Optional.empty());
            if (input.isPresent()) {
                outputs.add(output);
                asked.add(pending.models().get(model));
            }
        }
    }

    /** What a model said, null if it was not asked. Compares strings, for replaying is done often: Avro's own equality is slow. */
    private static float[] recorded(Prediction<List<float[]>> prediction, ModelRef model) {
        for (int i = 0; i < prediction.models().size(); i++) {
            ModelRef other = prediction.models().get(i);
            if (other.getName().equals(model.getName()) && other.getVersion().equals(model.getVersion())) {
                return prediction.value().get(i);
            }
        }
        return null;
    }

    JournalEntry entry() {
        return entry;
    }

    PendingStep pending() {
        return pending;
    }

    /** Whether a model in service has said nothing of it. */
    boolean asks() {
        return outputs.contains(null);
    }

    /** Inputs of the models that are to be asked; empty for the others. */
    List<Optional<ModelInput>> questions() {
        return questions;
    }

    /** Takes what came of the questions. */
    void answer(Outcome<Prediction<List<float[]>>> outcome) {
        if (outcome instanceof Outcome.Scored<Prediction<List<float[]>>> scored) {
            var answers = scored.score().value().iterator();
            outputs.replaceAll(output -> output == null ? answers.next() : output);
        } else {
            failed = true;
        }
    }

    /** Whether a model fails for it now; nothing is concluded then. */
    boolean failed() {
        return failed;
    }

    /** Output of each model in service that had an input. */
    Prediction<List<float[]>> prediction() {
        return new Prediction<>(outputs, asked);
    }
}
