package dev.vorrang.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedKafkaTest {

    private static final TopicPartition PARTITION = new TopicPartition("greetings", 0);

    @TempDir
    Path folder;

    @Test
    void shouldKeepItsRecordsOverARestart() throws Exception {
        int port;
        try (var kafka = EmbeddedKafka.start(folder, 0)) {
            port = kafka.port();
            Map<String, Object> client = Map.of("bootstrap.servers", kafka.bootstrapServers());
            try (var admin = Admin.create(client);
                    var producer = new KafkaProducer<>(client, new StringSerializer(), new StringSerializer())) {
                admin.createTopics(List.of(new NewTopic(PARTITION.topic(), 1, (short) 1)))
                        .all()
                        .get(30, TimeUnit.SECONDS);
                producer.send(new ProducerRecord<>(PARTITION.topic(), "k", "hello"))
                        .get(30, TimeUnit.SECONDS);
            }
        }
        try (var kafka = EmbeddedKafka.start(folder, port);
                var consumer = new KafkaConsumer<>(
                        Map.of("bootstrap.servers", kafka.bootstrapServers(), "auto.offset.reset", "earliest"),
                        new StringDeserializer(),
                        new StringDeserializer())) {
            consumer.assign(List.of(PARTITION));
            var records = consumer.poll(Duration.ofMinutes(5));
            assertThat(records).extracting(ConsumerRecord::value).containsExactly("hello");
            assertThat(kafka.port()).isEqualTo(port);
        }
    }

    /** Some thousands of ports are free, so that one chosen without regard to the other would be the same now and then. */
    @Test
    void shouldListenOnTwoDifferentPorts() {
        int port = EmbeddedKafka.Ports.free(0).broker();
        for (int i = 0; i < 50_000; i++) {
            var ports = EmbeddedKafka.Ports.free(port);
            assertThat(ports.controller()).isNotEqualTo(ports.broker());
        }
    }

    @Test
    void shouldNameATakenPort() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> EmbeddedKafka.start(folder, taken.getLocalPort()))
                    .isInstanceOf(EmbeddedKafkaException.class)
                    .hasMessageContaining("port " + taken.getLocalPort())
                    .hasMessageContaining("is taken");
        }
    }

    @Test
    void shouldNameAFolderThatCannotBeUsed() throws Exception {
        var file = Files.createFile(folder.resolve("file"));
        assertThatThrownBy(() -> EmbeddedKafka.start(file.resolve("data"), 0))
                .isInstanceOf(EmbeddedKafkaException.class)
                .hasMessageContaining(file.toString());
    }

    @Test
    void shouldRefuseAFolderInUse() {
        try (var first = EmbeddedKafka.start(folder, 0)) {
            assertThat(first.bootstrapServers()).startsWith("127.0.0.1:");
            assertThatThrownBy(() -> EmbeddedKafka.start(folder, 0))
                    .isInstanceOf(EmbeddedKafkaException.class)
                    .hasMessageContaining(folder.toString());
        }
    }
}
