package dev.vorrang.scoring.engine;

import dev.vorrang.schemas.Topic;
import dev.vorrang.scoring.engine.metrics.Metric;
import dev.vorrang.scoring.engine.metrics.ScoringMetrics;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a topology that calls no model: start it once, ask for its health, close it. A thread that fails commits nothing and is replaced
 * after a pause, as in {@link ScoringStreams}. Safe for use by many threads.
 */
public final class TopologyStreams implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(TopologyStreams.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration MAX_PAUSE = Duration.ofSeconds(10);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(30);
    /** Of internal topics: states may be larger than what a topic takes by default. */
    private static final String MAX_MESSAGE_BYTES = "8388608";
    /** Records of one poll. */
    private static final int POLL_RECORDS = 500;

    private final Flow flow;
    private final StreamsSettings settings;
    private final ScoringMetrics metrics;
    private final RetryPolicy retries;
    private KafkaStreams streams;
    private KafkaStreamsMetrics clientMetrics;
    private volatile Health.State phase = Health.State.CREATED;
    private volatile String failure;

    /**
     * What is run.
     *
     * @param name in words, for the log
     * @param topology built already
     * @param topics that it reads and writes
     * @param fromTheEnd those of them that are read from their end if they were never read before
     */
    public record Flow(String name, Topology topology, List<Topic<?>> topics, List<Topic<?>> fromTheEnd) {

        public Flow {
            topics = List.copyOf(topics);
            fromTheEnd = List.copyOf(fromTheEnd);
        }
    }

    public TopologyStreams(Flow flow, StreamsSettings settings, ScoringMetrics metrics) {
        this.flow = flow;
        this.settings = settings;
        this.metrics = metrics;
        this.retries = new RetryPolicy(settings.transactionTimeout().dividedBy(3), FIRST_PAUSE, MAX_PAUSE);
    }

    /**
     * Starts, and returns when the topics are there and the threads run.
     *
     * @throws MissingTopicException if topics are absent and may not be created
     * @throws org.apache.kafka.common.KafkaException if the broker refuses or gives no answer
     * @throws IllegalStateException if the state folder cannot be used, or this was started before
     */
    public synchronized void start() {
        if (phase != Health.State.CREATED) {
            throw new IllegalStateException("cannot start: " + phase);
        }
        phase = Health.State.STARTING;
        try {
            StateFolder.prepare(settings.stateFolder(), StateFolder.MIN_FREE_BYTES);
            try (Admin admin = Admin.create(settings.toAdminProperties())) {
                new TopicSetup(admin, settings.topics(), retries).ensure(flow.topics());
                if (!flow.fromTheEnd().isEmpty()) {
                    new StartOffsets(admin, settings.applicationId()).commitEnds(flow.fromTheEnd());
                }
            }
            startThreads();
        } catch (RuntimeException e) {
            fail(e.toString());
            throw e;
        }
    }

    private void startThreads() {
        streams =
                new KafkaStreams(flow.topology(), settings.toProperties(POLL_RECORDS, Duration.ZERO), new SteadyTime());
        StateFolder.closeToOthers(settings.stateFolder(), settings.applicationId());
        streams.setUncaughtExceptionHandler(this::threadFailed);
        metrics.gauge(Metric.RUNNING_THREADS, streams, TopologyStreams::liveThreads);
        clientMetrics = metrics.kafka(streams);
        streams.start();
        phase = Health.State.RUNNING;
    }

    private StreamThreadExceptionResponse threadFailed(Throwable thrown) {
        Throwable cause = thrown;
        while (cause.getCause() != null && cause.getCause() != cause) {
            cause = cause.getCause();
        }
        if (cause instanceof Error) {
            fail(cause.toString());
            return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        }
        Duration pause = retries.pauseAfterFailure(cause.toString());
        LOG.error("{} stopped, nothing was committed, going on in {} ms", flow.name(), pause.toMillis(), thrown);
        metrics.threadReplaced();
        retries.await(pause);
        return StreamThreadExceptionResponse.REPLACE_THREAD;
    }

    /** How it is doing now. */
    public Health health() {
        var problem = Optional.ofNullable(failure).or(retries::problem);
        if (phase != Health.State.RUNNING) {
            return new Health(phase, problem);
        }
        KafkaStreams.State state = streams.state();
        if (state == KafkaStreams.State.ERROR || state == KafkaStreams.State.PENDING_ERROR) {
            return new Health(Health.State.FAILED, problem);
        }
        if (problem.isPresent()) {
            return new Health(Health.State.RETRYING, problem);
        }
        if (state != KafkaStreams.State.RUNNING) {
            return new Health(Health.State.REBALANCING, problem);
        }
        // Nothing has failed for a while.
        retries.recordSuccess();
        return new Health(Health.State.RUNNING, problem);
    }

    /**
     * Commits what was read, leaves the group, and ends.
     *
     * @param timeout longest time to wait for that
     * @return whether all threads ended in time
     */
    public boolean close(Duration timeout) {
        retries.stop();
        KafkaStreams running;
        synchronized (this) {
            if (phase != Health.State.FAILED) {
                phase = Health.State.STOPPED;
            }
            running = streams;
            if (clientMetrics != null) {
                clientMetrics.close();
            }
        }
        return running == null
                || running.close(CloseOptions.groupMembershipOperation(GroupMembershipOperation.LEAVE_GROUP)
                        .withTimeout(timeout));
    }

    /** Closes within 30 seconds. */
    @Override
    public void close() {
        if (!close(CLOSE_TIMEOUT)) {
            LOG.warn("{} did not end within {}; what was not committed is done again", flow.name(), CLOSE_TIMEOUT);
        }
    }

    private void fail(String problem) {
        failure = problem;
        phase = Health.State.FAILED;
    }

    private static double liveThreads(KafkaStreams streams) {
        return streams.metadataForLocalThreads().stream()
                .filter(thread -> !thread.threadState().equals("DEAD"))
                .count();
    }
}
