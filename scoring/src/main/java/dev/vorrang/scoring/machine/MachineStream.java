package dev.vorrang.scoring.machine;

import dev.vorrang.schemas.MachineAlert;
import dev.vorrang.schemas.SensorReading;
import dev.vorrang.schemas.Topic;
import dev.vorrang.schemas.TopicSet;
import dev.vorrang.schemas.Topics;
import dev.vorrang.scoring.engine.StreamDefinition;
import dev.vorrang.scoring.engine.StreamEnvironment;
import dev.vorrang.scoring.engine.TaskContext;
import dev.vorrang.scoring.engine.TaskScorer;
import dev.vorrang.scoring.engine.batch.BatchSettings;
import dev.vorrang.scoring.route.Routes;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.streams.state.StoreBuilder;

/**
 * The machine stream: {@code machine.readings}, {@code machine.maintenance} and {@code machine.accepted} to {@code machine.scored}, {@code machine.alerts},
 * {@code machine.route.<queue>} and {@code machine.dead-letters}. The inputs have the machine as key, so that what is said of a machine comes to one task.
 *
 * @param environment what it runs in
 * @param names names of the topics
 * @param models the models in service
 * @param types what holds for each machine
 * @param routes of alerts
 * @param batch when a batch is scored
 * @param machinesAtHand states that each task keeps at hand between two commits, 1 or more; the others are made anew out of the store
 * @param inMemory whether the store of the states is in memory, else on disk
 */
public record MachineStream(
        StreamEnvironment environment,
        Topics names,
        StepScorer models,
        MachineTypes types,
        Routes<MachineAlert> routes,
        BatchSettings batch,
        int machinesAtHand,
        boolean inMemory)
        implements StreamDefinition<SensorReading, List<Optional<ModelInput>>, List<float[]>> {

    public static final String ID = "machine";
    public static final int DEFAULT_MACHINES_AT_HAND = 2_000;

    public MachineStream {
        Objects.requireNonNull(environment, "environment");
        Objects.requireNonNull(names, "names");
        Objects.requireNonNull(models, "models");
        Objects.requireNonNull(types, "types");
        Objects.requireNonNull(routes, "routes");
        Objects.requireNonNull(batch, "batch");
        if (machinesAtHand < 1) {
            throw new IllegalArgumentException("machinesAtHand " + machinesAtHand + ": allowed is 1 or more");
        }
    }

    @Override
    public String id() {
        return ID;
    }

    @Override
    public TopicSet<SensorReading> topics() {
        return topics(names, routes.names());
    }

    /** The topics of a stream with these queues. */
    public static TopicSet<SensorReading> topics(Topics names, List<String> queues) {
        var outputs = new ArrayList<Topic<?>>(List.of(names.machineScored(), names.machineAlerts()));
        queues.forEach(queue -> outputs.add(names.machineRoute(queue)));
        return new TopicSet<>(
                names.machineReadings(),
                List.of(names.machineMaintenance(), names.machineAccepted()),
                outputs,
                names.machineDeadLetters());
    }

    @Override
    public Set<StoreBuilder<?>> stores() {
        return Set.of(MachineStates.store(inMemory));
    }

    @Override
    public TaskScorer<SensorReading, List<Optional<ModelInput>>, List<float[]>> task(
            TaskContext<SensorReading, List<Optional<ModelInput>>, List<float[]>> context) {
        return new MachineTask(this, context);
    }
}
