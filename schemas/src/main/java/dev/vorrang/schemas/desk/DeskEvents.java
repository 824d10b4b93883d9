package dev.vorrang.schemas.desk;

import dev.vorrang.schemas.DeskEvent;
import dev.vorrang.schemas.DeskEventType;
import dev.vorrang.schemas.DeskState;
import dev.vorrang.schemas.DeskStatus;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What the events of a record make of its state. */
public final class DeskEvents {

    private static final int MAX_ID = 100;
    /** Characters of the id of a record. */
    public static final int MAX_NAME = 500;

    private static final int MAX_TEXT = 10_000;
    private static final int MAX_CORRECTIONS = 20;
    /** What records can hold and people can read. */
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

    private DeskEvents() {}

    /** @throws IllegalArgumentException if it is not valid; the message names field, value and what is allowed */
    public static void check(DeskEvent event) {
        check("id", event.getId(), 1, MAX_ID);
        check("record", event.getRecord(), 1, MAX_NAME);
        check("stream", event.getStream(), 1, MAX_NAME);
        check("who", event.getWho(), 1, MAX_NAME);
        check("channel", event.getChannel(), 1, MAX_NAME);
        if (event.getType() == DeskEventType.UNKNOWN) {
            throw new IllegalArgumentException("type UNKNOWN: allowed is one that this version knows");
        }
        if (event.getAt().isBefore(Instant.EPOCH) || event.getAt().isAfter(LATEST)) {
            throw new IllegalArgumentException(
                    "at " + event.getAt() + ": allowed are times from " + Instant.EPOCH + " to " + LATEST);
        }
        if (event.getComment() != null) {
            check("comment", event.getComment(), 0, MAX_TEXT);
        }
        if (event.getCorrections().size() > MAX_CORRECTIONS) {
            throw new IllegalArgumentException(
                    "corrections: " + event.getCorrections().size() + ", allowed are " + MAX_CORRECTIONS);
        }
        event.getCorrections().forEach((field, value) -> {
            check("corrections", field, 1, MAX_NAME);
            check("corrections." + field, value, 0, MAX_NAME);
        });
    }

    private static void check(String field, String text, int least, int most) {
        if (text.length() < least || text.length() > most) {
            throw new IllegalArgumentException(
                    field + " of " + text.length() + " characters: allowed are " + least + " to " + most);
        }
    }

    /**
     * The state after an event; empty if the event is refused and leaves it as it is. Refused are the claim of what somebody else holds
     * or what is done, the release of what the person does not hold, and what changes nothing.
     *
     * @param before null if there was no event that counted
     */
    public static Optional<DeskState> apply(DeskState before, DeskEvent event) {
        DeskState.Builder after = before == null
                ? DeskState.newBuilder()
                        .setRecord(event.getRecord())
                        .setStream(event.getStream())
                        .setStatus(DeskStatus.OPEN)
                : DeskState.newBuilder(before);
        boolean counts =
                switch (event.getType()) {
                    case CLAIMED -> claim(after, event);
                    case RELEASED -> release(after, event);
                    case ACKNOWLEDGED -> acknowledge(after, event);
                    case DONE -> finish(after, event);
                    case REOPENED -> reopen(after);
                    case CORRECTED -> correct(after, event);
                    case COMMENTED -> {
                        after.setComments(after.getComments() + 1);
                        yield true;
                    }
                    case UNKNOWN -> false;
                };
        return counts
                ? Optional.of(after.setEvents(after.getEvents() + 1)
                        .setLastEvent(event.getId())
                        .setUpdatedAt(event.getAt())
                        .build())
                : Optional.empty();
    }

    private static boolean claim(DeskState.Builder state, DeskEvent event) {
        if (state.getStatus() != DeskStatus.OPEN) {
            return false;
        }
        acknowledge(state, event);
        state.setStatus(DeskStatus.CLAIMED).setHolder(event.getWho());
        return true;
    }

    private static boolean release(DeskState.Builder state, DeskEvent event) {
        if (!event.getWho().equals(state.getHolder())) {
            return false;
        }
        state.setStatus(DeskStatus.OPEN).setHolder(null);
        return true;
    }

    private static boolean acknowledge(DeskState.Builder state, DeskEvent event) {
        if (state.getAcknowledgedBy() != null) {
            return false;
        }
        state.setAcknowledgedBy(event.getWho()).setAcknowledgedAt(event.getAt());
        return true;
    }

    private static boolean finish(DeskState.Builder state, DeskEvent event) {
        if (state.getStatus() == DeskStatus.DONE) {
            return false;
        }
        acknowledge(state, event);
        state.setStatus(DeskStatus.DONE).setHolder(null).setDoneBy(event.getWho());
        return true;
    }

    private static boolean reopen(DeskState.Builder state) {
        if (state.getStatus() == DeskStatus.OPEN && state.getAcknowledgedBy() == null) {
            return false;
        }
        state.setStatus(DeskStatus.OPEN)
                .setHolder(null)
                .setAcknowledgedBy(null)
                .setAcknowledgedAt(null)
                .setDoneBy(null);
        return true;
    }

    private static boolean correct(DeskState.Builder state, DeskEvent event) {
        Map<String, String> corrections =
                new HashMap<>(state.getCorrections() == null ? Map.of() : state.getCorrections());
        corrections.putAll(event.getCorrections());
        if (event.getCorrections().isEmpty() || corrections.size() > MAX_CORRECTIONS) {
            return false;
        }
        state.setCorrections(corrections);
        return true;
    }
}
