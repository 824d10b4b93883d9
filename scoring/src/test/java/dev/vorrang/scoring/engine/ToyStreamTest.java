package dev.vorrang.scoring.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.vorrang.embedded.EmbeddedKafka;
import dev.vorrang.schemas.DeadLetter;
import dev.vorrang.schemas.ModelRef;
import dev.vorrang.schemas.Stage;
import dev.vorrang.schemas.Topic;
import dev.vorrang.schemas.TopicSet;
import dev.vorrang.schemas.Topics;
import dev.vorrang.schemas.WordEffect;
import dev.vorrang.schemas.serde.AvroSerdes;
import dev.vorrang.scoring.engine.batch.BatchSettings;
import dev.vorrang.scoring.engine.metrics.ScoringMetrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All that a new stream has to say, and what it has of the engine: topology, batches, exactly-once, state, dead letters, metrics. */
class ToyStreamTest {

    @TempDir
    private Path folder;

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    /** Words come in; each goes out with its length, as a fraction of how often it has come. */
    private record ToyStream(StreamEnvironment environment, Predictor<String, Integer> models, BatchSettings batch)
            implements StreamDefinition<WordEffect, String, Integer> {

        static final Topic<WordEffect> WORDS_IN = new Topic<>("toy.words", "word", WordEffect.class, Map.of());
        static final Topic<WordEffect> LENGTHS = new Topic<>("toy.lengths", "word", WordEffect.class, Map.of());
        static final Topic<DeadLetter> LETTERS = new Topic<>("toy.dead-letters", "key", DeadLetter.class, Map.of());

        @Override
        public String id() {
            return "toy";
        }

        @Override
        public TopicSet<WordEffect> topics() {
            return new TopicSet<>(WORDS_IN, List.of(), List.of(LENGTHS), LETTERS);
        }

        @Override
        public Set<StoreBuilder<?>> stores() {
            return Set.of(Stores.keyValueStoreBuilder(
                    Stores.persistentKeyValueStore("counts"), Serdes.String(), Serdes.Long()));
        }

        @Override
        public TaskScorer<WordEffect, String, Integer> task(TaskContext<WordEffect, String, Integer> context) {
            KeyValueStore<String, Long> counts = context.store("counts");
            return (word, record) -> {
                long count = 1 + Optional.ofNullable(counts.get(word.getWord())).orElse(0L);
                counts.put(word.getWord(), count);
                return Optional.of(
                        new PendingWord(word.getWord(), count, record.record().key()));
            };
        }
    }

    private record PendingWord(String input, long count, byte[] key) implements Pending<String, Integer> {

        @Override
        public Emission complete(Prediction<Integer> length, Instant now) {
            var value = new WordEffect(input, (float) length.value() / count);
            return new Emission(now, List.of(new Output<>(ToyStream.LENGTHS, key, value)), List.of());
        }
    }

    @Test
    void shouldScoreEachWordOnceAlthoughInstancesComeAndGo() {
        try (var kafka = EmbeddedKafka.start(folder.resolve("broker"), 0, Traffic.BROKER_SETTINGS);
                var traffic = new Traffic(
                        kafka.bootstrapServers(),
                        new Topics(""),
                        ToyStream.WORDS_IN,
                        stream().topics().all())) {
            traffic.send(ToyStream.WORDS_IN, "poison", null);
            traffic.send(ToyStream.WORDS_IN, "poison", new WordEffect("poison", 0f));
            send(traffic, 1_000);
            try (var first = streams(kafka, "first")) {
                first.start();
                await().atMost(Duration.ofMinutes(2)).until(() -> traffic.sizeOf(ToyStream.LENGTHS) > 1_000);
            }
            send(traffic, 1_000);
            try (var second = streams(kafka, "second")) {
                second.start();
                traffic.awaitAllCommitted("toy");
            }

            var lengths = traffic.read(ToyStream.LENGTHS);
            IntStream.rangeClosed(1, 7).forEach(length -> assertThat(lengths)
                    .filteredOn(record -> record.key().length() == length)
                    .extracting(record -> record.value().getEffect())
                    .containsExactlyElementsOf(IntStream.rangeClosed(1, 2_000)
                            .mapToObj(count -> (float) length / count)
                            .toList()));
            assertThat(traffic.read(ToyStream.LETTERS))
                    .extracting(letter -> letter.value().getStage())
                    .containsExactlyInAnyOrder(Stage.DECODE, Stage.MODEL);
            var held = meters.get("vorrang.latency.held").tag("stream", "toy").timer();
            assertThat(held.count()).isGreaterThanOrEqualTo(14_000);
        }
    }

    private static void send(Traffic traffic, int times) {
        for (int i = 0; i < times * 7; i++) {
            String word = "x".repeat(1 + i % 7);
            traffic.send(ToyStream.WORDS_IN, word, new WordEffect(word, 0f));
        }
        traffic.flush();
    }

    private ToyStream stream() {
        var batch = BatchSettings.defaults().withMaxSize(100);
        Model<String, Integer> lengths = Model.of(new ModelRef("length", "1"), "", words -> {
            if (words.contains("poison")) {
                throw new IllegalArgumentException("the model chokes");
            }
            return words.stream().map(String::length).toList();
        });
        var environment = new StreamEnvironment(
                new AvroSerdes(new FixedRegistry()), new ScoringMetrics(meters, "toy"), Clock.systemUTC());
        return new ToyStream(environment, new ModelSlot<>(lengths, batch), batch);
    }

    private ScoringStreams streams(EmbeddedKafka kafka, String state) {
        return new ScoringStreams(stream(), StreamsSettings.of(kafka.bootstrapServers(), "toy", folder.resolve(state)));
    }
}
