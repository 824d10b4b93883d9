package dev.vorrang.console.index;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;

/** How far topics are read, and which topics these are. For one thread. */
final class ReadPositions {

    private static final String TOPIC = "topic ";
    static final String POSITION = "position ";

    private final Map<String, String> ids = new HashMap<>();
    private final Map<TopicPartition, Long> next = new HashMap<>();

    /** @param data as {@link #data} gave it; what else is in there is passed over */
    static ReadPositions of(Map<String, String> data) {
        var positions = new ReadPositions();
        data.forEach((key, value) -> {
            if (key.startsWith(TOPIC)) {
                positions.ids.put(key.substring(TOPIC.length()), value);
            } else if (key.startsWith(POSITION)) {
                int partition = key.lastIndexOf('-');
                positions.next.put(
                        new TopicPartition(
                                key.substring(POSITION.length(), partition),
                                Integer.parseInt(key.substring(partition + 1))),
                        Long.parseLong(value));
            }
        });
        return positions;
    }

    Map<String, String> data() {
        var data = new HashMap<String, String>();
        ids.forEach((topic, id) -> data.put(TOPIC + topic, id));
        next.forEach((partition, offset) -> data.put(POSITION + partition, Long.toString(offset)));
        return data;
    }

    /** @throws TopicRecreatedException if the topic had another id before */
    void checkTopic(String topic, String id) {
        String before = ids.putIfAbsent(topic, id);
        if (before != null && !before.equals(id)) {
            throw new TopicRecreatedException("topic " + topic + " was deleted and created again", true);
        }
    }

    /** Offset of the next record; empty if none was read. */
    Optional<Long> of(TopicPartition partition) {
        return Optional.ofNullable(next.get(partition));
    }

    /** A record was taken. */
    void read(String topic, int partition, long offset) {
        next.put(new TopicPartition(topic, partition), offset + 1);
    }
}
