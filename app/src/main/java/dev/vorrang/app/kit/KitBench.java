package dev.vorrang.app.kit;

import dev.vorrang.app.bench.BenchRecords;
import dev.vorrang.app.bench.BenchStream;
import dev.vorrang.app.bench.CallMeter;
import dev.vorrang.app.bench.Cycle;
import dev.vorrang.app.bench.ModelPace;
import dev.vorrang.app.bench.Rehearsal;
import dev.vorrang.app.settings.StreamOptions;
import dev.vorrang.schemas.ModelRef;
import dev.vorrang.schemas.TopicSet;
import dev.vorrang.schemas.Topics;
import dev.vorrang.schemas.registry.ConfluentSchemaRegistry;
import dev.vorrang.schemas.serde.AvroSerdes;
import dev.vorrang.scoring.engine.Model;
import dev.vorrang.scoring.engine.StreamDefinition;
import dev.vorrang.scoring.engine.StreamEnvironment;
import dev.vorrang.scoring.engine.batch.BatchFunction;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * Any stream with the settings that it has by default and one model, to be measured. What the model is asked when it is measured alone
 * is what the stream asks it: the stream scores its first records without a broker. Owns the model.
 *
 * @param <S> type of the stream's settings
 * @param <I> what the model reads of a record
 * @param <P> what it says of it
 * @param <M> type of the stream's models
 */
public final class KitBench<S extends StreamOptions, I, P, M extends Model<I, P>> implements BenchStream {

    private static final int INPUTS = 4_096;
    /** Different answers to inputs of one shape. */
    private static final int ANSWERS = 256;

    private final StreamKit<S, M> kit;
    private final M model;
    private final Path folder;
    private final Plan<I, P, M> plan;
    private final Map<Object, List<P>> answers = new ConcurrentHashMap<>();
    private final Cycle<I> inputs;
    private final BatchFunction<I, P> paced;

    /**
     * What the benchmark must know of a stream beside its kit.
     *
     * @param records that it scores
     * @param standIn another function in a model's place, with all else as the model has it; leaves the model to its owner
     * @param shape inputs with equal ones may have each other's answers
     */
    public record Plan<I, P, M extends Model<I, P>>(
            BenchRecords records, BiFunction<M, BatchFunction<I, P>, M> standIn, Function<I, ?> shape) {

        /** For models that are functions, and whose inputs are all of one shape. */
        public static <I, P> Plan<I, P, Model<I, P>> of(BenchRecords records) {
            return new Plan<>(
                    records, (model, function) -> Model.of(model.reference(), model.probe(), function), any -> 1);
        }
    }

    /**
     * @param model is closed with this stream
     * @param folder of its version
     * @param delay time that a call takes if the model's own is not to count, else zero
     */
    public KitBench(StreamKit<S, M> kit, M model, Path folder, Duration delay, Plan<I, P, M> plan) {
        this.kit = kit;
        this.model = model;
        this.folder = folder;
        this.plan = plan;
        this.inputs = new Cycle<>(rehearse());
        this.paced = ModelPace.of(model, this::known, delay);
    }

    /** What the stream asks its model of its first records. */
    private List<I> rehearse() {
        List<I> asked = Collections.synchronizedList(new ArrayList<>());
        M listening = plan.standIn().apply(model, batch -> {
            asked.addAll(batch);
            batch.forEach(this::learn);
            return known(batch);
        });
        try (var registry = ConfluentSchemaRegistry.connect(Map.of("schema.registry.url", "mock://rehearsal"))) {
            var names = new Topics("");
            var serdes = new AvroSerdes(registry);
            var stream = define(listening, kit.settings().defaults(), names, serdes);
            Rehearsal.run(
                    stream,
                    plan.records().inputs().apply(names, serdes),
                    plan.records().lead() + INPUTS);
        }
        if (asked.isEmpty()) {
            throw new IllegalStateException("the model of " + name() + " was not asked within "
                    + (plan.records().lead() + INPUTS) + " records");
        }
        return asked;
    }

    private void learn(I input) {
        List<P> some = answers.computeIfAbsent(plan.shape().apply(input), any -> new ArrayList<>());
        if (some.size() < ANSWERS) {
            some.addAll(model.apply(List.of(input)));
        }
    }

    /** Answers that the model once gave. */
    private List<P> known(List<I> batch) {
        List<P> outputs = new ArrayList<>(batch.size());
        for (int i = 0; i < batch.size(); i++) {
            I input = batch.get(i);
            List<P> some = answers.computeIfAbsent(plan.shape().apply(input), any -> model.apply(List.of(input)));
            outputs.add(some.get(i % some.size()));
        }
        return outputs;
    }

    private StreamDefinition<?, ?, ?> define(M standing, S settings, Topics names, AvroSerdes serdes) {
        return kit.define(
                settings, List.of(standing), names, StreamEnvironment.of(serdes, new SimpleMeterRegistry(), name()));
    }

    @Override
    public String name() {
        return kit.name();
    }

    @Override
    public ModelRef model() {
        return model.reference();
    }

    @Override
    public Path folder() {
        return folder;
    }

    @Override
    public Map<String, String> records() {
        return plan.records().words();
    }

    @Override
    public TopicSet<?> topics(Topics names) {
        return kit.topics(kit.settings().defaults(), names);
    }

    @Override
    public Inputs inputs(Topics topics, AvroSerdes serdes) {
        return plan.records().inputs().apply(topics, serdes);
    }

    @Override
    public void score(long from, int size) {
        paced.apply(inputs.of(from, size));
    }

    @Override
    public long lead() {
        return plan.records().lead();
    }

    @Override
    public int defaultRecords() {
        return plan.records().round();
    }

    @Override
    public int defaultBatch() {
        return kit.settings().defaults().stream().batch().maxSize();
    }

    @Override
    public StreamDefinition<?, ?, ?> stream(Answers who, int batch, CallMeter meter, Topics topics, AvroSerdes serdes) {
        var answering = plan.standIn().apply(model, meter.around(who == Answers.FREE ? this::known : paced));
        return define(answering, kit.settings().with("batch-size", batch), topics, serdes);
    }

    @Override
    public void close() {
        model.close();
    }
}
