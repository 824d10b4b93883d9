package dev.vorrang.app.worker;

import dev.vorrang.app.program.CommandFailedException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.connect.connector.policy.NoneConnectorClientConfigOverridePolicy;
import org.apache.kafka.connect.errors.NotFoundException;
import org.apache.kafka.connect.runtime.Herder;
import org.apache.kafka.connect.runtime.RestartRequest;
import org.apache.kafka.connect.runtime.Worker;
import org.apache.kafka.connect.runtime.WorkerConfig;
import org.apache.kafka.connect.runtime.isolation.Plugins;
import org.apache.kafka.connect.runtime.rest.entities.ConnectorInfo;
import org.apache.kafka.connect.runtime.standalone.StandaloneHerder;
import org.apache.kafka.connect.util.FutureCallback;
import org.apache.kafka.connect.util.TopicAdmin;

/**
 * A Kafka Connect worker inside this program, without Connect's REST server: nothing outside needs to steer it. Safe for use by
 * many threads.
 */
public final class ConnectWorker implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofSeconds(60);

    private final StandaloneHerder herder;

    private ConnectWorker(StandaloneHerder herder) {
        this.herder = herder;
    }

    /**
     * Starts a worker and returns when it takes connectors.
     *
     * @param bootstrapServers as Kafka's clients take it
     * @param offsetTopic made if it is absent; two workers must not share one
     * @param clientSettings further settings of the worker and its Kafka clients, such as TLS, by Kafka's names
     * @param sent hears the topic of each record that Kafka took from a connector, from the producers' threads
     */
    public static ConnectWorker start(
            String bootstrapServers, String offsetTopic, Map<String, String> clientSettings, Consumer<String> sent) {
        var settings = settings(bootstrapServers, clientSettings);
        settings.putAll(SentRecords.settings(sent));
        var plugins = new Plugins(settings);
        var loader = plugins.compareAndSwapWithDelegatingLoader();
        try {
            var config = new EmbeddedConfig(settings);
            var offsets = new OffsetTopic(offsetTopic, new TopicAdmin(new HashMap<>(config.originals())));
            offsets.configure(config);
            var policy = new NoneConnectorClientConfigOverridePolicy();
            var id = InetAddress.getLoopbackAddress().getHostName() + ":"
                    + ProcessHandle.current().pid();
            var worker = new Worker(id, Time.SYSTEM, plugins, config, offsets, policy);
            var herder = new StandaloneHerder(worker, config.kafkaClusterId(), policy);
            herder.start();
            herder.ready();
            return new ConnectWorker(herder);
        } finally {
            Plugins.compareAndSwapLoaders(loader);
        }
    }

    /**
     * Validates a connector's settings and starts it.
     *
     * @throws CommandFailedException if a setting is wrong; the message names each
     */
    public void run(String connector, Map<String, String> config) {
        var started = new FutureCallback<Herder.Created<ConnectorInfo>>();
        var named = new HashMap<>(config);
        named.put("name", connector);
        herder.putConnectorConfig(connector, named, true, started);
        try {
            started.get(START_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new CommandFailedException("connector " + connector + ": " + problems(e.getCause()), e);
        } catch (TimeoutException e) {
            throw new CommandFailedException(
                    "connector " + connector + " did not start within " + START_LIMIT.toSeconds() + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailedException("interrupted while connector " + connector + " started", e);
        }
    }

    /** How a connector and its tasks are. The worst of them counts. */
    public ConnectorHealth health(String connector) {
        try {
            var status = herder.connectorStatus(connector);
            if ("FAILED".equals(status.connector().state())) {
                return ConnectorHealth.failed(status.connector().trace());
            }
            for (var task : status.tasks()) {
                if ("FAILED".equals(task.state())) {
                    return ConnectorHealth.failed(task.trace());
                }
            }
            boolean running = !status.tasks().isEmpty()
                    && status.tasks().stream().allMatch(task -> "RUNNING".equals(task.state()));
            return running ? ConnectorHealth.RUNNING : ConnectorHealth.STARTING;
        } catch (NotFoundException e) {
            return ConnectorHealth.STARTING;
        }
    }

    /** Starts again what has failed of a connector. Returns at once. */
    public void restartFailed(String connector) {
        herder.restartConnectorAndTasks(new RestartRequest(connector, true, true), (error, result) -> {});
    }

    /** Stops connectors and worker; what they had read and Kafka has taken is committed first. */
    @Override
    public void close() {
        herder.stop();
    }

    /** Connect's message without its frame: where to look in a REST server that is not here. */
    private static String problems(Throwable error) {
        return String.valueOf(error.getMessage())
                .lines()
                .filter(line ->
                        !line.startsWith("Connector configuration is invalid") && !line.startsWith("You can also find"))
                .collect(Collectors.joining("; "));
    }

    private static HashMap<String, String> settings(String bootstrapServers, Map<String, String> clientSettings) {
        var settings = new HashMap<>(Map.of(
                "bootstrap.servers",
                bootstrapServers,
                "plugin.discovery",
                "service_load",
                "key.converter",
                "org.apache.kafka.connect.storage.StringConverter",
                "value.converter",
                "org.apache.kafka.connect.converters.ByteArrayConverter",
                "offset.flush.interval.ms",
                "1000",
                "offset.flush.timeout.ms",
                "3000",
                "task.shutdown.graceful.timeout.ms",
                "3000",
                "producer.max.request.size",
                "8388608",
                "producer.linger.ms",
                "5",
                // Lets a whole retry end before the task is taken to have failed.
                "producer.delivery.timeout.ms",
                "120000"));
        settings.putAll(clientSettings);
        return settings;
    }

    /** What every worker has; where offsets are kept is this package's own choice. */
    private static final class EmbeddedConfig extends WorkerConfig {

        private static final ConfigDef DEFINITION = baseConfigDef();

        EmbeddedConfig(Map<String, String> settings) {
            super(DEFINITION, settings);
        }
    }
}
