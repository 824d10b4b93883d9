package dev.vorrang.embedded;

import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.errors.BrokerIdNotRegisteredException;
import org.apache.kafka.common.errors.UnsupportedVersionException;
import org.apache.kafka.common.utils.Time;

/**
 * What is to be done before a broker that was killed starts again. The controller takes it for alive until its session ends, so that
 * the new one begins as the leader of its partitions, and then loses them for a moment. In that moment Kafka 4.3 takes partitions
 * without a leader for deleted, and leaves out the last marker of transactions that were being committed: they would stay open for
 * ever, and hide all that comes after them. If the controller has forgotten the broker before, its partitions have no leader until it
 * is there.
 */
final class KilledBroker {

    private static final int LIMIT_S = 30;

    private KilledBroker() {}

    /**
     * Starts the controller alone, has it forget the broker, and stops it.
     *
     * @param settings of broker and controller together
     * @param login settings of a client that may tell the controller
     */
    static void forget(int node, Properties settings, Map<String, String> login)
            throws InterruptedException, ExecutionException, TimeoutException {
        var alone = new Properties();
        alone.putAll(settings);
        String controller = settings.getProperty("listeners").replaceFirst(".*CONTROLLER://", "");
        alone.put("process.roles", "controller");
        alone.put("listeners", "CONTROLLER://" + controller);
        alone.remove("inter.broker.listener.name");
        var server = new KafkaRaftServer(KafkaConfig.fromProps(alone), Time.SYSTEM);
        try {
            server.startup();
            var client = new HashMap<String, Object>(login);
            client.put("bootstrap.controllers", controller);
            try (var admin = Admin.create(client)) {
                admin.unregisterBroker(node).all().get(LIMIT_S, TimeUnit.SECONDS);
            } catch (ExecutionException e) {
                boolean isUnknown = e.getCause() instanceof BrokerIdNotRegisteredException;
                // It was killed before it ever ran.
                boolean isNew = e.getCause() instanceof UnsupportedVersionException;
                if (!isUnknown && !isNew) {
                    throw e;
                }
            }
        } finally {
            server.shutdown();
            server.awaitShutdown();
        }
    }
}
