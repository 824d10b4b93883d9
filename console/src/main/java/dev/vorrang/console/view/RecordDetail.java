package dev.vorrang.console.view;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All of a record.
 *
 * @param summary as in a list
 * @param score the record of the output topic, field by field
 * @param source the record that was scored, field by field; empty if the input topic has it no more
 * @param cut whether fields of the source with more than {@value #MAX_FIELD_CHARS} characters are cut
 * @param history what people did, the oldest first
 * @param thread records with the same key, the oldest first, at most 100, itself among them
 * @param similar records of its group, the newest first, at most 20, without itself
 */
public record RecordDetail(
        RecordSummary summary,
        JsonNode score,
        Optional<JsonNode> source,
        boolean cut,
        List<Event> history,
        List<RecordSummary> thread,
        List<RecordSummary> similar) {

    /** Characters of a field that are shown. */
    public static final int MAX_FIELD_CHARS = 200_000;

    public RecordDetail {
        history = List.copyOf(history);
        thread = List.copyOf(thread);
        similar = List.copyOf(similar);
    }

    /**
     * Something that somebody did.
     *
     * @param type as in the desk event, such as {@code CLAIMED}
     * @param counted whether it changed anything; a second claim does not
     */
    public record Event(
            String id,
            String type,
            String who,
            String channel,
            Instant at,
            Optional<String> comment,
            Map<String, String> corrections,
            boolean counted) {

        public Event {
            corrections = Map.copyOf(corrections);
        }
    }
}
