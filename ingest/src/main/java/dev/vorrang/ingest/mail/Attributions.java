package dev.vorrang.ingest.mail;

import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds the {@linkplain Attribution attributions} in the lines of a text. Bounded: no mail has so many lines that may be one. */
final class Attributions {
    private static final int MAX_LINES = 4;
    private static final int MAX_CHARACTERS = 400;
    private static final int MAX_CANDIDATES = 500;

    private final List<String> lines;
    private final BitSet mayEnd;
    private final Map<Integer, Optional<Attribution>> known = new HashMap<>();
    private int candidates;

    Attributions(List<String> lines) {
        this.lines = lines;
        this.mayEnd = new BitSet(lines.size());
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            mayEnd.set(i, line.length() <= MAX_CHARACTERS && Attribution.mayEnd(line.strip()));
        }
    }

    /** The attribution that starts in this line. */
    Optional<Attribution> at(int start) {
        int end = mayEnd.nextSetBit(start);
        if (end < 0 || end >= start + MAX_LINES) {
            return Optional.empty();
        }
        Optional<Attribution> before = known.get(start);
        if (before == null) {
            before = find(start);
            known.put(start, before);
        }
        return before;
    }

    private Optional<Attribution> find(int start) {
        StringBuilder joined = new StringBuilder();
        for (int end = start; end < Math.min(start + MAX_LINES, lines.size()); end++) {
            String line = lines.get(end);
            if (line.isBlank() || joined.length() + line.length() > MAX_CHARACTERS) {
                break;
            }
            // A bracket that closes an address may have been wrapped alone.
            if (isQuoted(line) != isQuoted(lines.get(start)) && !isOpen(joined)) {
                break;
            }
            joined.append(joined.isEmpty() ? "" : " ").append(line.strip());
            if (mayEnd.get(end) && candidates++ < MAX_CANDIDATES) {
                String text = Attribution.joined(joined.toString());
                Optional<Attribution> found = Attribution.of(text, end - start + 1, line.strip());
                if (found.isPresent()) {
                    return startsLater(start, end, Attribution.opens(text)) ? Optional.empty() : found;
                }
            }
        }
        return Optional.empty();
    }

    /** Whether the first of several lines is text above an attribution, and no part of it. */
    private boolean startsLater(int start, int end, boolean opened) {
        for (int later = start + 1; later <= end; later++) {
            if (isContinuation(later)) {
                continue;
            }
            boolean opens = Attribution.opens(Attribution.joined(lines.get(later)));
            boolean mayStart = opens || !opened;
            if (mayStart && at(later).isPresent()) {
                return true;
            }
        }
        return start < end && !opened && start > 0 && !lines.get(start - 1).isBlank();
    }

    /** Whether the line goes on with an address or a time: "On 5 March 2024, / at 10:15, / Max / &lt;max@…&gt; wrote:". */
    private boolean isContinuation(int i) {
        String line = lines.get(i).strip();
        return line.startsWith("<") || line.startsWith("at ") || isOpen(lines.get(i - 1));
    }

    private static boolean isQuoted(String line) {
        return line.stripLeading().startsWith(">");
    }

    private static boolean isOpen(CharSequence text) {
        String line = text.toString();
        return line.lastIndexOf('<') > line.lastIndexOf('>');
    }
}
