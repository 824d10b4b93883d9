package dev.vorrang.app.bench;

import dev.vorrang.app.program.ChildProcess;
import dev.vorrang.app.program.ChildProcess.Program;
import dev.vorrang.app.program.CommandFailedException;
import dev.vorrang.app.program.StopSignal;
import dev.vorrang.schemas.TopicSet;
import dev.vorrang.schemas.Topics;
import dev.vorrang.scoring.engine.StreamsSettings.Guarantee;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Several instances of what {@code vorrang run} runs, each in a process of its own with one stream thread and one processor, over topics
 * of their own, which are gone when it is closed. The broker, in this process, shares their processors. For one thread.
 */
final class InstancesRun implements AutoCloseable {

    private static final Duration GLANCE = Duration.ofMillis(50);
    /** Of all records; at the end one instance may have done its part before another. */
    private static final double MEASURED_UP_TO = 0.95;

    private final BenchCluster cluster;
    private final BenchStream stream;
    private final Class<?> instance;
    private final Plan plan;
    private final Path folder;
    private final StopSignal stop;
    private final String prefix = "instances-" + System.nanoTime() + ".";
    private final String group = prefix + "bench";
    private final Topics topics = new Topics(prefix);
    private final TopicSet<?> own;
    private final List<ChildProcess> instances = new ArrayList<>();

    /**
     * What the instances do.
     *
     * @param guarantee what a crash may cost
     * @param batch most records in a call of the model, 1 or more
     * @param records of each instance that are counted, after as many to warm up, 1,000 or more
     */
    record Plan(Guarantee guarantee, int batch, int records) {}

    /**
     * @param instance main class of an instance; its arguments are settings and file for the log
     * @param folder for all that the instances write; its owner deletes it
     */
    InstancesRun(BenchCluster cluster, BenchStream stream, Class<?> instance, Plan plan, Path folder, StopSignal stop) {
        this.cluster = cluster;
        this.stream = stream;
        this.instance = instance;
        this.plan = plan;
        this.folder = folder.resolve(prefix + "run");
        this.stop = stop;
        own = stream.topics(topics);
        cluster.create(own.all());
    }

    /** How many records were committed at a time, by {@link System#nanoTime}. */
    private record Seen(long time, long committed) {

        double rateUntil(Seen later) {
            return (later.committed - committed) / ((later.time - time) / 1e9);
        }
    }

    /** @return records a second that instances on these processors, one on each, score of what is there before they start */
    double rate(List<Integer> processors) {
        long first = (long) plan.records() * processors.size();
        long all = 2 * first;
        long last = (long) (MEASURED_UP_TO * all);
        send(all);
        var start = new Seen(System.nanoTime(), 0);
        processors.forEach(this::start);
        Seen warm = awaitCommitted(first);
        // Of few records one commit may cover all; then starting must count too.
        return (warm.committed() < last ? warm : start).rateUntil(awaitCommitted(last));
    }

    private void send(long count) {
        BenchStream.Inputs inputs = stream.inputs(topics, cluster.serdes());
        try (var producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", cluster.bootstrapServers(), "batch.size", "65536"),
                new StringSerializer(),
                new ByteArraySerializer())) {
            for (long number = 0; number < count; number++) {
                BenchStream.Input input = inputs.next(number);
                producer.send(new ProducerRecord<>(own.input().name(), input.key(), input.value()));
                stop.check();
            }
        }
    }

    private void start(int processor) {
        Path own = folder.resolve("instance-" + instances.size());
        Path settings = own.resolve("vorrang.yaml");
        try {
            Files.createDirectories(own.resolve("tmp"));
            Files.writeString(settings, settings(own));
        } catch (IOException e) {
            throw new CommandFailedException(settings + " cannot be written: " + e.getMessage(), e);
        }
        instances.add(ChildProcess.start(
                Program.on(processor, instance),
                own.resolve("tmp"),
                own.resolve("out"),
                List.of(settings.toString(), own.resolve("vorrang.log").toString())));
    }

    private String settings(Path own) {
        String shared = """
                data: %s
                kafka: {mode: external, bootstrap-servers: "%s"}
                registry: {mode: external, url: "%s"}
                ingest: {mode: external}
                topics: {prefix: "%s", partitions: %d}
                metrics: {enabled: false}
                console: {enabled: false}
                """.formatted(
                        BenchStream.quoted(own),
                        cluster.bootstrapServers(),
                        cluster.registryUrl(),
                        prefix,
                        BenchCluster.PARTITIONS);
        return shared + stream.settings(group, plan.guarantee().name().toLowerCase(Locale.ROOT), plan.batch());
    }

    private Seen awaitCommitted(long count) {
        long committed = cluster.awaitCommitted(group, count, this::pause, () -> instances.size() + " instances run");
        return new Seen(System.nanoTime(), committed);
    }

    private void pause() {
        stop.await(GLANCE);
        stop.check();
        checkRunning();
    }

    private void checkRunning() {
        String fallen = instances.stream()
                .filter(instance -> !instance.runs())
                .map(ChildProcess::end)
                .collect(Collectors.joining("; "));
        if (!fallen.isEmpty()) {
            throw new CommandFailedException("an instance ended by itself: " + fallen);
        }
    }

    @Override
    public void close() {
        instances.forEach(ChildProcess::close);
        cluster.delete(prefix);
    }
}
