package dev.vorrang.scoring.engine;

import dev.vorrang.schemas.TopicSet;
import dev.vorrang.scoring.engine.batch.BatchSettings;
import java.util.List;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.state.StoreBuilder;

/**
 * Everything the engine needs of a stream; topology, batches, dead letters, retries, metrics and exactly-once are the engine's. Opens
 * nothing and closes nothing. Shared by the stream threads.
 *
 * @param <V> type of the records
 * @param <I> what the models read of a record
 * @param <P> what the models say of it
 */
public interface StreamDefinition<V extends SpecificRecord, I, P> {

    /** Name of the stream in metrics, settings, application ids and commands: lower-case letters. */
    String id();

    TopicSet<V> topics();

    /** Stores of the tasks, new builders each time; empty if a record is scored by itself. */
    Set<StoreBuilder<?>> stores();

    /** Makes further records of the input out of other topics, which {@link TopicSet#feeds} has. */
    default List<Feed<?, V>> feeds() {
        return List.of();
    }

    /** What is in service. */
    Predictor<I, P> models();

    /** When a batch is scored. */
    BatchSettings batch();

    StreamEnvironment environment();

    /** Called whenever a task starts, also when it goes on after it was closed: nothing may be left of what was before. */
    TaskScorer<V, I, P> task(TaskContext<V, I, P> context);
}
