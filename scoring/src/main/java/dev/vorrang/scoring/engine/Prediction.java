package dev.vorrang.scoring.engine;

import dev.vorrang.schemas.ModelRef;
import java.util.List;
import java.util.Objects;

/**
 * What models say of one record, and which models said it.
 *
 * @param value the output; where several models are asked, their outputs in order
 * @param models the model that answered, one or more; where several are asked, one for each output, in the same order
 * @param <P> type of the output
 */
public record Prediction<P>(P value, List<ModelRef> models) {

    public Prediction {
        Objects.requireNonNull(value, "value");
        models = List.copyOf(models);
    }
}
