package dev.vorrang.app.bench;

import dev.vorrang.schemas.Position;
import dev.vorrang.schemas.serde.AvroSerdes;
import dev.vorrang.scoring.engine.Due;
import dev.vorrang.scoring.engine.Emission;
import dev.vorrang.scoring.engine.Output;
import dev.vorrang.scoring.engine.Pending;
import dev.vorrang.scoring.engine.Prediction;
import dev.vorrang.scoring.engine.RecordInfo;
import dev.vorrang.scoring.engine.StreamDefinition;
import dev.vorrang.scoring.engine.TaskContext;
import dev.vorrang.scoring.engine.TaskScorer;
import dev.vorrang.scoring.engine.batch.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.api.Record;

/** Scores the records of a poll with a stream's own task, whose stores are in memory. For one thread. */
final class LoopStep<V extends SpecificRecord, I, P> implements PlainLoop.Step {

    private final StreamDefinition<V, I, P> stream;
    private final AvroSerdes serdes;
    private final Deserializer<V> input;
    private final Map<String, Serializer<SpecificRecord>> outputs = new HashMap<>();
    private final Map<Integer, TaskScorer<V, I, P>> tasks = new HashMap<>();

    private final List<Waiting<I, P>> waiting = new ArrayList<>();
    private final List<ProducerRecord<byte[], byte[]>> made = new ArrayList<>();

    /** @param timestamp of what comes of it */
    private record Waiting<I, P>(long timestamp, Pending<I, P> pending) {}

    /** A task's surroundings without Kafka Streams. */
    private final class Context implements TaskContext<V, I, P> {

        private final int partition;
        private final Map<String, MemoryStore<?, ?>> stores = new HashMap<>();

        private Context(int partition) {
            this.partition = partition;
        }

        @Override
        public int partition() {
            return partition;
        }

        @Override
        @SuppressWarnings("unchecked")
        public <S extends StateStore> S store(String name) {
            return (S) stores.computeIfAbsent(name, MemoryStore::new);
        }

        /** A measurement is over before anything expires. */
        @Override
        public void schedule(Duration period, Runnable work) {}

        @Override
        public void send(Emission emission) {
            add(emission.outputs(), stream.environment().clock().millis());
        }

        @Override
        public void score(Iterator<Due<I, P>> due) {
            scoreWaiting();
            long now = stream.environment().clock().millis();
            due.forEachRemaining(each -> {
                waiting.add(new Waiting<>(now, each.pending()));
                if (waiting.size() >= stream.batch().maxSize()) {
                    scoreWaiting();
                }
            });
            scoreWaiting();
        }

        @Override
        public V read(byte[] value) {
            return input.deserialize(stream.topics().input().name(), value);
        }

        @Override
        public List<Outcome<Prediction<P>>> predict(List<I> inputs) {
            return stream.models().predict(inputs);
        }
    }

    LoopStep(StreamDefinition<V, I, P> stream) {
        this.stream = stream;
        serdes = stream.environment().serdes();
        input = serdes.valueSerde(stream.topics().input()).deserializer();
    }

    @Override
    public List<ProducerRecord<byte[], byte[]>> score(List<ConsumerRecord<byte[], byte[]>> records) {
        for (ConsumerRecord<byte[], byte[]> record : records) {
            tasks.computeIfAbsent(record.partition(), partition -> stream.task(new Context(partition)))
                    .accept(input.deserialize(record.topic(), record.headers(), record.value()), info(record))
                    .ifPresent(pending -> waiting.add(new Waiting<>(record.timestamp(), pending)));
        }
        scoreWaiting();
        var sent = List.copyOf(made);
        made.clear();
        return sent;
    }

    private void scoreWaiting() {
        List<Outcome<Prediction<P>>> outcomes = stream.models()
                .predict(waiting.stream().map(each -> each.pending().input()).toList());
        for (int i = 0; i < waiting.size(); i++) {
            if (!(outcomes.get(i) instanceof Outcome.Scored<Prediction<P>> scored)) {
                throw new IllegalStateException("the model failed: " + outcomes.get(i));
            }
            var emission = waiting.get(i)
                    .pending()
                    .complete(scored.score(), stream.environment().clock().instant());
            add(emission.outputs(), waiting.get(i).timestamp());
        }
        waiting.clear();
    }

    private RecordInfo info(ConsumerRecord<byte[], byte[]> record) {
        return new RecordInfo(
                new Position(record.topic(), record.partition(), record.offset()),
                new Record<>(record.key(), record.value(), record.timestamp(), record.headers()),
                stream.environment().clock().instant());
    }

    /** One value that goes to several topics is encoded once, as the stream does it. */
    private void add(List<Output<?>> outputsOfOne, long timestamp) {
        SpecificRecord before = null;
        byte[] bytes = null;
        for (Output<?> output : outputsOfOne) {
            bytes = output.value() == before ? serdes.forTopic(output.topic(), bytes) : bytes(output);
            before = output.value();
            made.add(new ProducerRecord<>(output.topic().name(), null, timestamp, output.key(), bytes));
        }
    }

    @SuppressWarnings("unchecked")
    private byte[] bytes(Output<?> output) {
        String topic = output.topic().name();
        return outputs.computeIfAbsent(topic, any -> (Serializer<SpecificRecord>)
                        serdes.valueSerde(output.topic()).serializer())
                .serialize(topic, output.value());
    }
}
