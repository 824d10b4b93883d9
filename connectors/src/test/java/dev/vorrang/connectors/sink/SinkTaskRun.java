package dev.vorrang.connectors.sink;

import static org.awaitility.Awaitility.await;

import dev.vorrang.schemas.Action;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.metrics.PluginMetrics;
import org.apache.kafka.connect.sink.ErrantRecordReporter;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.sink.SinkTask;
import org.apache.kafka.connect.sink.SinkTaskContext;

/** One life of a sink task in the place of a worker, with one partition, which the test fills. */
public final class SinkTaskRun implements AutoCloseable {

    public static final TopicPartition PARTITION = new TopicPartition(TestActions.TOPIC, 0);
    private static final Duration LIMIT = Duration.ofMinutes(1);

    /** A record that was given up, and why. */
    public record Letter(SinkRecord record, String cause) {}

    private final SinkTask task;
    private final List<Letter> letters = new ArrayList<>();
    private final Context context = new Context();
    private long next;

    public SinkTaskRun(SinkTask task, Map<String, String> config) {
        this(task, config, 0);
    }

    /** @param offset of the first record */
    public SinkTaskRun(SinkTask task, Map<String, String> config, long offset) {
        this.task = task;
        this.next = offset;
        task.initialize(context);
        task.start(config);
        task.open(Set.of(PARTITION));
    }

    /** Gives the task actions. */
    public SinkTaskRun put(Action... actions) {
        var records = new ArrayList<SinkRecord>();
        for (var action : actions) {
            records.add(TestActions.record(action, 0, next++));
        }
        task.put(records);
        return this;
    }

    /** Comes again without new actions until so, as Connect does. */
    public SinkTaskRun until(String what, Callable<Boolean> condition) {
        await(what).atMost(LIMIT).pollInterval(Duration.ofMillis(5)).until(() -> {
            task.put(List.of());
            return condition.call();
        });
        return this;
    }

    /** Until nothing is left to do. */
    public SinkTaskRun untilDone() {
        return until("all done", () -> committed() == next);
    }

    /** Up to where a worker would commit now. */
    public long committed() {
        return task.preCommit(Map.of(PARTITION, new OffsetAndMetadata(next)))
                .get(PARTITION)
                .offset();
    }

    public List<Letter> letters() {
        return letters;
    }

    /** How long the task asks to be left alone, in ms. */
    public long timeout() {
        return context.timeout;
    }

    /** How often the task asked for a commit. */
    public int commitRequests() {
        return context.commitRequests;
    }

    public boolean isPaused() {
        return context.paused;
    }

    @Override
    public void close() {
        task.close(Set.of(PARTITION));
        task.stop();
    }

    private final class Context implements SinkTaskContext {

        private long timeout;
        private boolean paused;
        private int commitRequests;

        @Override
        public Map<String, String> configs() {
            return Map.of();
        }

        @Override
        public void offset(Map<TopicPartition, Long> offsets) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void offset(TopicPartition partition, long offset) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void timeout(long timeoutMs) {
            timeout = timeoutMs;
        }

        @Override
        public Set<TopicPartition> assignment() {
            return Set.of(PARTITION);
        }

        @Override
        public void pause(TopicPartition... partitions) {
            paused = true;
        }

        @Override
        public void resume(TopicPartition... partitions) {
            paused = false;
        }

        @Override
        public void requestCommit() {
            commitRequests++;
        }

        @Override
        public ErrantRecordReporter errantRecordReporter() {
            return (record, error) -> {
                letters.add(new Letter(record, error.getMessage()));
                return CompletableFuture.completedFuture(null);
            };
        }

        @Override
        public PluginMetrics pluginMetrics() {
            return null;
        }
    }
}
