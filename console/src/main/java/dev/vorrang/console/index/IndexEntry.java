package dev.vorrang.console.index;

import dev.vorrang.console.view.RecordSummary.Told;
import dev.vorrang.schemas.Reason;
import dev.vorrang.schemas.view.Headline;
import dev.vorrang.schemas.view.Severity;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What is found and shown of a record. Immutable.
 *
 * @param title a few words; may hold a stranger's words
 * @param severity how soon people should look, after corrections
 * @param rank order within a severity, 0 to 1, the largest first
 * @param time of what the record tells of
 * @param scoredAt when it was scored
 * @param key of the record in Kafka; records with the same key belong together
 * @param reasons why, the strongest first
 * @param details the same with their codes; empty where lists do not need them
 * @param facets values by facet, after corrections; only facets that the feed names
 * @param text what is searched for words
 * @param signature by which near duplicates are found, as for {@link dev.vorrang.schemas.text.Resemblance}; empty if it is like no
 *     other
 */
public record IndexEntry(
        String title,
        Severity severity,
        double rank,
        Instant time,
        Instant scoredAt,
        String key,
        List<String> reasons,
        List<Told> details,
        Map<String, List<String>> facets,
        List<String> text,
        List<Integer> signature) {

    public IndexEntry {
        reasons = List.copyOf(reasons);
        details = List.copyOf(details);
        facets = Map.copyOf(facets);
        text = List.copyOf(text);
        signature = List.copyOf(signature);
    }

    /**
     * An alert: its time is when it began, and {@code scoredAt} the time of its last change.
     *
     * @param peak highest severity so far; taken as 0 to 1
     * @param facets values by facet
     * @param words what is searched for words, besides key and reasons
     */
    public static IndexEntry ofAlert(
            Headline headline,
            double peak,
            Instant began,
            Instant changed,
            Map<String, List<String>> facets,
            List<String> words) {
        List<String> reasons = headline.reasons().stream().map(Reason::getText).toList();
        return new IndexEntry(
                headline.title(),
                headline.severity(),
                Math.max(0, Math.min(1, peak)),
                began,
                changed,
                headline.key(),
                reasons,
                headline.reasons().stream().map(Told::of).toList(),
                facets,
                Stream.of(List.of(headline.key()), words, reasons)
                        .flatMap(List::stream)
                        .toList(),
                List.of());
    }
}
