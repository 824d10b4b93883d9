package dev.vorrang.schemas.view;

import dev.vorrang.schemas.Reason;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;

/**
 * How an output of a stream is shown. Pure and thread-safe.
 *
 * @param <V> type of the records
 */
public interface OutputView<V extends SpecificRecord> {

    Class<V> type();

    Headline headline(V value);

    /** The reasons as data; of a record of an earlier version its sentences. */
    static List<Reason> reasons(List<Reason> details, List<String> sentences) {
        return details.isEmpty()
                ? sentences.stream()
                        .map(sentence -> new Reason(Headline.TEXT_ONLY, Map.of(), sentence))
                        .toList()
                : details;
    }
}
