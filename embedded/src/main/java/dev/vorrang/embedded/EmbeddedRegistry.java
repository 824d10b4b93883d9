package dev.vorrang.embedded;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.KafkaException;

/**
 * A schema registry inside this program that any client of Confluent's API can reach. Its schemas stand in the compacted topic
 * {@code _schemas} of a Kafka cluster, in Confluent's own format, so that ids live as long as the cluster's data. One registry
 * at a time may serve a cluster. It has Avro schemas without references, and no authentication: keep it on the loopback address.
 *
 * <p>It runs on the JDK's HTTP server, because a second Jetty would clash with the one that Kafka Connect brings.
 */
public final class EmbeddedRegistry implements AutoCloseable {

    private static final int THREADS = 4;

    private final HttpServer server;
    private final ExecutorService threads;
    private final Registry registry;

    private EmbeddedRegistry(HttpServer server, ExecutorService threads, Registry registry) {
        this.server = server;
        this.threads = threads;
        this.registry = registry;
    }

    /**
     * Starts on the loopback address.
     *
     * @param port port to listen on, 0 for any that is free
     * @see #start(String, InetSocketAddress)
     */
    public static EmbeddedRegistry start(String bootstrapServers, int port) {
        return start(bootstrapServers, new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    }

    /**
     * Starts a registry, and returns when it has read its topic to the end and takes requests.
     *
     * @param bootstrapServers brokers that keep its topic, as Kafka's clients take them
     * @param listen address to listen on; port 0 for any that is free
     * @throws EmbeddedRegistryException if the address is taken, the brokers give no answer, or the topic is not compacted
     */
    public static EmbeddedRegistry start(String bootstrapServers, InetSocketAddress listen) {
        HttpServer server = bind(listen);
        SchemaLog log = null;
        try {
            log = SchemaLog.open(bootstrapServers);
            var registry = new Registry(log);
            ExecutorService threads = Executors.newFixedThreadPool(THREADS, task -> {
                var thread = new Thread(task, "embedded-registry");
                thread.setDaemon(true);
                return thread;
            });
            server.setExecutor(threads);
            server.createContext("/", new RegistryApi(registry));
            server.start();
            return new EmbeddedRegistry(server, threads, registry);
        } catch (KafkaException e) {
            if (log != null) {
                log.close();
            }
            // Only a server that was started can be stopped: this frees the port.
            server.start();
            server.stop(0);
            throw new EmbeddedRegistryException(
                    "the embedded registry did not start: no schemas from the broker at " + bootstrapServers + ": "
                            + e.getMessage(),
                    e);
        }
    }

    private static HttpServer bind(InetSocketAddress listen) {
        try {
            return HttpServer.create(listen, 0);
        } catch (IOException e) {
            throw new EmbeddedRegistryException(
                    "the embedded registry cannot listen on " + listen.getHostString() + ":" + listen.getPort() + " ("
                            + e.getMessage() + "): choose another port, or 0 for any",
                    e);
        }
    }

    /** Address for {@code schema.registry.url}. */
    public URI url() {
        InetSocketAddress address = server.getAddress();
        InetAddress host =
                address.getAddress().isAnyLocalAddress() ? InetAddress.getLoopbackAddress() : address.getAddress();
        String name = host.getHostAddress();
        return URI.create("http://" + (name.contains(":") ? "[" + name + "]" : name) + ":" + address.getPort());
    }

    /** Ends what is being answered and stops. */
    @Override
    public void close() {
        server.stop(0);
        threads.shutdown();
        try {
            // A write in progress is left to end: its record may be in the log already.
            threads.awaitTermination(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        registry.close();
    }
}
