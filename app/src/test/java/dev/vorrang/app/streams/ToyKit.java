package dev.vorrang.app.streams;

import dev.vorrang.app.bench.BenchRecords;
import dev.vorrang.app.bench.BenchStream;
import dev.vorrang.app.bench.RecordNumber;
import dev.vorrang.app.crash.FaultyModel;
import dev.vorrang.app.crash.ModelFaults;
import dev.vorrang.app.crash.Workload;
import dev.vorrang.app.kit.KitBench;
import dev.vorrang.app.kit.StreamKit;
import dev.vorrang.app.settings.StreamSection;
import dev.vorrang.app.settings.StreamSettings;
import dev.vorrang.schemas.DeadLetter;
import dev.vorrang.schemas.ModelRef;
import dev.vorrang.schemas.Topic;
import dev.vorrang.schemas.TopicSet;
import dev.vorrang.schemas.Topics;
import dev.vorrang.schemas.WordEffect;
import dev.vorrang.schemas.serde.AvroSerdes;
import dev.vorrang.scoring.engine.Emission;
import dev.vorrang.scoring.engine.Model;
import dev.vorrang.scoring.engine.ModelSlot;
import dev.vorrang.scoring.engine.Output;
import dev.vorrang.scoring.engine.Pending;
import dev.vorrang.scoring.engine.Prediction;
import dev.vorrang.scoring.engine.Predictor;
import dev.vorrang.scoring.engine.StreamDefinition;
import dev.vorrang.scoring.engine.StreamEnvironment;
import dev.vorrang.scoring.engine.TaskContext;
import dev.vorrang.scoring.engine.TaskScorer;
import dev.vorrang.scoring.engine.batch.BatchSettings;
import dev.vorrang.scoring.model.ModelOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.streams.state.StoreBuilder;

/** A whole stream for the program and its tools: numbers come in, and each goes out doubled. */
final class ToyKit implements StreamKit<StreamSettings, Model<Float, Float>> {

    private static final StreamSection<StreamSettings> SECTION = StreamSettings.section("toy", Path.of("toy", "1"));

    /** What the engine is told of it. */
    private record Toy(Topics names, StreamEnvironment environment, Predictor<Float, Float> models, BatchSettings batch)
            implements StreamDefinition<WordEffect, Float, Float> {

        @Override
        public String id() {
            return "toy";
        }

        @Override
        public TopicSet<WordEffect> topics() {
            var letters = new Topic<>(names.prefix() + "toy.dead-letters", "key", DeadLetter.class, Map.of());
            return new TopicSet<>(in(names), List.of(), List.of(out(names)), letters);
        }

        @Override
        public Set<StoreBuilder<?>> stores() {
            return Set.of();
        }

        @Override
        public TaskScorer<WordEffect, Float, Float> task(TaskContext<WordEffect, Float, Float> context) {
            return (value, info) -> Optional.of(new Pending<>() {
                @Override
                public Float input() {
                    return value.getEffect();
                }

                @Override
                public Emission complete(Prediction<Float> doubled, Instant now) {
                    var score = new WordEffect(value.getWord(), doubled.value());
                    var output = new Output<>(out(names), info.record().key(), score);
                    return new Emission(now, List.of(output), List.of());
                }
            });
        }
    }

    /** The records of the crash test. */
    private record Numbers(int keys) implements Workload.Records<WordEffect> {

        @Override
        public WordEffect record(Workload.Draft draft) {
            return new WordEffect(
                    draft.id(), draft.chokes() ? -1 : draft.random().nextFloat());
        }
    }

    static Topic<WordEffect> in(Topics names) {
        return new Topic<>(names.prefix() + "toy.in", "key", WordEffect.class, Map.of());
    }

    static Topic<WordEffect> out(Topics names) {
        return new Topic<>(names.prefix() + "toy.out", "key", WordEffect.class, Map.of());
    }

    @Override
    public StreamSection<StreamSettings> settings() {
        return SECTION;
    }

    @Override
    public Model<Float, Float> load(Path folder, ModelOptions options) {
        var name = new ModelRef("doubling", "1");
        return Model.of(name, 0f, all -> all.stream().map(number -> 2 * number).toList());
    }

    @Override
    public Model<Float, Float> faulty(Model<Float, Float> model, ModelFaults faults) {
        return new FaultyModel<>(model, faults, number -> number < 0);
    }

    @Override
    public StreamDefinition<?, ?, ?> define(
            StreamSettings settings, List<Model<Float, Float>> models, Topics names, StreamEnvironment environment) {
        return new Toy(names, environment, new ModelSlot<>(models.get(0), settings.batch()), settings.batch());
    }

    @Override
    public TopicSet<WordEffect> topics(StreamSettings settings, Topics names) {
        return new Toy(names, null, null, null).topics();
    }

    @Override
    public BenchStream bench(Path model, Duration delay, ModelOptions options) {
        var records = new BenchRecords(Map.of("Numbers", "from 0 to 1"), 1, ToyKit::inputs);
        return new KitBench<>(this, load(model, options), model, delay, KitBench.Plan.of(records));
    }

    private static BenchStream.Inputs inputs(Topics names, AvroSerdes serdes) {
        return BenchRecords.encoded(in(names), serdes, WordEffect::getWord, ToyKit::number);
    }

    private static WordEffect number(long count) {
        return new WordEffect(RecordNumber.id(count), count % 100 / 100f);
    }

    @Override
    public Workload workload(Topics names, AvroSerdes serdes, long seed, int records) {
        return Workload.of(topics(SECTION.defaults(), names), serdes, seed, new Numbers(10));
    }
}
