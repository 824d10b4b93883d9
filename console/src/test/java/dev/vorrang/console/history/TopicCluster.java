package dev.vorrang.console.history;

import dev.vorrang.embedded.EmbeddedKafka;
import dev.vorrang.schemas.Topic;
import dev.vorrang.schemas.Topics;
import dev.vorrang.schemas.serde.AvroSerdes;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** A broker with topics that tests write. */
public final class TopicCluster implements AutoCloseable {

    public final Topics topics = new Topics("");
    public final AvroSerdes serdes = new AvroSerdes(new MemoryRegistry());
    private final EmbeddedKafka kafka;
    private final Admin admin;
    private final KafkaProducer<String, byte[]> producer;

    public TopicCluster(Path folder) {
        kafka = EmbeddedKafka.start(folder, 0);
        admin = Admin.create(Map.<String, Object>copyOf(client()));
        producer = new KafkaProducer<>(
                Map.<String, Object>copyOf(client()), new StringSerializer(), new ByteArraySerializer());
    }

    public Map<String, String> client() {
        return Map.of("bootstrap.servers", kafka.bootstrapServers());
    }

    public Admin admin() {
        return admin;
    }

    public void create(Topic<?>... created) throws Exception {
        admin.createTopics(Stream.of(created)
                        .map(each -> new NewTopic(each.name(), 2, (short) 1).configs(each.config()))
                        .toList())
                .all()
                .get(30, TimeUnit.SECONDS);
    }

    public void delete(Topic<?> topic) throws Exception {
        admin.deleteTopics(java.util.List.of(topic.name())).all().get(30, TimeUnit.SECONDS);
    }

    /** @param value null for a record without one */
    public <V extends SpecificRecord> RecordMetadata write(Topic<V> topic, String key, V value) throws Exception {
        byte[] bytes =
                value == null ? null : serdes.valueSerde(topic).serializer().serialize(topic.name(), value);
        return producer.send(new ProducerRecord<>(topic.name(), key, bytes)).get(30, TimeUnit.SECONDS);
    }

    public RecordMetadata write(ProducerRecord<String, byte[]> record) throws Exception {
        return producer.send(record).get(30, TimeUnit.SECONDS);
    }

    public HistorySettings settings(Path folder) {
        return new HistorySettings(folder, client(), topics, serdes, Duration.ofHours(48), Duration.ofMillis(200));
    }

    @Override
    public void close() {
        producer.close(Duration.ZERO);
        admin.close(Duration.ZERO);
        kafka.close();
    }
}
