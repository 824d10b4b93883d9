package dev.vorrang.console.view;

import dev.vorrang.schemas.Reason;
import dev.vorrang.schemas.view.Severity;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A record as a line of a list.
 *
 * @param stream name of the stream
 * @param id of the record; with the stream it is unique
 * @param type of the record, such as {@code MailScore}
 * @param title a few words; may hold a stranger's words
 * @param severity how soon people should look, after corrections
 * @param rank order within a severity, 0 to 1, the largest first
 * @param time of what the record tells of
 * @param scoredAt when it was scored
 * @param key of the record in Kafka: thread, machine, item
 * @param reasons why, the strongest first, as sentences
 * @param details the same as codes with parameters, for pages of other languages; empty where a list does not need them
 * @param facets what it can be filtered by, such as {@code queue}, {@code topic}, {@code kind}; after corrections
 * @param desk what people did
 * @param fold the group of similar records that it belongs to; empty if it is like no other
 */
public record RecordSummary(
        String stream,
        String id,
        String type,
        String title,
        Severity severity,
        double rank,
        Instant time,
        Instant scoredAt,
        String key,
        List<String> reasons,
        List<Told> details,
        Map<String, List<String>> facets,
        DeskView desk,
        Optional<Fold> fold) {

    public RecordSummary {
        reasons = List.copyOf(reasons);
        details = List.copyOf(details);
        facets = Map.copyOf(facets);
    }

    /** The same line with another group, or with none. */
    public RecordSummary with(Optional<Fold> other) {
        return new RecordSummary(
                stream, id, type, title, severity, rank, time, scoredAt, key, reasons, details, facets, desk, other);
    }

    /**
     * A reason.
     *
     * @param code of what it says; never changes its meaning
     * @param parameters values by name
     * @param text the sentence
     */
    public record Told(String code, Map<String, String> parameters, String text) {

        public Told {
            parameters = Map.copyOf(parameters);
        }

        public static Told of(Reason reason) {
            return new Told(reason.getCode(), reason.getParameters(), reason.getText());
        }
    }

    /**
     * Similar records.
     *
     * @param group name of the group; a filter {@code group} shows its records
     * @param count records of the group that meet the query
     * @param lastHour those of them that came within an hour before the newest
     * @param newest time of the newest
     */
    public record Fold(String group, long count, long lastHour, Instant newest) {}
}
