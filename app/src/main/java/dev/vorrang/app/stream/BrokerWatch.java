package dev.vorrang.app.stream;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.apache.kafka.common.KafkaFuture;

/**
 * Asks a broker again and again whether it is there, without waiting for the answer. Kafka's clients try again by themselves for
 * minutes before they say anything. For one thread.
 */
final class BrokerWatch implements AutoCloseable {

    private static final int LIMIT_MS = 3_000;

    private final String servers;
    private final Admin admin;
    private KafkaFuture<String> answer;
    private boolean silent;

    /** @param client settings by Kafka's names, with {@code bootstrap.servers} */
    BrokerWatch(Map<String, String> client) {
        this.servers = client.get("bootstrap.servers");
        this.admin = Admin.create(new HashMap<String, Object>(client));
        this.answer = ask();
    }

    /** That the broker gives no answer, as far as is known by now. */
    Optional<String> problem() {
        if (answer.isDone()) {
            silent = answer.isCompletedExceptionally();
            answer = ask();
        }
        return silent ? Optional.of("the broker at " + servers + " gives no answer; trying again") : Optional.empty();
    }

    @Override
    public void close() {
        admin.close(Duration.ZERO);
    }

    private KafkaFuture<String> ask() {
        return admin.describeCluster(new DescribeClusterOptions().timeoutMs(LIMIT_MS))
                .clusterId();
    }
}
