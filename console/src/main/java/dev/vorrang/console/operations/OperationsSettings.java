package dev.vorrang.console.operations;

import dev.vorrang.schemas.Topics;
import dev.vorrang.schemas.serde.AvroSerdes;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What is shown of operations, and where it is read.
 *
 * @param kafka settings of a Kafka client, by Kafka's names
 * @param topics names of the topics
 * @param serdes read the topics; closed by the caller, after the operations
 * @param streams that run
 * @param models folder of the models, with their cards; empty if the console cannot read it
 */
public record OperationsSettings(
        Map<String, String> kafka,
        Topics topics,
        AvroSerdes serdes,
        List<OperatedStream<?>> streams,
        Optional<Path> models) {

    public OperationsSettings {
        kafka = Map.copyOf(kafka);
        Objects.requireNonNull(topics, "topics");
        Objects.requireNonNull(serdes, "serdes");
        streams = List.copyOf(streams);
        Objects.requireNonNull(models, "models");
    }
}
