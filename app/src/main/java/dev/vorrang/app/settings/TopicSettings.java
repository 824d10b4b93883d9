package dev.vorrang.app.settings;

import dev.vorrang.schemas.Topics;
import dev.vorrang.scoring.engine.StreamsSettings.TopicCreation;

/**
 * The topics in Kafka.
 *
 * @param topics with their prefix
 * @param creation whether and how absent ones are created
 */
public record TopicSettings(Topics topics, TopicCreation creation) {

    static final Section KEYS = new Section("topics", "Topics", "");

    private static final Key<Topics> PREFIX = KEYS.add(Key.of(
            "prefix",
            Kind.text("up to 100 of a-z, A-Z, 0-9, '.', '_' and '-'", "[a-zA-Z0-9._-]{0,100}")
                    .map(Topics::new),
            "",
            "Prefix of all topic names."));
    private static final Key<Boolean> CREATE = KEYS.add(Key.of(
            "create",
            Kind.flag(),
            "true",
            "Whether missing topics are created. If false, a missing topic is an error."));
    private static final Key<Integer> PARTITIONS =
            KEYS.add(Key.of("partitions", Kind.integer(1, 10_000), "4", "Partitions of a new topic."));
    private static final Key<Integer> REPLICATION = KEYS.add(Key.of(
            "replication",
            Kind.integer(-1, 32_767).named("-1 (the broker's default) or a whole number from 1 to 32767"),
            "-1",
            "Replicas of a new topic; -1 for the broker's default."));

    static TopicSettings read(SettingsReader reader) {
        var create = reader.get(CREATE);
        var partitions = reader.get(PARTITIONS);
        int replication = reader.get(REPLICATION);
        var creation = reader.make(
                        "topics.replication", () -> new TopicCreation(create, partitions, (short) replication))
                .orElse(new TopicCreation(create, partitions, (short) -1));
        return new TopicSettings(reader.get(PREFIX), creation);
    }
}
