package dev.vorrang.app.bench;

import dev.vorrang.app.bench.BenchFigures.Speed;
import dev.vorrang.app.bench.BenchStream.Answers;
import dev.vorrang.app.bench.BenchStream.Input;
import dev.vorrang.app.program.CommandFailedException;
import dev.vorrang.app.program.StopSignal;
import dev.vorrang.schemas.TopicSet;
import dev.vorrang.schemas.Topics;
import dev.vorrang.scoring.engine.Health;
import dev.vorrang.scoring.engine.ScoringStreams;
import dev.vorrang.scoring.engine.StreamsSettings;
import dev.vorrang.scoring.engine.StreamsSettings.Guarantee;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** One run of a stream over topics of its own, which are gone when it is closed. For one thread. */
final class StreamRun implements AutoCloseable {

    private static final Duration GLANCE = Duration.ofMillis(5);
    private static final Duration LONGEST_START = Duration.ofSeconds(60);

    private final BenchCluster cluster;
    private final BenchStream stream;
    private final StopSignal stop;
    private final Gpus gpus;
    private final String prefix = "bench-" + System.nanoTime() + ".";
    private final Topics topics = new Topics(prefix);
    private final TopicSet<?> own;
    private final CallMeter meter = new CallMeter();
    private final String applicationId = prefix + "bench";
    private final KafkaProducer<String, byte[]> producer;
    private final BenchStream.Inputs inputs;
    private final Running running;

    /** A stream on Kafka Streams. */
    private record OnStreams(ScoringStreams streams) implements Running {

        @Override
        public void start() {
            streams.start();
        }

        @Override
        public boolean scores() {
            return streams.health().state() == Health.State.RUNNING;
        }

        @Override
        public String state() {
            return streams.health().toString();
        }

        @Override
        public void close() {
            streams.close();
        }
    }

    /**
     * How the stream runs.
     *
     * @param answers who answers
     * @param guarantee what a crash may cost
     * @param threads stream threads, 1 or more
     * @param batch most records in a call of the model, 1 or more
     * @param loop whether a {@link PlainLoop} stands in for Kafka Streams
     */
    record Plan(Answers answers, Guarantee guarantee, int threads, int batch, boolean loop) {}

    StreamRun(BenchCluster cluster, BenchStream stream, Plan plan, StopSignal stop, Gpus gpus) {
        this.cluster = cluster;
        this.stream = stream;
        this.stop = stop;
        this.gpus = gpus;
        own = stream.topics(topics);
        cluster.create(own.all());
        var definition = stream.stream(plan.answers(), plan.batch(), meter, topics, cluster.serdes());
        running = plan.loop()
                ? new PlainLoop(
                        cluster.bootstrapServers(), applicationId, cluster.partitions(own.input()), plan, definition)
                : new OnStreams(new ScoringStreams(definition, settings(plan)));
        inputs = stream.inputs(topics, cluster.serdes());
        // With Kafka's own linger of 5 ms, which the connectors have too.
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", cluster.bootstrapServers(), "batch.size", "65536"),
                new StringSerializer(),
                new ByteArraySerializer());
    }

    private StreamsSettings settings(Plan plan) {
        return cluster.settings(applicationId)
                .withGuarantee(plan.guarantee())
                .withCommitInterval(plan.guarantee().commitInterval())
                .withThreads(plan.threads());
    }

    /** Sends so many records, after those that lead in, then lets the stream score them as fast as it can. */
    Speed throughBacklog(int count) {
        long all = stream.lead() + count;
        for (long number = 0; number < all; number++) {
            send(number);
        }
        producer.flush();
        System.gc();
        Memory.resetHeapPeak();
        running.start();
        var stretch = afterLeadingIn(all);
        return stretch.speed(awaitCommitted(all), meter);
    }

    /** Starting, joining the group and leading in do not count; but where one commit covers all the rest too, what went before it must. */
    private Stretch afterLeadingIn(long all) {
        Stretch before;
        long committed = 0;
        do {
            before = stretch(committed);
            committed = awaitCommitted(committed + 1);
        } while (committed < stream.lead());
        return committed < all ? stretch(committed) : before;
    }

    /** Begins to measure, after so many records. */
    Stretch stretch(long records) {
        return Stretch.from(records, gpus);
    }

    /** Starts the stream, and returns when it runs. */
    void start() {
        running.start();
        long limit = System.nanoTime() + LONGEST_START.toNanos();
        while (!running.scores()) {
            pause();
            if (System.nanoTime() - limit > 0) {
                throw new CommandFailedException(
                        "the stream did not run within " + LONGEST_START.toSeconds() + " s: " + running.state());
            }
        }
    }

    /** Hands a record to the producer, which sends it soon. */
    void send(long number) {
        Input input = inputs.next(number);
        producer.send(new ProducerRecord<>(own.input().name(), input.key(), input.value()));
    }

    /** Follows the scores, from the first on; whoever calls it closes what it gets. */
    ScoreReader read(OpenLoad.Schedule schedule) {
        return ScoreReader.start(
                cluster.bootstrapServers(), cluster.partitions(own.outputs().get(0)), schedule, stop);
    }

    /** Records with which the stream gets going. */
    long lead() {
        return stream.lead();
    }

    /** Of the batches so far. */
    BatchSizes sizes() {
        return meter.sizes();
    }

    void checkStopped() {
        stop.check();
    }

    private long awaitCommitted(long count) {
        return cluster.awaitCommitted(applicationId, count, this::pause, running::state);
    }

    private void pause() {
        stop.await(GLANCE);
        stop.check();
    }

    @Override
    public void close() {
        producer.close();
        running.close();
        cluster.delete(prefix);
    }
}
