package dev.vorrang.app.bench;

import dev.vorrang.schemas.Topic;
import dev.vorrang.schemas.Topics;
import dev.vorrang.schemas.serde.AvroSerdes;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.LongFunction;
import org.apache.avro.specific.SpecificRecord;

/**
 * The records that the benchmark of a stream sends.
 *
 * @param words what they are like, by what is told
 * @param lead records after which the stream scores all that come: until then a model may not know enough. 1 or more
 * @param round records that the pipeline scores in a round, where no option says: so many that a run takes a few minutes
 * @param inputs makes the records of one run, as many as are asked for
 */
public record BenchRecords(
        Map<String, String> words, long lead, int round, BiFunction<Topics, AvroSerdes, BenchStream.Inputs> inputs) {

    private static final int ROUND = 200_000;

    public BenchRecords {
        words = Map.copyOf(words);
    }

    /** With rounds that are long enough for a stream whose records cost little. */
    public BenchRecords(
            Map<String, String> words, long lead, BiFunction<Topics, AvroSerdes, BenchStream.Inputs> inputs) {
        this(words, lead, ROUND, inputs);
    }

    /**
     * Records that are made and encoded one by one.
     *
     * @param topic of the input
     * @param key of a record
     * @param records by their numbers, which count up from 0; the first field of each is its {@link RecordNumber#id}
     */
    public static <V extends SpecificRecord> BenchStream.Inputs encoded(
            Topic<V> topic, AvroSerdes serdes, Function<V, String> key, LongFunction<V> records) {
        var serializer = serdes.valueSerde(topic).serializer();
        return number -> {
            V value = records.apply(number);
            return new BenchStream.Input(key.apply(value), serializer.serialize(topic.name(), value));
        };
    }
}
