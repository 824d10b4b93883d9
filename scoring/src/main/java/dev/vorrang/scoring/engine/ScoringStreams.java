package dev.vorrang.scoring.engine;

import dev.vorrang.scoring.engine.metrics.Metric;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.ThreadMetadata;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a stream: start it once, ask for its health, close it. A stream thread that fails commits nothing and is replaced
 * after a pause, so that a passing fault (the broker, the registry, the model) costs time and no record. Safe for use by many
 * threads.
 */
public final class ScoringStreams implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ScoringStreams.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration MAX_PAUSE = Duration.ofSeconds(10);
    private static final Duration START_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(30);

    private final StreamDefinition<?, ?, ?> stream;
    private final StreamsSettings settings;
    private final CommitHook hook;
    private final RetryPolicy retries;
    private final InferenceWatchdog watchdog;
    private KafkaStreams streams;
    private InputLag lag;
    private KafkaStreamsMetrics clientMetrics;
    private volatile Health.State phase = Health.State.CREATED;
    private volatile String failure;

    /**
     * @throws IllegalStateException if Kafka Streams on the class path is of a version that this was not tested with
     * @throws IllegalArgumentException if the stream's limits of time do not fit the settings
     */
    public ScoringStreams(StreamDefinition<?, ?, ?> stream, StreamsSettings settings) {
        this(stream, settings, CachedStoreCommitHook.create());
    }

    /**
     * With a hook of one's own.
     *
     * @param hook makes holding records safe; one that does not loses them
     */
    public ScoringStreams(StreamDefinition<?, ?, ?> stream, StreamsSettings settings, CommitHook hook) {
        this.stream = stream;
        this.settings = settings;
        this.hook = hook;
        // Less than a transaction may last: past that, the broker would end it under a thread that still waits.
        this.retries = new RetryPolicy(settings.transactionTimeout().dividedBy(3), FIRST_PAUSE, MAX_PAUSE);
        settings.check(stream.batch().limits());
        this.watchdog = new InferenceWatchdog(
                stream.batch().limits(), stream.environment().metrics(), this::fail);
    }

    /**
     * Starts, and returns when the topics are there and the threads run. While the broker gives no answer it waits and says so
     * every few seconds; {@link #close} from another thread, or an interrupt, ends the wait.
     *
     * @throws MissingTopicException if topics are absent and may not be created
     * @throws KafkaException if the broker refuses
     * @throws IllegalStateException if the state folder cannot be used, or this was started before
     */
    public void start() {
        synchronized (this) {
            if (phase != Health.State.CREATED) {
                throw new IllegalStateException("cannot start: " + phase);
            }
            phase = Health.State.STARTING;
        }
        try {
            StateFolder.prepare(settings.stateFolder(), StateFolder.MIN_FREE_BYTES);
            if (awaitTopics()) {
                startThreads();
            }
        } catch (RuntimeException e) {
            fail(e.toString());
            throw e;
        }
    }

    private boolean awaitTopics() {
        var properties = TopicSetup.withTimeouts(settings.toAdminProperties(), START_TIMEOUT);
        while (true) {
            try (Admin admin = Admin.create(properties)) {
                new TopicSetup(admin, settings.topics(), retries)
                        .ensure(stream.topics().all());
                return true;
            } catch (RetriableException e) {
                String problem = "no answer from Kafka at " + settings.bootstrapServers() + ": " + e.getMessage();
                retries.recordFailure(problem);
                LOG.warn("Waiting: {}", problem);
                if (!retries.await(Duration.ofSeconds(1))) {
                    return false;
                }
            }
        }
    }

    private synchronized void startThreads() {
        if (phase != Health.State.STARTING) {
            return;
        }
        var topology = ScoringTopology.build(stream, retries, hook, watchdog);
        var batch = stream.batch();
        streams = new KafkaStreams(topology, settings.toProperties(batch.maxSize(), batch.linger()));
        StateFolder.closeToOthers(settings.stateFolder(), settings.applicationId());
        streams.setUncaughtExceptionHandler(this::threadFailed);
        stream.models().inService().forEach(stream.environment().metrics()::model);
        lag = new InputLag(
                Admin.create(settings.toAdminProperties()),
                settings.applicationId(),
                stream.topics().input().name(),
                () -> consumers(streams));
        stream.environment().metrics().gauge(Metric.CONSUMER_LAG, lag, InputLag::records);
        stream.environment().metrics().gauge(Metric.RUNNING_THREADS, streams, ScoringStreams::liveThreads);
        stream.environment()
                .metrics()
                .gauge(Metric.CALL_AGE, watchdog, each -> each.longestAge().toMillis() / 1e3);
        clientMetrics = stream.environment().metrics().kafka(streams);
        watchdog.start();
        streams.start();
        retries.recordSuccess();
        phase = Health.State.RUNNING;
        LOG.info(
                "Scoring {} of {} with {}",
                stream.topics().input().name(),
                settings.bootstrapServers(),
                stream.models().inService());
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
        LOG.error("Scoring stopped, nothing was committed, going on in {} ms: {}", pause.toMillis(), cause.toString());
        stream.environment().metrics().threadReplaced();
        retries.await(pause);
        return StreamThreadExceptionResponse.REPLACE_THREAD;
    }

    /** How it is doing now. */
    public Health health() {
        var slow = watchdog.problem();
        var problem = Optional.ofNullable(failure).or(() -> slow).or(retries::problem);
        if (phase != Health.State.RUNNING) {
            return new Health(phase, problem);
        }
        KafkaStreams.State state = streams.state();
        if (state == KafkaStreams.State.ERROR || state == KafkaStreams.State.PENDING_ERROR) {
            return new Health(Health.State.FAILED, problem);
        }
        if (slow.isPresent()) {
            return new Health(Health.State.HANGING, slow);
        }
        if (problem.isPresent()) {
            return new Health(Health.State.RETRYING, problem);
        }
        return new Health(
                state == KafkaStreams.State.RUNNING ? Health.State.RUNNING : Health.State.REBALANCING, problem);
    }

    /**
     * Scores and commits what was read, leaves the group, and ends.
     *
     * @param timeout longest time to wait for that
     * @return whether all threads, and all calls of models, ended in time
     */
    public boolean close(Duration timeout) {
        retries.stop();
        KafkaStreams running;
        InputLag asking;
        synchronized (this) {
            if (phase != Health.State.FAILED) {
                phase = Health.State.STOPPED;
            }
            running = streams;
            asking = lag;
            if (clientMetrics != null) {
                clientMetrics.close();
            }
        }
        long start = System.nanoTime();
        try {
            boolean ended = running == null
                    || running.close(CloseOptions.groupMembershipOperation(GroupMembershipOperation.LEAVE_GROUP)
                            .withTimeout(timeout));
            Duration left = timeout.minusNanos(System.nanoTime() - start);
            return stream.models().awaitCalls(left.isNegative() ? Duration.ZERO : left) && ended;
        } finally {
            watchdog.close();
            if (asking != null) {
                asking.close();
            }
        }
    }

    /** Closes within 30 seconds. */
    @Override
    public void close() {
        if (!close(CLOSE_TIMEOUT)) {
            LOG.warn(
                    "Scoring did not end within {}; what was not committed is scored again at the next start",
                    CLOSE_TIMEOUT);
        }
    }

    private void fail(String problem) {
        failure = problem;
        phase = Health.State.FAILED;
    }

    private static Set<String> consumers(KafkaStreams streams) {
        return streams.metadataForLocalThreads().stream()
                .map(ThreadMetadata::consumerClientId)
                .collect(Collectors.toSet());
    }

    private static double liveThreads(KafkaStreams streams) {
        return streams.metadataForLocalThreads().stream()
                .filter(thread -> !thread.threadState().equals("DEAD"))
                .count();
    }
}
