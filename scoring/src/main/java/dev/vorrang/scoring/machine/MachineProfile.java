package dev.vorrang.scoring.machine;

import dev.vorrang.scoring.machine.judge.TypeNormal;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What holds for a machine.
 *
 * @param type name of its type, empty where it has none
 * @param settings how its readings become steps, and findings alerts
 * @param models which of the models in service score it
 * @param normal what its judgement begins with, while nothing is known of the machine itself
 */
public record MachineProfile(
        String type, MachineSettings settings, Predicate<MachineModel> models, Optional<TypeNormal> normal) {

    /** Of a machine without a type, where all models score all machines. */
    public static MachineProfile of(MachineSettings settings) {
        return new MachineProfile("", settings, model -> true, Optional.empty());
    }
}
