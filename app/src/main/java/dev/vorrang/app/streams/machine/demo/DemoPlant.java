package dev.vorrang.app.streams.machine.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5Client;
import dev.vorrang.embedded.mqtt.EmbeddedMqtt;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Predicate;

/**
 * An MQTT broker in this program, reachable from this machine alone, to which simulated machines send what their sensors read.
 * Safe for use by many threads; {@link #run} is called once, by one.
 */
final class DemoPlant implements AutoCloseable {

    /** Of whoever reads the plant. */
    static final String READER = "demo-plant";

    static final String FILTER = "plant/+/readings";
    /** Between two readings of a machine. */
    static final Duration PERIOD = Duration.ofMillis(50);

    /** Steps in which everything worth seeing has happened. */
    private static final int STEPS = 420;

    private static final long SESSION_EXPIRY_S = 3_600;
    private static final int MOST_REMEMBERED = 10_000;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final EmbeddedMqtt broker;
    private final List<DemoMachine> machines = DemoMachine.plant();
    private final Clock clock;
    private final ConcurrentMap<Sent, Instant> sentAt = new ConcurrentHashMap<>();

    private record Sent(String machine, Instant time) {}

    private DemoPlant(EmbeddedMqtt broker, Clock clock) {
        this.broker = broker;
        this.clock = clock;
    }

    /** @param folder for what the broker keeps */
    static DemoPlant start(Path folder, Clock clock) {
        var plant = new DemoPlant(EmbeddedMqtt.start(folder, 0), clock);
        plant.makeSession();
        return plant;
    }

    /** Makes the reader's session before there is a reader: what is sent meanwhile waits for it. */
    private void makeSession() {
        Mqtt5BlockingClient client = Mqtt5Client.builder()
                .identifier(READER)
                .serverHost(broker.uri().getHost())
                .serverPort(broker.uri().getPort())
                .buildBlocking();
        client.connectWith().sessionExpiryInterval(SESSION_EXPIRY_S).send();
        client.subscribeWith().topicFilter(FILTER).qos(MqttQos.AT_LEAST_ONCE).send();
        client.disconnectWith().sessionExpiryInterval(SESSION_EXPIRY_S).send();
    }

    URI broker() {
        return broker.uri();
    }

    /** Readings that are sent until {@link #run} ends, where it ends by itself. */
    int readings() {
        return machines.size() * STEPS;
    }

    /**
     * Sends readings, a step of all machines at a time.
     *
     * @param once return when everything worth seeing was sent, else go on
     * @param enough waits as long as told, and tells whether to send no more
     */
    void run(boolean once, Predicate<Duration> enough) {
        Mqtt5AsyncClient client = Mqtt5Client.builder()
                .identifier("demo-machines")
                .serverHost(broker.uri().getHost())
                .serverPort(broker.uri().getPort())
                .buildAsync();
        client.connect().join();
        CompletableFuture<?> last = CompletableFuture.completedFuture(null);
        try {
            Instant time = Instant.ofEpochMilli(clock.millis());
            for (int step = 0; !(once && step == STEPS) && !enough.test(PERIOD); step++) {
                for (DemoMachine machine : machines) {
                    last = send(client, machine, time);
                }
                time = time.plus(PERIOD);
            }
            last.join();
        } finally {
            client.disconnect();
        }
    }

    private CompletableFuture<?> send(Mqtt5AsyncClient client, DemoMachine machine, Instant time) {
        if (sentAt.size() < MOST_REMEMBERED) {
            sentAt.put(new Sent(machine.name(), time), clock.instant());
        }
        return client.publishWith()
                .topic(FILTER.replace("+", machine.name()))
                .qos(MqttQos.AT_LEAST_ONCE)
                .payload(payload(time, machine.next()))
                .send();
    }

    private static byte[] payload(Instant time, Map<String, Double> values) {
        try {
            return JSON.writeValueAsString(Map.of("time", time.toString(), "values", values))
                    .getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a reading of the demo", e);
        }
    }

    /** When a reading was sent; empty the second time it is asked. */
    Optional<Instant> sentAt(String machine, Instant time) {
        return Optional.ofNullable(sentAt.remove(new Sent(machine, time)));
    }

    @Override
    public void close() {
        broker.close();
    }
}
