package dev.vorrang.schemas.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.vorrang.schemas.SensorReading;
import dev.vorrang.schemas.Topics;
import dev.vorrang.schemas.registry.ConfluentSchemaRegistry;
import dev.vorrang.schemas.registry.SchemaNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.Test;

/** Bytes on the topic of readings that are none: each fails with an error that goes to the dead letters, and the next is read. */
class HostileReadingsTest {

    @Test
    void shouldRefuseEveryDamagedRecordAndReadTheNext() throws IOException {
        try (var registry = ConfluentSchemaRegistry.connect(Map.of("schema.registry.url", "mock://readings"))) {
            var topic = new Topics("").machineReadings();
            var serde = new AvroSerdes(registry).valueSerde(topic);
            var reading = SensorReading.newBuilder()
                    .setId("a")
                    .setMachine("press")
                    .setTime(Instant.EPOCH)
                    .setValues(Map.of("heat", 1.0))
                    .setSource("test:")
                    .build();
            byte[] good = serde.serializer().serialize(topic.name(), reading);
            for (String name : List.of(
                    "empty", "huge-len", "json-instead", "magic-bad", "neg-len", "short", "trailing", "unknown-id")) {
                byte[] bytes = Files.readAllBytes(payload("avro-" + name + ".bin"));
                assertThatThrownBy(() -> serde.deserializer().deserialize(topic.name(), bytes))
                        .as(name)
                        .isInstanceOfAny(SerializationException.class, SchemaNotFoundException.class);
                assertThat(serde.deserializer().deserialize(topic.name(), good)).isEqualTo(reading);
            }
        }
    }

    /** Of the payloads collected elsewhere, which are no part of the project: without them the test is skipped. */
    private static Path payload(String name) {
        String corpus = System.getProperty("vorrang.corpus", System.getenv("VORRANG_CORPUS"));
        Path folder = corpus == null
                ? Path.of("")
                        .toAbsolutePath()
                        .getParent()
                        .resolveSibling("shared")
                        .resolve("data")
                : Path.of(corpus);
        Path payload = folder.resolve("hostile/payloads").resolve(name);
        assumeTrue(Files.exists(payload), "no payload at " + payload + ": -Dvorrang.corpus names the folder");
        return payload;
    }
}
