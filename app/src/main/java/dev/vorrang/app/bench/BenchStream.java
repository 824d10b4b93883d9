package dev.vorrang.app.bench;

import dev.vorrang.schemas.ModelRef;
import dev.vorrang.schemas.TopicSet;
import dev.vorrang.schemas.Topics;
import dev.vorrang.schemas.serde.AvroSerdes;
import dev.vorrang.scoring.engine.StreamDefinition;
import java.nio.file.Path;
import java.util.Map;

/** A stream that can be measured. Owns its model; whoever makes one closes it. For one thread but for what it hands out. */
public interface BenchStream extends AutoCloseable {

    /** Who answers. */
    enum Answers {
        /** The model, or who stands in for it at its pace. */
        MODEL,
        /** Nobody: an answer that the model once gave comes back at once. */
        FREE
    }

    /** A record of the input. */
    record Input(String key, byte[] value) {}

    /** Makes the records of one run. For one thread. */
    @FunctionalInterface
    interface Inputs {

        /**
         * The next record.
         *
         * @param number counts up from 0; {@link RecordNumber} finds it again in the score
         */
        Input next(long number);
    }

    /** Name of the stream. */
    String name();

    /** The model, even if another stands in for it. */
    ModelRef model();

    /** Folder of the model's version. */
    Path folder();

    /** What the records are like, in words, by what is told. */
    Map<String, String> records();

    /** Its topics. The first of the outputs has one record for each record that was scored. */
    TopicSet<?> topics(Topics names);

    Inputs inputs(Topics topics, AvroSerdes serdes);

    /**
     * Scores a batch outside of any stream, with records like those of the stream.
     *
     * @param from number of the first of them, 0 or more
     * @param size how many
     */
    void score(long from, int size);

    /** Records after which the stream scores all that come: until then a model may not know enough. 1 or more. */
    long lead();

    /** Records that the pipeline scores in a round by default. */
    int defaultRecords();

    /** Most records in one call of the model, as the settings have it by default. */
    int defaultBatch();

    /**
     * The stream as {@code run} has it by default.
     *
     * @param meter sees each call of the model
     */
    StreamDefinition<?, ?, ?> stream(Answers answers, int batch, CallMeter meter, Topics topics, AvroSerdes serdes);

    /**
     * What an instance with this stream alone and this model has in its settings, of scoring and models.
     *
     * @param group consumer group of the instances
     * @param guarantee as the settings write it
     * @param batch most records in a call of the model
     */
    default String settings(String group, String guarantee, int batch) {
        return """
                streams:
                  %s:
                    enabled: true
                    application-id: %s
                    guarantee: %s
                    threads: 1
                    models: [{folder: %s}]
                    batch-size: %d
                """.formatted(name(), group, guarantee, quoted(folder()), batch);
    }

    /** A path as a scalar of YAML. */
    static String quoted(Path path) {
        return '"' + path.toAbsolutePath().toString().replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    @Override
    void close();
}
