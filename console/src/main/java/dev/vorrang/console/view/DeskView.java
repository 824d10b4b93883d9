package dev.vorrang.console.view;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What people did about a record.
 *
 * @param status where it stands
 * @param holder who works on it
 * @param acknowledgedBy who has seen it first
 * @param doneBy who was done with it
 * @param corrections what is right, by field of the score
 * @param comments number of remarks
 * @param events number of events that counted; grows with each
 * @param updatedAt time of the last event
 */
public record DeskView(
        Status status,
        Optional<String> holder,
        Optional<String> acknowledgedBy,
        Optional<String> doneBy,
        Map<String, String> corrections,
        int comments,
        int events,
        Optional<Instant> updatedAt) {

    /** Nobody did anything. */
    public static final DeskView UNTOUCHED = new DeskView(
            Status.OPEN, Optional.empty(), Optional.empty(), Optional.empty(), Map.of(), 0, 0, Optional.empty());

    /** Where a record stands. */
    public enum Status {
        OPEN,
        CLAIMED,
        DONE
    }

    public DeskView {
        corrections = Map.copyOf(corrections);
    }
}
