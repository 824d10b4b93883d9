package dev.vorrang.embedded;

import dev.vorrang.embedded.http.HttpEndpoint;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.KafkaException;

/**
 * A schema registry in this process with Confluent's REST API. It stores schemas in the compacted topic {@code _schemas} of a Kafka
 * cluster, in Confluent's format, so ids live as long as the cluster's data. At most one registry may run on a cluster. It
 * supports Avro schemas without references. Thread-safe.
 */
public final class EmbeddedRegistry implements AutoCloseable {

    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "DELETE");

    private final HttpEndpoint endpoint;
    private final Registry registry;

    private EmbeddedRegistry(HttpEndpoint endpoint, Registry registry) {
        this.endpoint = endpoint;
        this.registry = registry;
    }

    /**
     * Starts a registry without login on the loopback address.
     *
     * @param port to listen on; 0 for any free port
     * @see #start(String, InetSocketAddress)
     */
    public static EmbeddedRegistry start(String bootstrapServers, int port) {
        return start(bootstrapServers, new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    }

    /**
     * Starts a registry without login.
     *
     * @see #start(Map, InetSocketAddress, Optional)
     */
    public static EmbeddedRegistry start(String bootstrapServers, InetSocketAddress listen) {
        return start(Map.of("bootstrap.servers", bootstrapServers), listen, Optional.empty());
    }

    /**
     * Starts a registry, and returns when it has read its topic to the end and accepts requests.
     *
     * @param kafkaClient settings of a Kafka client, by Kafka's names
     * @param listen address to listen on; port 0 for any free port
     * @param login required from clients; empty for none
     * @throws EmbeddedRegistryException if the address is in use, the brokers do not answer, or the topic is not compacted
     */
    public static EmbeddedRegistry start(
            Map<String, String> kafkaClient, InetSocketAddress listen, Optional<EmbeddedLogin> login) {
        Registry registry = registry(kafkaClient);
        try {
            var endpoint = HttpEndpoint.start(
                    "registry", listen, METHODS, login.map(each -> each::isBasic), new RegistryApi(registry));
            return new EmbeddedRegistry(endpoint, registry);
        } catch (IOException e) {
            registry.close();
            throw new EmbeddedRegistryException(
                    "the embedded registry cannot listen on " + listen.getHostString() + ":" + listen.getPort()
                            + ", which is in use or not an address of this machine: choose another port, or 0 for any",
                    e);
        }
    }

    private static Registry registry(Map<String, String> kafkaClient) {
        SchemaLog log = null;
        try {
            log = SchemaLog.open(kafkaClient);
            return new Registry(log);
        } catch (KafkaException e) {
            if (log != null) {
                log.close();
            }
            throw new EmbeddedRegistryException(
                    "the embedded registry did not start: no schemas from the broker at "
                            + kafkaClient.get("bootstrap.servers") + ": " + e.getMessage(),
                    e);
        }
    }

    /** Address for {@code schema.registry.url}. */
    public URI url() {
        return endpoint.url();
    }

    /**
     * Restarts the HTTP server on the same address, after it has stopped answering.
     *
     * @throws IOException if the address cannot be bound; may be retried
     */
    public void restart() throws IOException {
        endpoint.restart();
    }

    /** Completes requests in progress and stops. */
    @Override
    public void close() {
        endpoint.close();
        registry.close();
    }
}
