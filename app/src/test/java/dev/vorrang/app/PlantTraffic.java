package dev.vorrang.app;

import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5Client;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;

/** Machines that send numbered readings over MQTT, and settings of a {@code vorrang run} that reads them. */
final class PlantTraffic {

    private PlantTraffic() {}

    static Mqtt5AsyncClient client(int port, String id) {
        Mqtt5AsyncClient client = Mqtt5Client.builder()
                .identifier(id)
                .serverHost("127.0.0.1")
                .serverPort(port)
                .buildAsync();
        client.connect().join();
        return client;
    }

    /** Sends a reading of its own time for one of so many machines. */
    static CompletableFuture<?> send(Mqtt5AsyncClient client, Instant start, int number, int machines) {
        var json = "{\"time\":\"%s\",\"values\":{\"number\":%d}}".formatted(start.plusMillis(number), number);
        return client.publishWith()
                .topic("plant/press-" + number % machines + "/readings")
                .qos(MqttQos.AT_LEAST_ONCE)
                .payload(json.getBytes(StandardCharsets.UTF_8))
                .send();
    }

    /** A settings file in the folder, whose data folder is {@code data} in it. */
    static Path config(Path folder, int mqttPort, int receiveMaximum) throws IOException {
        Path file = folder.resolve("vorrang.yaml");
        Files.writeString(
                file, """
                data: %s
                kafka: {port: %d}
                registry: {port: %d}
                metrics: {port: 0}
                console: {port: 0}
                ingest:
                  machines:
                    - name: hall
                      connector: mqtt
                      settings:
                        mqtt.host: 127.0.0.1
                        mqtt.port: %d
                        mqtt.security: none
                        mqtt.client.id: vorrang
                        mqtt.filters: plant/+/readings
                        mqtt.receive.maximum: %d
                        payload.topic.template: plant/{machine}/readings
                        payload.json.time: /time
                        payload.json.values: /values
                """.formatted(folder.resolve("data"), freePort(), freePort(), mqttPort, receiveMaximum));
        return file;
    }

    static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
