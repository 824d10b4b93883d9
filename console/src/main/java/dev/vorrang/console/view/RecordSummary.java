package dev.vorrang.console.view;

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
        Map<String, List<String>> facets,
        DeskView desk,
        Optional<Fold> fold) {

    public RecordSummary {
        reasons = List.copyOf(reasons);
        facets = Map.copyOf(facets);
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
