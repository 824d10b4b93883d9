package dev.vorrang.scoring.action;

import dev.vorrang.schemas.Topic;
import dev.vorrang.schemas.Topics;
import dev.vorrang.scoring.engine.ClampedTimestamps;
import dev.vorrang.scoring.engine.metrics.ScoringMetrics;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.Repartitioned;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.StoreBuilder;

/**
 * The flow of actions. The outputs of streams are asked by record; what meets a condition is brought together by action, for groups,
 * quiet hours and rates; and from there by record, with what people did, for escalation and state. Both times by a topic of its own, for
 * neither is what the streams' outputs are keyed by.
 *
 * <pre>
 * outputs of streams ─ decide ─ [by action] ─ dispatch ─┐
 *        └── settled ───────────────────────────────────┼─ [by record] ─ follow up ─ actions.&lt;sink&gt;, desk.state
 * desk.events ──────────────────────────────────────────┘
 * </pre>
 */
public final class ActionTopology {

    /**
     * Of the internal topics. Of Kafka Streams' own choice, it would change with the topics that are read, and the state would not fit any
     * more.
     */
    private static final int PARTITIONS = 4;

    private final ActionSettings settings;
    private final List<ActionSource<?>> sources;
    private final ActionEnvironment environment;
    private final ActionRecords records;
    private final ActionMetrics metrics;
    private final ScoringMetrics letters;
    private final StreamsBuilder builder = new StreamsBuilder();

    private ActionTopology(
            ActionSettings settings, List<? extends ActionSource<?>> sources, ActionEnvironment environment) {
        this.settings = settings;
        this.sources = List.copyOf(sources);
        this.environment = environment;
        this.records = new ActionRecords(environment.topics(), environment.serdes());
        this.metrics = new ActionMetrics(environment.meters());
        this.letters = environment.metrics();
    }

    /**
     * Builds the topology; does no I/O.
     *
     * @param sources of the streams that rules are about, and of others whose escalations may be settled
     * @throws IllegalArgumentException if a condition is not valid
     */
    public static Topology build(
            ActionSettings settings, List<? extends ActionSource<?>> sources, ActionEnvironment environment) {
        return new ActionTopology(settings, sources, environment).build();
    }

    /** Topics that the topology reads and writes, but for those of Kafka Streams. */
    public static List<Topic<?>> topics(
            ActionSettings settings, List<? extends ActionSource<?>> sources, Topics names) {
        var topics = new ArrayList<Topic<?>>();
        sources.forEach(source -> topics.add(source.topic()));
        topics.addAll(
                List.of(names.deskEvents(), names.deskState(), names.actionsUndecided(), names.actionsDeadLetters()));
        settings.sinks().forEach(sink -> topics.add(names.actions(sink)));
        return topics;
    }

    private Topology build() {
        KStream<String, Routed> told = read(environment.topics().deskEvents())
                .process(() -> new DeskEventProcessor(records, letters, environment.clock()), Named.as("read-events"));
        for (ActionSource<?> source : sources) {
            told = told.merge(decided(source));
        }
        write(told, "told");
        Clock clock = environment.clock();
        KStream<String, Routed> messages = by(Routed.TRIGGERS, told)
                .process(
                        supplier(
                                () -> new DispatchProcessor(settings, records, metrics, clock),
                                DispatchProcessor.stores()),
                        Named.as("dispatch"));
        KStream<String, Routed> sent = by(Routed.RECORDS, told.merge(messages))
                .process(
                        supplier(
                                () -> new FollowUpProcessor(settings, records, metrics, clock),
                                FollowUpProcessor.stores()),
                        Named.as("follow-up"));
        write(sent, "sent");
        return builder.build();
    }

    private KStream<byte[], byte[]> read(Topic<?> topic) {
        return builder.stream(
                topic.name(),
                Consumed.with(Serdes.ByteArray(), Serdes.ByteArray())
                        .withTimestampExtractor(new ClampedTimestamps(environment.clock()))
                        .withOffsetResetPolicy(AutoOffsetReset.earliest()));
    }

    private <V extends SpecificRecord> KStream<String, Routed> decided(ActionSource<V> source) {
        var rules = CompiledRules.of(source, settings.rules());
        return read(source.topic())
                .process(
                        () -> new DecideProcessor<>(
                                rules, settings.maxAge(), records, metrics, letters, environment.clock()),
                        Named.as("decide-" + source.stream()));
    }

    private static KStream<String, byte[]> by(String internal, KStream<String, Routed> routed) {
        return routed.filter((key, value) -> value.isFor(internal))
                .mapValues(Routed::value)
                .repartition(Repartitioned.<String, byte[]>as(internal)
                        .withNumberOfPartitions(PARTITIONS)
                        .withKeySerde(Serdes.String())
                        .withValueSerde(Serdes.ByteArray()));
    }

    private static void write(KStream<String, Routed> routed, String name) {
        routed.filter((key, value) -> value.isForATopic(), Named.as(name + "-for-topics"))
                .to(
                        (key, value, context) -> value.topic(),
                        Produced.<String, Routed>as(name)
                                .withKeySerde(Serdes.String())
                                .withValueSerde(Routed.serde()));
    }

    private static <K, V> ProcessorSupplier<K, V, String, Routed> supplier(
            Supplier<Processor<K, V, String, Routed>> processors, Set<StoreBuilder<?>> stores) {
        return new ProcessorSupplier<>() {
            @Override
            public Processor<K, V, String, Routed> get() {
                return processors.get();
            }

            @Override
            public Set<StoreBuilder<?>> stores() {
                return stores;
            }
        };
    }
}
