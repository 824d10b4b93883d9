package dev.vorrang.connectors.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5Client;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.tahu.protobuf.SparkplugBProto.DataType;
import org.eclipse.tahu.protobuf.SparkplugBProto.Payload;
import org.eclipse.tahu.protobuf.SparkplugBProto.Payload.Metric;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real broker, and an edge node that gives birth again when it is asked to. */
class SparkplugSourceTest {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    @Test
    void shouldAskForTheBirthThatItMissedAndReadWhatCameBefore() throws Exception {
        try (var broker = new EmbeddedBroker(folder);
                var run = new MqttTaskRun(config(broker.port()), new HashMap<>())) {
            Mqtt5AsyncClient edge = edge(broker.port());
            var births = new AtomicInteger();
            edge.subscribeWith()
                    .topicFilter("spBv1.0/G/NCMD/E")
                    .callback(command -> send(edge, "NBIRTH", birth(births.incrementAndGet())))
                    .send()
                    .join();
            await("subscription").atMost(LIMIT).until(() -> {
                // Without an alias it needs no birth, but the node does.
                send(edge, "NDATA", data(9));
                return run.poll() > 0;
            });
            await("birth and data").atMost(LIMIT).until(() -> {
                run.poll();
                var texts = new HashSet<>(run.texts());
                return texts.contains("G/E {heat=20.0} []") && texts.contains("G/E {heat=9.0} [gap]");
            });
            assertThat(births).hasPositiveValue();
            assertThat(run.records()).allMatch(record -> record.topic().equals("machine.readings"));
            send(edge, "NDATA", data(1));
            send(edge, "NDATA", data(2));
            await("data in order").atMost(LIMIT).until(() -> {
                run.poll();
                return run.texts().contains("G/E {heat=2.0} []");
            });
            // On a busy machine more of the data before the birth may still come.
            assertThat(run.texts()).containsSubsequence("G/E {heat=1.0} []", "G/E {heat=2.0} []");
            edge.disconnect().join();
        }
    }

    private static Mqtt5AsyncClient edge(int port) {
        Mqtt5AsyncClient edge = Mqtt5Client.builder()
                .identifier("edge")
                .serverHost("127.0.0.1")
                .serverPort(port)
                .buildAsync();
        edge.connect().join();
        return edge;
    }

    private static void send(Mqtt5AsyncClient edge, String type, Payload payload) {
        edge.publishWith()
                .topic("spBv1.0/G/" + type + "/E")
                .qos(MqttQos.AT_LEAST_ONCE)
                .payload(payload.toByteArray())
                .send();
    }

    private static Payload birth(int bdSeq) {
        return Payload.newBuilder()
                .setSeq(0)
                .setTimestamp(1_700_000_000_000L)
                .addMetrics(Metric.newBuilder()
                        .setName("bdSeq")
                        .setDatatype(DataType.Int64_VALUE)
                        .setLongValue(bdSeq))
                .addMetrics(Metric.newBuilder()
                        .setName("heat")
                        .setAlias(1)
                        .setDatatype(DataType.Double_VALUE)
                        .setDoubleValue(20))
                .build();
    }

    private static Payload data(int seq) {
        return Payload.newBuilder()
                .setSeq(seq)
                .setTimestamp(1_700_000_000_000L + seq)
                .addMetrics(Metric.newBuilder().setAlias(1).setDoubleValue(seq))
                .build();
    }

    private static Map<String, String> config(int port) {
        return Map.of(
                MqttSettings.HOST, "127.0.0.1",
                MqttSettings.PORT, Integer.toString(port),
                MqttSettings.SECURITY, "none",
                MqttSettings.CLIENT_ID, "vorrang",
                MqttSettings.FILTERS, "spBv1.0/#",
                PayloadSettings.FORMAT, "sparkplug");
    }
}
