package dev.vorrang.app.streams.machine.score;

import dev.vorrang.app.settings.StreamSettings;
import dev.vorrang.scoring.machine.MachineModel;
import dev.vorrang.scoring.machine.MachineSettings;
import dev.vorrang.scoring.machine.MachineTypes;
import dev.vorrang.scoring.model.ModelOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;

/**
 * What scores machines, and how.
 *
 * @param models that score, one or more
 * @param types what holds for each machine, given those models in their order
 */
public record ScoringRules(List<StreamSettings.Model> models, Function<List<MachineModel>, MachineTypes> types) {

    public ScoringRules {
        models = List.copyOf(models);
    }

    /** One model for all machines. */
    public static ScoringRules of(Path model) {
        return new ScoringRules(
                List.of(new StreamSettings.Model(model, ModelOptions.defaults())),
                models -> MachineTypes.none(MachineSettings.defaults()));
    }
}
