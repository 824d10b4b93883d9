package dev.vorrang.embedded;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/**
 * A single Kafka node, broker and KRaft controller, in this process. It listens on the loopback address only. Its data is stored
 * in a folder and used again when a node is started on that folder.
 *
 * <p>Its threads are not daemons: the caller must close it, or the process does not end.
 */
public final class EmbeddedKafka implements AutoCloseable {

    private static final String HOST = "127.0.0.1";
    private static final int NODE = 1;
    private static final String CLIENTS = "CLIENTS";
    private static final String CONTROLLER = "CONTROLLER";

    /** Kafka creates this file on a clean shutdown. */
    private static final String CLEAN_SHUTDOWN = ".kafka_cleanshutdown";

    private final FolderLock lock;
    private final KafkaRaftServer server;
    private final Ports ports;

    private EmbeddedKafka(FolderLock lock, KafkaRaftServer server, Ports ports) {
        this.lock = lock;
        this.server = server;
        this.ports = ports;
    }

    /**
     * Starts a broker without login and returns when it accepts connections.
     *
     * @param dataFolder created and formatted if empty or absent
     * @param port to listen on; 0 for any free port
     * @throws EmbeddedKafkaException if the port is in use, or the folder is not writable or in use by another broker
     */
    public static EmbeddedKafka start(Path dataFolder, int port) {
        return start(dataFolder, port, Map.of());
    }

    /**
     * Starts a broker that requires a login.
     *
     * @see #start(Path, int)
     */
    public static EmbeddedKafka start(Path dataFolder, int port, EmbeddedLogin login) {
        return start(dataFolder, port, Optional.of(login), Map.of());
    }

    /**
     * Starts a broker without login and with further settings.
     *
     * @param overrides broker settings by Kafka's names; they override the defaults of this class
     * @see #start(Path, int)
     */
    public static EmbeddedKafka start(Path dataFolder, int port, Map<String, String> overrides) {
        return start(dataFolder, port, Optional.empty(), overrides);
    }

    private static EmbeddedKafka start(
            Path dataFolder, int port, Optional<EmbeddedLogin> login, Map<String, String> overrides) {
        var ports = Ports.free(port);
        var settings = settings(dataFolder, ports, login);
        settings.putAll(overrides);
        // Kafka detects a folder in use as well, but then ends the whole process.
        var lock = lock(dataFolder);
        KafkaRaftServer server = null;
        try {
            boolean isNew = format(dataFolder);
            if (!isNew && !Files.exists(dataFolder.resolve(CLEAN_SHUTDOWN))) {
                KilledBroker.unregister(
                        NODE, settings, login.map(EmbeddedLogin::kafkaClient).orElse(Map.of()));
            }
            server = new KafkaRaftServer(KafkaConfig.fromProps(settings), Time.SYSTEM);
            server.startup();
            return new EmbeddedKafka(lock, server, ports);
        } catch (Exception e) {
            if (server != null) {
                server.shutdown();
            }
            lock.close();
            throw new EmbeddedKafkaException(
                    "the embedded broker did not start on port " + ports.broker() + " with data folder " + dataFolder
                            + ": " + e.getMessage(),
                    e);
        }
    }

    /** Whether a broker in this or another process uses this folder. */
    public static boolean isRunning(Path dataFolder) {
        return FolderLock.isTaken(dataFolder);
    }

    /** Value for {@code bootstrap.servers}: host and port. */
    public String bootstrapServers() {
        return HOST + ":" + ports.broker();
    }

    public int port() {
        return ports.broker();
    }

    Ports ports() {
        return ports;
    }

    /** Shuts the broker down cleanly and returns when it has stopped. */
    @Override
    public void close() {
        server.shutdown();
        server.awaitShutdown();
        lock.close();
    }

    private static Properties settings(Path dataFolder, Ports ports, Optional<EmbeddedLogin> login) {
        var settings = new Properties();
        String protocol = login.isPresent() ? "SASL_PLAINTEXT" : "PLAINTEXT";
        login.ifPresent(each ->
                settings.putAll(each.broker(CLIENTS.toLowerCase(Locale.ROOT), CONTROLLER.toLowerCase(Locale.ROOT))));
        settings.putAll(Map.of(
                "process.roles",
                "broker,controller",
                "node.id",
                Integer.toString(NODE),
                "controller.quorum.voters",
                NODE + "@" + HOST + ":" + ports.controller(),
                "controller.listener.names",
                CONTROLLER,
                "inter.broker.listener.name",
                CLIENTS,
                "listeners",
                CLIENTS + "://" + HOST + ":" + ports.broker() + "," + CONTROLLER + "://" + HOST + ":"
                        + ports.controller(),
                "listener.security.protocol.map",
                CLIENTS + ":" + protocol + "," + CONTROLLER + ":" + protocol,
                "log.dirs",
                dataFolder.toAbsolutePath().toString()));
        // A single node: internal topics have one replica, and few partitions for a fast start.
        settings.putAll(Map.of(
                "offsets.topic.replication.factor", "1",
                "offsets.topic.num.partitions", "4",
                "transaction.state.log.replication.factor", "1",
                "transaction.state.log.min.isr", "1",
                "transaction.state.log.num.partitions", "4",
                "share.coordinator.state.topic.replication.factor", "1",
                "share.coordinator.state.topic.min.isr", "1",
                "group.initial.rebalance.delay.ms", "0"));
        // No other broker can take over, so a late heartbeat (a long pause, a slow disk, a busy machine) must not
        // fence this one. After a kill nothing waits for the session to expire, see KilledBroker.
        settings.putAll(Map.of(
                "broker.session.timeout.ms", "300000",
                "broker.heartbeat.interval.ms", "2000",
                "auto.create.topics.enable", "false",
                "message.max.bytes", "8388608",
                "controlled.shutdown.enable", "true",
                // Kafka's default of 128 MiB suits many large compacted topics, and is allocated at the start.
                "log.cleaner.dedupe.buffer.size", "16777216"));
        return settings;
    }

    private static FolderLock lock(Path dataFolder) {
        try {
            return FolderLock.take(dataFolder)
                    .orElseThrow(() -> new EmbeddedKafkaException(
                            "data folder " + dataFolder
                                    + " is in use by another broker: stop that one, or choose another folder",
                            null));
        } catch (IOException e) {
            throw new EmbeddedKafkaException(
                    "data folder " + dataFolder + " cannot be written: choose one that this user can write", e);
        }
    }

    /** @return whether the folder was not formatted before */
    private static boolean format(Path dataFolder) throws Exception {
        if (Files.exists(dataFolder.resolve("meta.properties"))) {
            return false;
        }
        new Formatter()
                .setNodeId(NODE)
                .setClusterId(Uuid.randomUuid().toString())
                .setControllerListenerName(CONTROLLER)
                .setMetadataLogDirectory(dataFolder.toAbsolutePath().toString())
                .addDirectory(dataFolder.toAbsolutePath().toString())
                .setReleaseVersion(MetadataVersion.latestProduction())
                .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
                .run();
        return true;
    }

    /** Ports of the broker and of the controller, which differ. */
    record Ports(int broker, int controller) {

        /**
         * Finds free ports.
         *
         * @param port of the broker; 0 for any free port
         * @throws EmbeddedKafkaException if the port is in use
         */
        static Ports free(int port) {
            // Both are bound at once, or the second could be the first.
            try (var broker = new ServerSocket();
                    var controller = new ServerSocket()) {
                bind(broker, port);
                bind(controller, 0);
                return new Ports(broker.getLocalPort(), controller.getLocalPort());
            } catch (IOException e) {
                throw new EmbeddedKafkaException(
                        "port " + port + " on " + HOST
                                + " is taken: choose another port for the embedded broker, or 0 for any",
                        new UncheckedIOException(e));
            }
        }

        private static void bind(ServerSocket socket, int port) throws IOException {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        }
    }
}
