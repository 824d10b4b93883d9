package dev.vorrang.ingest.mail;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The header fields of a mail or part that decoding needs, unfolded, eight-bit bytes decoded, encoded words left as they are.
 *
 * <p>Angus reads a header block of any size into memory, and throws on a line that starts with a colon. This one is linear and
 * bounded: a field is cut at 32 KiB, and once the block is over its limit only the first field of a name counts, so that the
 * subject behind a megabyte of padding is still found.
 */
final class HeaderBlock {
    private static final int MAX_FIELD_BYTES = 32 * 1024;
    private static final int MAX_NAME_BYTES = 80;
    private static final int MAX_SAME = 20;
    private static final Set<String> NAMES = Set.of(
            "auto-submitted",
            "cc",
            "content-disposition",
            "content-transfer-encoding",
            "content-type",
            "date",
            "from",
            "in-reply-to",
            "list-id",
            "list-post",
            "list-unsubscribe",
            "mailing-list",
            "message-id",
            "precedence",
            "references",
            "reply-to",
            "return-path",
            "subject",
            "to",
            "x-autoreply",
            "x-autorespond",
            "x-failed-recipients");

    private final Map<String, List<String>> fields = new HashMap<>();
    private final byte[] bytes;
    private final int from;
    private final int to;
    private final int limit;
    private int fieldLines;
    private int bodyStart;
    private boolean cut;
    private boolean terminated;

    private HeaderBlock(byte[] bytes, int from, int to, int limit) {
        this.bytes = bytes;
        this.from = from;
        this.to = to;
        this.limit = limit;
    }

    /**
     * Reads the header block at the start of a range.
     *
     * @param limit bytes from which on only the first field of a name is kept
     */
    static HeaderBlock read(byte[] bytes, int from, int to, int limit) {
        HeaderBlock block = new HeaderBlock(bytes, from, to, limit);
        block.read();
        return block;
    }

    /** First field of this name (lower case); empty if there is none or it has no value. */
    Optional<String> first(String name) {
        return all(name).stream().filter(value -> !value.isBlank()).findFirst();
    }

    /** Every field of this name (lower case), at most 20. */
    List<String> all(String name) {
        return fields.getOrDefault(name, List.of());
    }

    /** Offset of the first byte after the block and its empty line. */
    int bodyStart() {
        return bodyStart;
    }

    boolean isEmpty() {
        return fieldLines == 0;
    }

    /** Whether there is an empty line at its end, so that what follows is a body beyond doubt. */
    boolean isTerminated() {
        return terminated;
    }

    /** Whether a field or the block was longer than allowed. */
    boolean isCut() {
        return cut || bodyStart - from > limit;
    }

    /**
     * Fields up to the empty line. A line that is no field is skipped, as most mail programs do; where no empty line follows, the
     * text is taken to start with the first such line, so that it is not lost.
     */
    private void read() {
        int firstOther = -1;
        int at = from;
        while (at < to && !isEmptyLine(at)) {
            int end = Lines.end(bytes, at, to);
            int next = Lines.next(bytes, end, to);
            while (next < to && isBlank(bytes[next])) {
                end = Lines.end(bytes, next, to);
                next = Lines.next(bytes, end, to);
            }
            int colon = colonOfField(at, end);
            if (colon >= 0) {
                fieldLines++;
                keep(at, colon, end);
            } else if (firstOther < 0 && !startsWith(at, end, "From ")) {
                firstOther = at;
            }
            at = next;
        }
        terminated = at < to;
        if (terminated) {
            bodyStart = Lines.next(bytes, at, to);
        } else {
            bodyStart = firstOther < 0 ? to : firstOther;
        }
    }

    private boolean isEmptyLine(int at) {
        return Lines.end(bytes, at, to) == at;
    }

    private void keep(int at, int colon, int end) {
        String name = name(at, colon);
        if (!NAMES.contains(name)) {
            return;
        }
        List<String> same = fields.computeIfAbsent(name, key -> new ArrayList<>(1));
        if (same.size() >= MAX_SAME || (at - from > limit && !same.isEmpty())) {
            cut = true;
            return;
        }
        cut |= end - colon > MAX_FIELD_BYTES;
        same.add(value(colon + 1, Math.min(end, colon + 1 + MAX_FIELD_BYTES)));
    }

    private String name(int at, int colon) {
        return new String(bytes, at, colon - at, StandardCharsets.ISO_8859_1)
                .stripTrailing()
                .toLowerCase(Locale.ROOT);
    }

    /** The value without its line ends; the white space that folding put in stays. */
    private String value(int start, int end) {
        byte[] value = new byte[end - start];
        int length = 0;
        boolean ascii = true;
        for (int i = start; i < end; i++) {
            if (bytes[i] != '\r' && bytes[i] != '\n') {
                value[length++] = bytes[i];
                ascii &= bytes[i] >= 0;
            }
        }
        if (ascii) {
            return new String(value, 0, length, StandardCharsets.ISO_8859_1).strip();
        }
        return Charsets.guess(Arrays.copyOf(value, length)).strip();
    }

    /** Offset of the colon of a line that is the start of a field, else -1. */
    private int colonOfField(int at, int end) {
        boolean space = false;
        for (int i = at; i < end && i - at <= MAX_NAME_BYTES; i++) {
            byte b = bytes[i];
            if (b == ':') {
                return i > at ? i : -1;
            }
            if (b == ' ' || b == '\t') {
                space = true;
            } else if (b <= ' ' || b == 0x7F || space) {
                return -1;
            }
            if (i == at && space) {
                return -1;
            }
        }
        return -1;
    }

    private boolean startsWith(int at, int end, String prefix) {
        if (end - at < prefix.length()) {
            return false;
        }
        for (int i = 0; i < prefix.length(); i++) {
            if (bytes[at + i] != prefix.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isBlank(byte b) {
        return b == ' ' || b == '\t';
    }
}
