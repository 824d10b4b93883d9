package dev.vorrang.embedded.mqtt;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.WildcardConfiguration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.server.ActiveMQServer;
import org.apache.activemq.artemis.core.server.ActiveMQServers;
import org.apache.activemq.artemis.core.server.JournalType;
import org.apache.activemq.artemis.core.settings.impl.AddressFullMessagePolicy;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;

/**
 * An MQTT broker (3.1.1 and 5) in this process. It listens on the loopback address only and requires no login. Sessions, messages
 * for disconnected sessions and retained messages are stored in a folder and used again when a broker is started on that folder.
 * Messages beyond 32 MiB are paged to disk.
 *
 * <p>Its threads are not daemons: the caller must close it, or the process does not end.
 */
public final class EmbeddedMqtt implements AutoCloseable {

    private static final String HOST = "127.0.0.1";
    private static final long MAX_BYTES_IN_MEMORY = 32L << 20;
    private static final int LOCK_WAIT_MS = 2_000;
    /** Per cent. */
    private static final int MAX_DISK_USAGE = 98;

    private final ActiveMQServer server;
    private final int port;

    private EmbeddedMqtt(ActiveMQServer server, int port) {
        this.server = server;
        this.port = port;
    }

    /**
     * Starts a broker and returns when it accepts connections.
     *
     * @param dataFolder created if absent
     * @param port to listen on; 0 for any free port
     * @throws EmbeddedMqttException if the port is in use, or the folder is not writable or in use by another broker
     */
    public static EmbeddedMqtt start(Path dataFolder, int port) {
        int brokerPort = freePort(port);
        ActiveMQServer server = null;
        try {
            server = ActiveMQServers.newActiveMQServer(configuration(dataFolder, brokerPort), true);
            server.start();
            if (!server.isActive()) {
                throw new IOException("the folder is in use by another broker, or cannot be written");
            }
            return new EmbeddedMqtt(server, brokerPort);
        } catch (Exception e) {
            stop(server);
            throw new EmbeddedMqttException(
                    "the embedded MQTT broker did not start on port " + brokerPort + " with data folder " + dataFolder
                            + ": " + e.getMessage(),
                    e);
        }
    }

    /** Address of the broker: {@code mqtt://host:port}. */
    public URI uri() {
        return URI.create("mqtt://" + HOST + ":" + port);
    }

    public int port() {
        return port;
    }

    /** Shuts the broker down cleanly and returns when it has stopped. */
    @Override
    public void close() {
        stop(server);
    }

    private static void stop(ActiveMQServer server) {
        try {
            if (server != null) {
                server.stop();
            }
        } catch (Exception e) {
            throw new EmbeddedMqttException("the embedded MQTT broker did not stop: " + e.getMessage(), e);
        }
    }

    private static Configuration configuration(Path dataFolder, int port) throws Exception {
        var folder = dataFolder.toAbsolutePath();
        var addresses = new AddressSettings()
                .setAddressFullMessagePolicy(AddressFullMessagePolicy.PAGE)
                // By default a message is dropped after ten failed deliveries.
                .setMaxDeliveryAttempts(-1);
        // MQTT's characters: with the broker's defaults, a topic that contains a dot matches no wildcard.
        var topics =
                new WildcardConfiguration().setDelimiter('/').setSingleWord('+').setAnyWords('#');
        var broker = new ConfigurationImpl()
                .setName("mqtt")
                .setSecurityEnabled(false)
                .setJMXManagementEnabled(false)
                .setPersistenceEnabled(true)
                .setJournalType(JournalType.NIO)
                .setJournalLockAcquisitionTimeout(LOCK_WAIT_MS)
                .setJournalDirectory(folder.resolve("journal").toString())
                .setBindingsDirectory(folder.resolve("bindings").toString())
                .setPagingDirectory(folder.resolve("paging").toString())
                .setLargeMessagesDirectory(folder.resolve("large").toString())
                .setGlobalMaxSize(MAX_BYTES_IN_MEMORY)
                .setMaxDiskUsage(MAX_DISK_USAGE)
                .setWildCardConfiguration(topics)
                .addAddressSetting("#", addresses)
                .addAcceptorConfiguration("mqtt", "tcp://" + HOST + ":" + port + "?protocols=MQTT");
        broker.registerBrokerPlugin(new OrderedDelivery());
        return broker;
    }

    /** The given port if it is free, or any free port for 0. */
    private static int freePort(int port) {
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new EmbeddedMqttException(
                    "port " + port + " on " + HOST
                            + " is taken: choose another port for the embedded MQTT broker, or 0 for any",
                    e);
        }
    }
}
