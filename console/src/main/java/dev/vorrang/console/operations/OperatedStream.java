package dev.vorrang.console.operations;

import dev.vorrang.schemas.DeadLetter;
import dev.vorrang.schemas.ModelRef;
import dev.vorrang.schemas.Topic;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;

/**
 * What tells how a stream does. Immutable.
 *
 * @param name of the stream, such as {@code mail}
 * @param scored where each scored record is written
 * @param facts of a scored record; pure and thread-safe
 * @param deadLetters of the stream
 * @param <V> type of the scored records
 */
public record OperatedStream<V extends SpecificRecord>(
        String name, Topic<V> scored, Function<V, Facts> facts, Topic<DeadLetter> deadLetters) {

    /**
     * What a scored record says of how the stream does.
     *
     * @param received when the record came in; empty where scores do not say
     * @param models that scored
     * @param abstained whether the model abstained; empty where models do not
     */
    public record Facts(
            Instant scoredAt, Optional<Instant> received, List<ModelRef> models, Optional<Boolean> abstained) {

        public Facts {
            models = List.copyOf(models);
        }
    }
}
