package dev.vorrang.scoring.topology;

import dev.vorrang.schemas.ModelRef;
import dev.vorrang.schemas.Topic;
import dev.vorrang.schemas.Topics;
import dev.vorrang.schemas.serde.AvroSerdes;
import dev.vorrang.scoring.batch.BatchSettings;
import dev.vorrang.scoring.machine.MachineModel;
import dev.vorrang.scoring.machine.MachineSettings;
import dev.vorrang.scoring.metrics.ScoringMetrics;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import org.apache.kafka.streams.Topology;

/**
 * What the machine stream is made of. All parts are shared by the stream threads and stay the caller's to close.
 *
 * @param topics names of the topics
 * @param serdes of the topics' values
 * @param machineModels models in service
 * @param settings how readings become steps, and findings alerts
 * @param batch when a batch is scored
 * @param machinesAtHand states that each task keeps at hand between two commits, 1 or more; the others are made anew out of the store
 * @param inMemory whether the store of the states is in memory, else on disk
 * @param metrics of this stream
 * @param clock tells the time of scoring
 */
public record MachineStream(
        Topics topics,
        AvroSerdes serdes,
        List<MachineModel> machineModels,
        MachineSettings settings,
        BatchSettings batch,
        int machinesAtHand,
        boolean inMemory,
        ScoringMetrics metrics,
        Clock clock)
        implements ScoringStream {

    public static final int DEFAULT_MACHINES_AT_HAND = 2_000;

    public MachineStream {
        Objects.requireNonNull(topics, "topics");
        Objects.requireNonNull(serdes, "serdes");
        machineModels = List.copyOf(machineModels);
        Objects.requireNonNull(settings, "settings");
        Objects.requireNonNull(batch, "batch");
        Objects.requireNonNull(metrics, "metrics");
        Objects.requireNonNull(clock, "clock");
        if (machinesAtHand < 1) {
            throw new IllegalArgumentException("machinesAtHand " + machinesAtHand + ": allowed is 1 or more");
        }
    }

    @Override
    public Topic<?> input() {
        return topics.machineReadings();
    }

    @Override
    public List<Topic<?>> allTopics() {
        return topics.machine();
    }

    @Override
    public List<ModelRef> models() {
        return machineModels.stream().map(MachineModel::reference).toList();
    }

    @Override
    public Topology topology(Patience patience, CommitHook hook, CallWatch watch) {
        return MachineTopology.build(this, patience, hook, watch);
    }
}
