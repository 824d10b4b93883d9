package dev.vorrang.app.stream;

import dev.vorrang.app.program.StopSignal;
import dev.vorrang.app.terminal.Progress;
import dev.vorrang.schemas.registry.ConfluentSchemaRegistry;
import dev.vorrang.schemas.registry.RegistryUnavailableException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.errors.RetriableException;

/** Waits for servers that run elsewhere, and says so every few seconds, until they answer or the program is stopped. */
final class Waiting {

    private static final Duration PAUSE = Duration.ofSeconds(3);

    private final Progress progress;
    private final StopSignal stop;

    Waiting(Progress progress, StopSignal stop) {
        this.progress = progress;
        this.stop = stop;
    }

    /**
     * @param client settings by Kafka's names, with {@code bootstrap.servers}
     * @throws org.apache.kafka.common.KafkaException if the broker answers and refuses
     */
    void forBroker(Map<String, String> client) {
        var settings = new HashMap<String, Object>(client);
        settings.put("default.api.timeout.ms", "3000");
        settings.put("request.timeout.ms", "3000");
        while (true) {
            stop.check();
            try (var admin = Admin.create(settings)) {
                admin.describeCluster().nodes().get();
                return;
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof RetriableException)) {
                    throw e.getCause() instanceof RuntimeException cause
                            ? cause
                            : new IllegalStateException(e.getCause());
                }
                pause("the broker at " + client.get("bootstrap.servers") + " gives no answer; trying again");
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                stop.check();
            }
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
