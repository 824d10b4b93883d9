package dev.vorrang.app.stream;

import dev.vorrang.app.program.ClientFile;
import dev.vorrang.app.program.CommandFailedException;
import dev.vorrang.app.program.PrivateFiles;
import dev.vorrang.app.settings.Placement;
import dev.vorrang.app.settings.Settings;
import dev.vorrang.embedded.EmbeddedKafka;
import dev.vorrang.embedded.EmbeddedRegistry;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How clients reach the broker and the registry that the settings name, or those that run embedded in another program with the same
 * data folder. Whoever opens one closes it.
 */
public final class ClusterAccess implements AutoCloseable {

    private static final String BOOTSTRAP = "bootstrap.servers";
    private static final String URL = "schema.registry.url";

    private final Map<String, String> kafkaClient;
    private final Map<String, String> registryClient;
    private final Runnable closing;

    private ClusterAccess(Map<String, String> kafkaClient, Map<String, String> registryClient, Runnable closing) {
        this.kafkaClient = Map.copyOf(kafkaClient);
        this.registryClient = Map.copyOf(registryClient);
        this.closing = closing;
    }

    /**
     * Uses what runs; nothing is started, and no connection is made. Address and login of what runs embedded stand in its data folder.
     *
     * @throws CommandFailedException if this user may not read them
     */
    public static ClusterAccess running(Settings settings) {
        var file = new ClientFile(settings.data());
        var kafka = new HashMap<>(settings.kafka().properties().values());
        if (settings.kafka().mode() == Placement.EMBEDDED) {
            kafka.put(BOOTSTRAP, "127.0.0.1:" + settings.kafka().port());
            kafka.putAll(file.kafkaClient());
        } else {
            kafka.put(BOOTSTRAP, settings.kafka().bootstrapServers().orElseThrow());
        }
        var registry = new HashMap<>(settings.registry().properties().values());
        if (settings.registry().mode() == Placement.EMBEDDED) {
            registry.put(
                    URL,
                    "http://" + settings.registry().address() + ":"
                            + settings.registry().port());
            registry.putAll(file.registryClient());
        } else {
            registry.put(URL, settings.registry().url().orElseThrow().toString());
        }
        return of(kafka, registry);
    }

    /**
     * Uses what runs, whatever settings it was started with.
     *
     * @param kafka settings of a Kafka client, by Kafka's names
     * @param registry settings of a registry client, by Confluent's names
     */
    public static ClusterAccess of(Map<String, String> kafka, Map<String, String> registry) {
        return new ClusterAccess(kafka, registry, () -> {});
    }

    /**
     * Uses what runs. If the settings have an embedded broker and no program runs on its data folder, broker and registry are started
     * here, on free ports, until this is closed.
     *
     * @throws CommandFailedException if there is no such data folder
     */
    public static ClusterAccess forReading(Settings settings) {
        Path folder = settings.data().resolve("kafka");
        if (settings.kafka().mode() == Placement.EXTERNAL || EmbeddedKafka.isRunning(folder)) {
            return running(settings);
        }
        if (!Files.isDirectory(folder)) {
            throw new CommandFailedException(
                    "data: there is no broker's data in '"
                            + settings.data().toAbsolutePath()
                            + "', and no program runs there; start './vorrang run' with these settings, or go to the folder it runs in");
        }
        return start(settings, folder);
    }

    private static ClusterAccess start(Settings settings, Path folder) {
        PrivateFiles.fromNowOn();
        var login = new ClientFile(settings.data()).login();
        var broker = EmbeddedKafka.start(folder, 0, login);
        try {
            var kafka = new HashMap<>(settings.kafka().properties().values());
            kafka.putAll(login.kafkaClient());
            kafka.put(BOOTSTRAP, broker.bootstrapServers());
            var registry = new HashMap<>(settings.registry().properties().values());
            if (settings.registry().mode() == Placement.EXTERNAL) {
                registry.put(URL, settings.registry().url().orElseThrow().toString());
                return new ClusterAccess(kafka, registry, broker::close);
            }
            var listen = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
            var embedded = EmbeddedRegistry.start(kafka, listen, Optional.of(login));
            registry.putAll(login.registryClient());
            registry.put(URL, embedded.url().toString());
            return new ClusterAccess(kafka, registry, () -> {
                embedded.close();
                broker.close();
            });
        } catch (RuntimeException e) {
            broker.close();
            throw e;
        }
    }

    /** Settings of a Kafka client, by Kafka's names. */
    public Map<String, String> kafkaClient() {
        return kafkaClient;
    }

    /** Settings of a registry client, by Confluent's names. */
    public Map<String, String> registryClient() {
        return registryClient;
    }

    /** Addresses of the brokers. */
    public String bootstrapServers() {
        return kafkaClient.get(BOOTSTRAP);
    }

    @Override
    public void close() {
        closing.run();
    }
}
