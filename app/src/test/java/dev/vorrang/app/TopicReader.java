package dev.vorrang.app;

import dev.vorrang.schemas.Topic;
import dev.vorrang.schemas.registry.ConfluentSchemaRegistry;
import dev.vorrang.schemas.serde.AvroSerdes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Reads topics from outside the program, as any client does: by address, or with the client file of a data folder. */
final class TopicReader {

    private TopicReader() {}

    /** All that a topic of open servers has and that is committed. */
    static <V extends SpecificRecord> List<V> all(String bootstrapServers, String registryUrl, Topic<V> topic) {
        return all(Map.of("bootstrap.servers", bootstrapServers, "schema.registry.url", registryUrl), topic);
    }

    /** The same of what runs embedded with this data folder. */
    static <V extends SpecificRecord> List<V> all(Path dataFolder, Topic<V> topic) {
        return all(client(dataFolder), topic);
    }

    private static <V extends SpecificRecord> List<V> all(Map<String, String> client, Topic<V> topic) {
        var values = new ArrayList<V>();
        var settings = new HashMap<String, Object>(client);
        settings.put("isolation.level", "read_committed");
        try (var registry = ConfluentSchemaRegistry.connect(client);
                var serde = new AvroSerdes(registry).valueSerde(topic);
                var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), serde.deserializer())) {
            var partitions = consumer.partitionsFor(topic.name()).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            var ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(each -> consumer.position(each) < ends.get(each))) {
                consumer.poll(Duration.ofMillis(200)).forEach(record -> values.add(record.value()));
            }
        }
        return values;
    }

    /** How many records a topic has been given, of what runs embedded with this data folder. */
    static long ends(Path dataFolder, String topic) {
        try (var consumer = new KafkaConsumer<>(
                new HashMap<String, Object>(client(dataFolder)), new StringDeserializer(), new StringDeserializer())) {
            var partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            return consumer.endOffsets(partitions).values().stream()
                    .mapToLong(Long::longValue)
                    .sum();
        }
    }

    /** What the file for clients holds, taken as a Java program takes it. */
    static Map<String, String> client(Path dataFolder) {
        var properties = new Properties();
        try (var file = Files.newBufferedReader(dataFolder.resolve("client.properties"))) {
            properties.load(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties.stringPropertyNames().stream()
                .collect(Collectors.toMap(name -> name, properties::getProperty));
    }
}
