package dev.vorrang.console.operations;

import dev.vorrang.console.view.OperationsView.DeadLetterView;
import java.time.Instant;
import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where a dead letter stands in the list: the newest first. */
record LetterPlace(long failedAt, String topic, int partition, long offset) implements Comparable<LetterPlace> {

    private static final Pattern CURSOR = Pattern.compile("(-?\\d{1,18})/([^/]{1,249})/(\\d{1,9})/(\\d{1,18})");
    private static final Comparator<LetterPlace> ORDER = Comparator.comparingLong(LetterPlace::failedAt)
            .thenComparing(LetterPlace::topic)
            .thenComparingInt(LetterPlace::partition)
            .thenComparingLong(LetterPlace::offset)
            .reversed();

    static LetterPlace of(DeadLetterView letter) {
        Instant failedAt = letter.failedAt();
        return new LetterPlace(failedAt.toEpochMilli(), letter.topic(), letter.partition(), letter.offset());
    }

    String cursor() {
        return failedAt + "/" + topic + "/" + partition + "/" + offset;
    }

    /** @throws IllegalArgumentException if it is none */
    static LetterPlace read(String cursor) {
        Matcher parts = CURSOR.matcher(cursor);
        if (!parts.matches()) {
            throw new IllegalArgumentException("after '" + cursor + "': allowed is what a page before had as next");
        }
        return new LetterPlace(
                Long.parseLong(parts.group(1)),
                parts.group(2),
                Integer.parseInt(parts.group(3)),
                Long.parseLong(parts.group(4)));
    }

    @Override
    public int compareTo(LetterPlace other) {
        return ORDER.compare(this, other);
    }
}
