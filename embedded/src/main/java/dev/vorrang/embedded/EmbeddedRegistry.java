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
 * A schema registry inside this program that any client of Confluent's API can reach. Its schemas stand in the compacted topic
 * {@code _schemas} of a Kafka cluster, in Confluent's own format, so that ids live as long as the cluster's data. One registry
 * at a time may serve a cluster. It has Avro schemas without references.
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
     * Starts on the loopback address.
     *
     * @param port port to listen on, 0 for any that is free
     * @see #start(String, InetSocketAddress)
     */
    public static EmbeddedRegistry start(String bootstrapServers, int port) {
        return start(bootstrapServers, new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    }

    /**
     * Starts a registry that takes requests of everybody.
     *
     * @see #start(Map, InetSocketAddress, Optional)
     */
    public static EmbeddedRegistry start(String bootstrapServers, InetSocketAddress listen) {
        return start(Map.of("bootstrap.servers", bootstrapServers), listen, Optional.empty());
    }

    /**
     * Starts a registry, and returns when it has read its topic to the end and takes requests.
     *
     * @param kafkaClient settings of a client of the brokers that keep its topic, by Kafka's names
     * @param listen address to listen on; port 0 for any that is free
     * @param login of those whose requests it takes; empty for everybody's
     * @throws EmbeddedRegistryException if the address is taken, the brokers give no answer, or the topic is not compacted
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
                            + ", which is taken or not this machine's: choose another port, or 0 for any",
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
     * Listens anew on the same address, for when it gives no answer any more.
     *
     * @throws IOException if it cannot; may be tried again
     */
    public void restart() throws IOException {
        endpoint.restart();
    }

    /** Ends what is being answered and stops. */
    @Override
    public void close() {
        endpoint.close();
        registry.close();
    }
}
