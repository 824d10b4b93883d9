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
 * One Kafka node, broker and KRaft controller together, inside this program, reachable from this machine alone. Its data stays
 * in a folder; started on the same folder again it goes on where it was.
 *
 * <p>Its threads are not daemons: whoever starts it closes it, or the program does not end.
 */
public final class EmbeddedKafka implements AutoCloseable {

    private static final String HOST = "127.0.0.1";
    private static final int NODE = 1;
    private static final String CLIENTS = "CLIENTS";
    private static final String CONTROLLER = "CONTROLLER";

    /** Kafka leaves it where it stopped in an orderly way. */
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
     * Starts a broker and returns when it takes connections.
     *
     * @param dataFolder made and formatted if it is empty or absent
     * @param port port to listen on, 0 for any that is free
     * @throws EmbeddedKafkaException if the port is taken, or the folder cannot be written or is in use by another broker
     */
    public static EmbeddedKafka start(Path dataFolder, int port) {
        return start(dataFolder, port, Map.of());
    }

    /**
     * Starts a broker that takes nobody but who has the login.
     *
     * @see #start(Path, int)
     */
    public static EmbeddedKafka start(Path dataFolder, int port, EmbeddedLogin login) {
        return start(dataFolder, port, Optional.of(login), Map.of());
    }

    /**
     * Starts a broker with settings of its own, open to everyone on this machine.
     *
     * @param overrides broker settings by Kafka's names; they win over those made here
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
        // Kafka would notice a folder in use as well, but ends the whole program then.
        var lock = lock(dataFolder);
        KafkaRaftServer server = null;
        try {
            boolean isNew = format(dataFolder);
            if (!isNew && !Files.exists(dataFolder.resolve(CLEAN_SHUTDOWN))) {
                KilledBroker.forget(
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

    /** Whether a broker, in this program or another, runs on this folder. */
    public static boolean isRunning(Path dataFolder) {
        return FolderLock.isTaken(dataFolder);
    }

    /** Host and port, as Kafka's clients take it. */
    public String bootstrapServers() {
        return HOST + ":" + ports.broker();
    }

    public int port() {
        return ports.broker();
    }

    Ports ports() {
        return ports;
    }

    /** Stops the broker in an orderly way and returns when it has. */
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
        // A single node: internal topics have one replica, and few partitions start and recover faster.
        settings.putAll(Map.of(
                "offsets.topic.replication.factor", "1",
                "offsets.topic.num.partitions", "4",
                "transaction.state.log.replication.factor", "1",
                "transaction.state.log.min.isr", "1",
                "transaction.state.log.num.partitions", "4",
                "share.coordinator.state.topic.replication.factor", "1",
                "share.coordinator.state.topic.min.isr", "1",
                "group.initial.rebalance.delay.ms", "0"));
        // No other broker can take over, so that a late heartbeat (a long pause, a slow disk, a busy machine) is no
        // reason to take the
        // partitions from this one; after a kill the session is not waited for, see KilledBroker.
        settings.putAll(Map.of(
                "broker.session.timeout.ms", "300000",
                "broker.heartbeat.interval.ms", "2000",
                "auto.create.topics.enable", "false",
                "message.max.bytes", "8388608",
                "controlled.shutdown.enable", "true",
                // Kafka's own 128 MiB are for brokers of many large compacted topics, and held from the start.
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

    /** @return whether there was nothing in it before */
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

    /** Where the broker listens for its clients, and for itself as its controller: never the same. */
    record Ports(int broker, int controller) {

        /**
         * Ports that are free.
         *
         * @param port the broker's, or 0 for any
         * @throws EmbeddedKafkaException if it is taken
         */
        static Ports free(int port) {
            // Both are held at once, or the second might be the first.
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
