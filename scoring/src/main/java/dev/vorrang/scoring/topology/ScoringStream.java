package dev.vorrang.scoring.topology;

import dev.vorrang.schemas.ModelRef;
import dev.vorrang.schemas.Topic;
import dev.vorrang.scoring.batch.BatchSettings;
import dev.vorrang.scoring.metrics.ScoringMetrics;
import java.util.List;
import org.apache.kafka.streams.Topology;

/** A stream that {@link ScoringStreams} can run. */
public sealed interface ScoringStream permits MailStream, MachineStream {

    /** The topic that is scored. */
    Topic<?> input();

    /** All topics that must be there. */
    List<Topic<?>> allTopics();

    /** Models in service. */
    List<ModelRef> models();

    BatchSettings batch();

    ScoringMetrics metrics();

    /**
     * Builds the topology; does no I/O.
     *
     * @param patience of all that is tried again
     * @param hook makes holding records safe
     * @param watch looks after the calls of the model
     */
    Topology topology(Patience patience, CommitHook hook, CallWatch watch);
}
