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
 * An MQTT broker (3.1.1 and 5) inside this program, reachable from this machine alone and open to everyone on it. Sessions,
 * messages for sessions that are away and retained messages stay in a folder; started on the same folder again it goes on where
 * it was. Messages beyond 32 MiB wait on disk.
 *
 * <p>Its threads are not daemons: whoever starts it closes it, or the program does not end.
 */
public final class EmbeddedMqtt implements AutoCloseable {

    private static final String HOST = "127.0.0.1";
    private static final long MAX_IN_MEMORY = 32L << 20;
    private static final int LOCK_WAIT_MS = 2_000;
    /** Per cent. */
    private static final int FULLEST_DISK = 98;

    private final ActiveMQServer server;
    private final int port;

    private EmbeddedMqtt(ActiveMQServer server, int port) {
        this.server = server;
        this.port = port;
    }

    /**
     * Starts a broker and returns when it takes connections.
     *
     * @param dataFolder made if it is absent
     * @param port port to listen on, 0 for any that is free
     * @throws EmbeddedMqttException if the port is taken, or the folder cannot be written or is in use by another broker
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

    /** Address, as MQTT's clients take it: {@code mqtt://host:port}. */
    public URI uri() {
        return URI.create("mqtt://" + HOST + ":" + port);
    }

    public int port() {
        return port;
    }

    /** Stops the broker in an orderly way and returns when it has. */
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
                // Without this, a message that ten connections died with is thrown away.
                .setMaxDeliveryAttempts(-1);
        // MQTT's own characters: translated to the broker's usual ones, a topic with a dot in it meets no wildcard.
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
                .setGlobalMaxSize(MAX_IN_MEMORY)
                .setMaxDiskUsage(FULLEST_DISK)
                .setWildCardConfiguration(topics)
                .addAddressSetting("#", addresses)
                .addAcceptorConfiguration("mqtt", "tcp://" + HOST + ":" + port + "?protocols=MQTT");
        broker.registerBrokerPlugin(new OrderOfMessages());
        return broker;
    }

    /** The port itself if it is free, or any free one for 0. */
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
