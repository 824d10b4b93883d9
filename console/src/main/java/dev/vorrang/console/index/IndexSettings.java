package dev.vorrang.console.index;

import dev.vorrang.schemas.Topics;
import dev.vorrang.schemas.serde.AvroSerdes;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;

/**
 * Where the index lies and what it reads.
 *
 * @param folder its own; created if absent, and emptied if the index in it cannot be used
 * @param kafka settings of a Kafka client, by Kafka's names
 * @param topics that are read
 * @param serdes read the topics; closed by the caller, after the index
 * @param refresh after this time at most searches see what was read
 * @param commit at this interval what was read is kept on disk; after a crash it is read again from there
 */
public record IndexSettings(
        Path folder, Map<String, String> kafka, Topics topics, AvroSerdes serdes, Duration refresh, Duration commit) {

    public IndexSettings {
        Objects.requireNonNull(folder, "folder");
        kafka = Map.copyOf(kafka);
        Objects.requireNonNull(topics, "topics");
        Objects.requireNonNull(serdes, "serdes");
    }

    /** Refreshed four times a second, and committed every ten seconds. */
    public static IndexSettings of(Path folder, Map<String, String> kafka, Topics topics, AvroSerdes serdes) {
        return new IndexSettings(folder, kafka, topics, serdes, Duration.ofMillis(250), Duration.ofSeconds(10));
    }
}
