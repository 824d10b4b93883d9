package dev.vorrang.embedded;

import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.client.CachedSchemaRegistryClient;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * A program that reads topics as anyone would who has Confluent's client and knows nothing of ours: prints topic, key, record type
 * and field {@code id} or {@code message}, separated by tabs. Arguments: bootstrap servers, registry URL, topics.
 */
final class PlainConfluentClient {

    private PlainConfluentClient() {}

    public static void main(String[] args) throws Exception {
        var out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        try (var consumer = new KafkaConsumer<>(
                        Map.of("bootstrap.servers", args[0]), new StringDeserializer(), new ByteArrayDeserializer());
                var registry = new CachedSchemaRegistryClient(args[1], 100)) {
            List<TopicPartition> partitions = Arrays.stream(args)
                    .skip(2)
                    .flatMap(topic -> consumer.partitionsFor(topic).stream())
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofSeconds(1))) {
                    GenericRecord value = decode(registry, record.value());
                    Object name = value.getSchema().getField("id") != null ? value.get("id") : value.get("message");
                    out.println(String.join(
                            "\t",
                            record.topic(),
                            record.key(),
                            value.getSchema().getFullName(),
                            name.toString()));
                }
            }
        }
    }

    private static GenericRecord decode(CachedSchemaRegistryClient registry, byte[] message) throws Exception {
        ByteBuffer header = ByteBuffer.wrap(message);
        if (header.get() != 0) {
            throw new IllegalArgumentException("not the Confluent wire format");
        }
        Schema schema = new Schema.Parser()
                .parse(registry.getSchemaById(header.getInt()).canonicalString());
        return new GenericDatumReader<GenericRecord>(schema)
                .read(null, DecoderFactory.get().binaryDecoder(message, 5, message.length - 5, null));
    }
}
