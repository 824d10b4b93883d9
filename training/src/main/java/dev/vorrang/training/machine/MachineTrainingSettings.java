package dev.vorrang.training.machine;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;

/**
 * What to train a model of the machine stream from.
 *
 * @param kind what to learn
 * @param data CSV files, one or more
 * @param columns what their columns are
 * @param labels CSV file that has the target for each machine, or for each machine and time
 * @param window steps that the model reads, 2 or more; empty for what suits the kind and the data
 * @param cap remaining life above this counts as this, above 0; empty for 125; of remaining life only
 * @param normal conditions that are no fault; of faults only
 * @param name name of the model
 * @param version version of the model
 * @param description a sentence for the model card
 * @param licence licence of the data for the model card, empty where it is not stated
 * @param source where the data come from, for the model card, empty where it is not stated
 * @param seed seed of split, order, weights and dropout
 * @param out folder to write the version into; made if absent, must be empty
 */
public record MachineTrainingSettings(
        MachineKind kind,
        List<Path> data,
        MachineColumns columns,
        Optional<Path> labels,
        OptionalInt window,
        OptionalDouble cap,
        Set<String> normal,
        String name,
        String version,
        String description,
        String licence,
        String source,
        long seed,
        Path out) {

    public MachineTrainingSettings {
        data = List.copyOf(data);
        normal = Set.copyOf(normal);
        if (data.isEmpty()) {
            throw new IllegalArgumentException("data: name one CSV file or more");
        }
        window.ifPresent(length -> check("window", length, length >= 2 && length <= 10_000, "2 to 10000"));
        cap.ifPresent(most -> check("cap", most, most > 0 && most < 1e12, "above 0"));
        boolean learns = kind != MachineKind.ANOMALY;
        if (learns && columns.target().isEmpty()) {
            throw new IllegalArgumentException("target: name the column of what is to be learnt");
        }
        if (!learns && labels.isPresent()) {
            throw new IllegalArgumentException("labels: an anomaly model learns from readings alone");
        }
    }

    private static void check(String name, Object value, boolean holds, String allowed) {
        if (!holds) {
            throw new IllegalArgumentException(name + " " + value + ": allowed is " + allowed);
        }
    }
}
