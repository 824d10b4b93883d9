package dev.vorrang.schemas.view;

import dev.vorrang.schemas.Reason;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * What people should know of a record first.
 *
 * @param title a few words; may hold a stranger's words, and line breaks
 * @param severity how soon people should look
 * @param reasons why, the strongest first
 * @param key of the record in Kafka
 * @param time of what the record tells of
 * @param link where to find what it tells of: the source of a mail, or topic, partition and offset as {@code topic-partition@offset}
 */
public record Headline(String title, Severity severity, List<Reason> reasons, String key, Instant time, String link) {

    /** Code of a reason of which only the sentence is known, as in records of earlier versions. */
    public static final String TEXT_ONLY = "text";

    public Headline {
        Objects.requireNonNull(title, "title");
        Objects.requireNonNull(severity, "severity");
        reasons = List.copyOf(reasons);
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(time, "time");
        Objects.requireNonNull(link, "link");
    }
}
