package dev.vorrang.connectors.reading;

import static org.apache.kafka.common.config.ConfigDef.Importance.HIGH;
import static org.apache.kafka.common.config.ConfigDef.Importance.LOW;
import static org.apache.kafka.common.config.ConfigDef.Importance.MEDIUM;
import static org.apache.kafka.common.config.ConfigDef.Range.between;

import dev.vorrang.connectors.settings.Allowed;
import java.time.Clock;
import java.util.Map;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Type;

/** Settings that say where the records of a source of readings go. */
public final class RecordSettings {

    public static final String TOPIC = "topic";
    public static final String DEAD_LETTER_TOPIC = "dead.letter.topic";
    public static final String BATCH_SIZE = "batch.size";

    private static final String READINGS = "machine.readings";
    private static final String DEAD_LETTERS = "machine.dead-letters";

    private static final Map<String, String> OF_DEMAND =
            Map.of(TOPIC, "demand.observed", DEAD_LETTER_TOPIC, "demand.dead-letters");

    private RecordSettings() {}

    /**
     * Adds the settings to a definition.
     *
     * @param deadLetters what the topic of dead letters takes, in words
     * @param batch default of the batch size
     * @param maxBatch largest batch size
     * @param batchDoc what the batch size counts
     */
    public static void define(ConfigDef definition, String deadLetters, int batch, int maxBatch, String batchDoc) {
        definition
                .define(TOPIC, Type.STRING, READINGS, Allowed.text(), HIGH, "Topic of the records.")
                .define(DEAD_LETTER_TOPIC, Type.STRING, DEAD_LETTERS, Allowed.text(), MEDIUM, deadLetters)
                .define(BATCH_SIZE, Type.INT, batch, between(1, maxBatch), LOW, batchDoc);
    }

    /** What makes Connect's records, for the topics of the settings. */
    public static ReadingRecords records(AbstractConfig config, Clock clock) {
        return new ReadingRecords(topic(config, TOPIC), topic(config, DEAD_LETTER_TOPIC), clock);
    }

    /** Without a topic in the settings, that of the stream of the records. */
    private static String topic(AbstractConfig config, String name) {
        boolean chosen = config.originals().containsKey(name);
        return chosen || !OrderSettings.isDemand(config) ? config.getString(name) : OF_DEMAND.get(name);
    }

    /** Most records, lines or messages of one poll. */
    public static int batchSize(AbstractConfig config) {
        return config.getInt(BATCH_SIZE);
    }
}
