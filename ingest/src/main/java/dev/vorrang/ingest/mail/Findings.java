package dev.vorrang.ingest.mail;

import dev.vorrang.schemas.ParseStatus;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;

/** What was cut, damaged or suspicious in one mail, and how long it may still take. Of one decoding, for one thread. */
final class Findings {
    private static final int MAX_NOTES = 20;
    private static final int MAX_NOTE_CHARACTERS = 200;

    private final LongSupplier cpuNanos;
    private final long startNanos;
    private final long mostNanos;
    private final String timeNote;
    private final Set<String> notes = new LinkedHashSet<>();
    private final Set<String> flags = new LinkedHashSet<>();
    private ParseStatus status = ParseStatus.OK;

    /**
     * @param limits has the time for the mail
     * @param cpuNanos CPU time of this thread, in nanoseconds from any start
     */
    Findings(DecoderLimits limits, LongSupplier cpuNanos) {
        this.cpuNanos = cpuNanos;
        this.startNanos = cpuNanos.getAsLong();
        this.mostNanos = limits.time().toNanos();
        this.timeNote = "took more than " + limits.time().toMillis() + " ms of CPU time, the rest was left out";
    }

    /** A limit cut the mail short. A limit outweighs damage, because what is left out may be sound. */
    void limit(String note) {
        if (status != ParseStatus.UNREAD) {
            status = ParseStatus.LIMIT;
        }
        note(note);
    }

    /** A part of the mail could not be read as it should be. */
    void damaged(String note) {
        if (status == ParseStatus.OK) {
            status = ParseStatus.DAMAGED;
        }
        note(note);
    }

    /** Content that people would read was not read. It outweighs all else, because the text is not what the mail says. */
    void unread(String note) {
        status = ParseStatus.UNREAD;
        note(note);
    }

    /** What the reader of the mail has found already: OK, LIMIT or DAMAGED. */
    void add(ParseStatus found, List<String> foundNotes) {
        status = found;
        foundNotes.forEach(this::note);
    }

    /** Something to know about the text, though nothing is wrong. */
    void note(String note) {
        if (notes.size() < MAX_NOTES) {
            notes.add(CleanText.cut(CleanText.oneLine(note), MAX_NOTE_CHARACTERS));
        }
    }

    void flag(String flag) {
        flags.add(flag);
    }

    /** Whether the time for this mail is over; the first one to see it notes it. */
    boolean outOfTime() {
        if (cpuNanos.getAsLong() - startNanos <= mostNanos) {
            return false;
        }
        limit(timeNote);
        return true;
    }

    ParseStatus status() {
        return status;
    }

    List<String> notes() {
        return new ArrayList<>(notes);
    }

    List<String> flags() {
        return new ArrayList<>(flags);
    }
}
