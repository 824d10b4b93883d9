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
 * Unregisters a killed broker before it is restarted. The controller considers a killed broker alive until its session expires. The
 * restarted broker therefore begins as leader of its partitions and then loses them for a moment. Kafka 4.3 treats partitions
 * without a leader as deleted at that moment, and skips the last marker of transactions that were being committed: these
 * transactions would stay open for ever and hide all later records. If the broker is unregistered first, its partitions have no
 * leader until it has started.
 */
final class KilledBroker {

    private static final int LIMIT_S = 30;

    private KilledBroker() {}

    /**
     * Starts the controller alone, unregisters the broker, and stops the controller.
     *
     * @param settings of broker and controller
     * @param login settings of a client that may change the controller
     */
    static void unregister(int node, Properties settings, Map<String, String> login)
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
                // It was killed before its first complete start.
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
