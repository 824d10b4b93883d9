package dev.vorrang.training.demand;

import dev.vorrang.scoring.demand.model.DemandFrame;
import java.nio.file.Path;
import java.util.List;

/**
 * What to train a model of demand from.
 *
 * @param data CSV files, one or more
 * @param columns what their columns are
 * @param frame how periods count, and how far to forecast
 * @param steps steps of learning, 1 or more; each with {@link DemandTrainer#WINDOWS} windows
 * @param name name of the model
 * @param version version of the model
 * @param description a sentence for the model card
 * @param licence licence of the data for the model card
 * @param source where the data come from, for the model card
 * @param seed of all chance
 * @param out folder to write the version into; made if absent, must be empty
 */
public record DemandTrainingSettings(
        List<Path> data,
        DemandColumns columns,
        DemandFrame frame,
        int steps,
        String name,
        String version,
        String description,
        String licence,
        String source,
        long seed,
        Path out) {

    public DemandTrainingSettings {
        data = List.copyOf(data);
        if (data.isEmpty()) {
            throw new IllegalArgumentException("data: name one CSV file or more");
        }
        if (steps < 1 || steps > 1_000_000) {
            throw new IllegalArgumentException("steps " + steps + ": allowed is 1 to 1000000");
        }
        if (frame.period() != columns.period()) {
            throw new IllegalArgumentException(
                    "period " + frame.period() + ": the columns count by " + columns.period());
        }
    }
}
