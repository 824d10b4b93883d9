package dev.vorrang.scoring.topology;

import dev.vorrang.schemas.Topic;
import java.util.Set;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.StoreBuilder;

/**
 * The flow of readings: {@code machine.readings} and {@code machine.maintenance} to {@code machine.scored}, {@code machine.alerts} and
 * {@code machine.dead-letters}. The two inputs have the machine as key and must have as many partitions, so that what is said of a
 * machine comes to one task.
 */
final class MachineTopology {

    private static final String READINGS = "machine-readings";
    private static final String MAINTENANCE = "machine-maintenance";
    private static final String PROCESSOR = "score-machine";

    private MachineTopology() {}

    static Topology build(MachineStream stream, Patience patience, CommitHook hook, CallWatch watch) {
        var shared = new MachineProcessor.Shared(stream, patience, hook, watch);
        var topology = new Topology();
        addSource(topology, READINGS, stream, stream.topics().machineReadings());
        addSource(topology, MAINTENANCE, stream, stream.topics().machineMaintenance());
        topology.addProcessor(PROCESSOR, supplier(stream, shared, hook), READINGS, MAINTENANCE);
        addSink(topology, stream.topics().machineScored());
        addSink(topology, stream.topics().machineAlerts());
        addSink(topology, stream.topics().machineDeadLetters());
        return topology;
    }

    private static void addSource(Topology topology, String name, MachineStream stream, Topic<?> topic) {
        topology.addSource(
                AutoOffsetReset.earliest(),
                name,
                new ClampedTimestamps(stream.clock()),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer(),
                topic.name());
    }

    private static ProcessorSupplier<byte[], byte[], byte[], byte[]> supplier(
            MachineStream stream, MachineProcessor.Shared shared, CommitHook hook) {
        return new ProcessorSupplier<>() {
            @Override
            public Processor<byte[], byte[], byte[], byte[]> get() {
                return new MachineProcessor(shared);
            }

            @Override
            public Set<StoreBuilder<?>> stores() {
                return Set.of(hook.store(), MachineStates.store(stream.inMemory()));
            }
        };
    }

    /** Sinks are named for their topics, which is how the processor finds them. */
    private static void addSink(Topology topology, Topic<?> topic) {
        topology.addSink(topic.name(), topic.name(), new ByteArraySerializer(), new ByteArraySerializer(), PROCESSOR);
    }
}
