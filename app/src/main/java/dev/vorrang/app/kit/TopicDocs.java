package dev.vorrang.app.kit;

import dev.vorrang.schemas.Topic;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * What the reference of topics says of a stream.
 *
 * @param topics in the order of the reference
 * @param codes of reasons, by records
 */
public record TopicDocs(List<Entry> topics, List<Codes> codes) {

    /** Name of the queue of a topic that stands for one topic for each queue. */
    public static final String QUEUE = "queue";

    public TopicDocs {
        topics = List.copyOf(topics);
        codes = List.copyOf(codes);
    }

    /**
     * A topic.
     *
     * @param written who writes to it, and what
     */
    public record Entry(Topic<?> topic, String written) {}

    /**
     * The codes of the reasons of a record.
     *
     * @param record its name
     * @param meanings of the codes and their parameters, in order
     */
    public record Codes(String record, Map<String, String> meanings) {

        /**
         * Of reasons that are declared.
         *
         * @param code of a reason
         * @param doc of its meaning and parameters
         */
        public static <R> Codes of(String record, R[] reasons, Function<R, String> code, Function<R, String> doc) {
            var meanings = new LinkedHashMap<String, String>();
            for (R reason : reasons) {
                meanings.put(code.apply(reason), doc.apply(reason));
            }
            return new Codes(record, meanings);
        }
    }
}
