package dev.vorrang.app.stream;

import dev.vorrang.app.program.StopSignal;
import dev.vorrang.app.terminal.Progress;
import dev.vorrang.schemas.Topic;
import dev.vorrang.schemas.registry.ConfluentSchemaRegistry;
import dev.vorrang.schemas.registry.RegistryUnavailableException;
import dev.vorrang.scoring.engine.RetryPolicy;
import dev.vorrang.scoring.engine.StreamsSettings.TopicCreation;
import dev.vorrang.scoring.engine.TopicSetup;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RetriableException;

/** Waits for servers that run elsewhere, and says so every few seconds, until they answer or the program is stopped. */
final class DependencyWaiter {

    private static final Duration PAUSE = Duration.ofSeconds(3);

    private final Progress progress;
    private final StopSignal stop;

    DependencyWaiter(Progress progress, StopSignal stop) {
        this.progress = progress;
        this.stop = stop;
    }

    /**
     * @param client settings by Kafka's names, with {@code bootstrap.servers}
     * @throws org.apache.kafka.common.KafkaException if the broker answers and refuses
     */
    void forBroker(Map<String, String> client) {
        untilAnswered(client, admin -> answer(admin.describeCluster().nodes()));
    }

    /**
     * Returns when the topics are there, made if they are absent and that is allowed.
     *
     * @param client as for {@link #forBroker}
     * @throws dev.vorrang.scoring.engine.MissingTopicException if topics are absent and none are to be created
     * @throws org.apache.kafka.common.KafkaException if the broker answers and refuses
     */
    void forTopics(Map<String, String> client, TopicCreation creation, List<Topic<?>> topics) {
        var retries = new RetryPolicy(PAUSE.multipliedBy(10), Duration.ofMillis(100), PAUSE);
        untilAnswered(client, admin -> new TopicSetup(admin, creation, retries).ensure(topics));
    }

    private void untilAnswered(Map<String, String> client, Consumer<Admin> request) {
        var settings = new HashMap<String, Object>(client);
        settings.put("default.api.timeout.ms", "3000");
        settings.put("request.timeout.ms", "3000");
        while (true) {
            stop.check();
            try (var admin = Admin.create(settings)) {
                request.accept(admin);
                return;
            } catch (RetriableException e) {
                pause("the broker at " + client.get("bootstrap.servers") + " gives no answer; trying again");
            }
        }
    }

    private static <T> T answer(KafkaFuture<T> future) {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    void forRegistry(ConfluentSchemaRegistry registry) {
        while (true) {
            stop.check();
            try {
                registry.subjects();
                return;
            } catch (RegistryUnavailableException e) {
                pause(e.getMessage() + "; trying again");
            }
        }
    }

    private void pause(String message) {
        progress.say(message);
        stop.await(PAUSE);
    }
}
