package dev.vorrang.ingest.mail;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Parts the text of a mail into what its sender newly wrote, the history it quotes, and the signature, for the mail programs that
 * write English and German. Every line goes to exactly one of the three. Linear in the text; lines longer than any mail
 * program writes a mark in are never looked into.
 */
final class ReplySplitter {
    private static final int MAX_MARK = 400;
    private static final int MAX_ATTRIBUTION_LINES = 4;
    private static final int MAX_SIGNATURE_LINES = 40;
    private static final int HEADER_LINES = 8;

    private static final Set<String> FORWARD_MARKS = Set.of(
            "forwarded message",
            "begin forwarded message",
            "forwarded mail",
            "weitergeleitete nachricht",
            "weitergeleitete e-mail",
            "anfang der weitergeleiteten nachricht",
            "anfang der weitergeleiteten e-mail");
    private static final Set<String> REPLY_MARKS = Set.of(
            "original message",
            "original-nachricht",
            "ursprüngliche nachricht",
            "urspruengliche nachricht",
            "originalnachricht",
            "original nachricht",
            "ursprüngliche mail",
            "ursprüngliche e-mail");
    private static final List<String> HEADERS = List.of(
            "from:", "von:", "sent:", "gesendet:", "date:", "datum:", "to:", "an:", "cc:", "subject:", "betreff:");
    private static final List<String> MOBILE_SIGNATURES = List.of(
            "sent from my ",
            "sent via ",
            "sent from mail for windows",
            "sent from outlook",
            "sent from yahoo mail",
            "get outlook for ",
            "von meinem ",
            "gesendet von meinem ",
            "gesendet von outlook",
            "gesendet mit der ",
            "gesendet von mail für windows",
            "outlook für ",
            "diese nachricht wurde von meinem ",
            "holen sie sich outlook");

    private enum Kind {
        NEW,
        QUOTED,
        SIGNATURE
    }

    private final List<String> lines;
    private final Kind[] kinds;
    private final boolean forwardedSubject;
    private final int lastQuoteMark;

    /** The three parts, each without blank lines at its ends; empty where there is none. */
    record Split(String text, String quoted, String signature) {}

    private ReplySplitter(String whole, boolean forwardedSubject) {
        this.lines = whole.lines().toList();
        this.kinds = new Kind[lines.size()];
        this.forwardedSubject = forwardedSubject;
        int last = lines.size() - 1;
        while (last >= 0 && !mark(last).startsWith(">")) {
            last--;
        }
        this.lastQuoteMark = last;
    }

    /**
     * Splits a text.
     *
     * @param whole the text, lines ending in LF
     * @param subject of the mail: after "Fwd:" or "WG:" a copied header begins a forward, which is text, and not a history
     */
    static Split split(String whole, String subject) {
        ReplySplitter splitter = new ReplySplitter(whole, isForward(subject));
        splitter.markQuoted();
        splitter.markSignature();
        return splitter.result();
    }

    private void markQuoted() {
        for (int i = 0; i < lines.size(); i++) {
            kinds[i] = Kind.NEW;
        }
        for (int i = 0; i < lines.size(); i++) {
            String line = mark(i);
            if (line.startsWith(">")) {
                kinds[i] = Kind.QUOTED;
            } else if (FORWARD_MARKS.contains(withoutDashes(line))) {
                return;
            } else if (startsHistory(i, line)) {
                if (!forwardedSubject) {
                    mark(i, lines.size(), Kind.QUOTED);
                }
                return;
            } else {
                i = markAttribution(i, line);
            }
        }
    }

    /** Whether everything from this line on is a mail that was answered, copied whole as Outlook does. */
    private boolean startsHistory(int i, String line) {
        boolean dashed = line.startsWith("-") || line.startsWith("_");
        if (dashed && REPLY_MARKS.contains(withoutDashes(line))) {
            return true;
        }
        if (dashed && line.length() >= 20 && withoutDashes(line).isEmpty()) {
            return i + 1 < lines.size() && copiedHeaders(nextNonBlank(i + 1)) >= 2;
        }
        return (line.startsWith("from:")
                        || line.startsWith("von:")
                        || line.startsWith("*from:")
                        || line.startsWith("*von:"))
                && copiedHeaders(i) >= 3;
    }

    /** How many different header fields stand in the lines from here on. */
    private int copiedHeaders(int from) {
        int found = 0;
        for (int i = from; i < Math.min(from + HEADER_LINES, lines.size()); i++) {
            String line = mark(i).replace("*", "");
            if (HEADERS.stream().anyMatch(line::startsWith)) {
                found++;
            } else if (line.isEmpty() && found > 0) {
                break;
            }
        }
        return found;
    }

    /**
     * "On … wrote:", "Am … schrieb …:", which may be wrapped: quoted if a quotation follows. Where none does, the program left
     * out the marks, and all that follows is history.
     *
     * @return the last line it has marked, or {@code i}
     */
    private int markAttribution(int i, String line) {
        int end = attributionEnd(i, line);
        if (end < 0) {
            return i;
        }
        int next = nextNonBlank(end + 1);
        if (next >= lines.size()) {
            return i;
        }
        boolean marked = mark(next).startsWith(">");
        if (!marked && next <= lastQuoteMark) {
            return i;
        }
        mark(i, marked ? next : lines.size(), Kind.QUOTED);
        return marked ? next - 1 : lines.size();
    }

    private int attributionEnd(int i, String line) {
        boolean english = line.startsWith("on ");
        if (!english && !line.startsWith("am ")) {
            return -1;
        }
        int length = 0;
        for (int end = i; end < Math.min(i + MAX_ATTRIBUTION_LINES, lines.size()); end++) {
            String part = mark(end);
            length += part.length();
            if (part.isEmpty() || length > MAX_MARK) {
                return -1;
            }
            if (english && (part.endsWith("wrote:") || part.endsWith("writes:"))) {
                return end;
            }
            if (!english && part.endsWith(":") && joined(i, end).contains("schrieb")) {
                return end;
            }
        }
        return -1;
    }

    private String joined(int from, int to) {
        StringBuilder joined = new StringBuilder();
        for (int i = from; i <= to; i++) {
            joined.append(mark(i)).append(' ');
        }
        return joined.toString();
    }

    /** "-- " and what follows it up to a quotation, or the line that a telephone's mail program adds at the end. */
    private void markSignature() {
        int last = lines.size() - 1;
        while (last >= 0 && (kinds[last] != Kind.NEW || lines.get(last).isBlank())) {
            last--;
        }
        int first = last;
        while (first >= 0 && kinds[first] == Kind.NEW && last - first < MAX_SIGNATURE_LINES) {
            String line = lines.get(first);
            if (line.equals("-- ") || line.equals("--")) {
                mark(first, last + 1, Kind.SIGNATURE);
                return;
            }
            first--;
        }
        if (last >= 0
                && MOBILE_SIGNATURES.stream().anyMatch(mark(last)::startsWith)
                && mark(last).length() < 100) {
            kinds[last] = Kind.SIGNATURE;
        }
    }

    private Split result() {
        String text = join(EnumSet.of(Kind.NEW));
        String quoted = join(EnumSet.of(Kind.QUOTED));
        String signature = join(EnumSet.of(Kind.SIGNATURE));
        if (CleanText.hasWords(text)) {
            return new Split(text, quoted, signature);
        }
        // Nothing new: a bare forward or quotation is what people read then, and a signature is better than nothing.
        if (CleanText.hasWords(quoted)) {
            return new Split(join(EnumSet.of(Kind.NEW, Kind.QUOTED)), "", signature);
        }
        return new Split(String.join("\n", lines).strip(), "", "");
    }

    private String join(Set<Kind> wanted) {
        StringBuilder joined = new StringBuilder();
        for (int i = 0; i < kinds.length; i++) {
            if (wanted.contains(kinds[i])) {
                joined.append(lines.get(i)).append('\n');
            }
        }
        return joined.toString().strip();
    }

    private void mark(int from, int to, Kind kind) {
        for (int i = from; i < to; i++) {
            kinds[i] = kind;
        }
    }

    private int nextNonBlank(int from) {
        int i = from;
        while (i < lines.size() && lines.get(i).isBlank()) {
            i++;
        }
        return i;
    }

    /** The line as marks are looked for: without blanks around, lower case; empty if it is too long to be one. */
    private String mark(int i) {
        String line = lines.get(i);
        if (line.length() > MAX_MARK) {
            return line.startsWith(">") ? ">" : "-long-";
        }
        return line.strip().toLowerCase(Locale.ROOT);
    }

    private static String withoutDashes(String line) {
        int from = 0;
        int to = line.length();
        while (from < to && "-_ :".indexOf(line.charAt(from)) >= 0) {
            from++;
        }
        while (to > from && "-_ :".indexOf(line.charAt(to - 1)) >= 0) {
            to--;
        }
        return line.substring(from, to);
    }

    private static boolean isForward(String subject) {
        String lower = subject.strip().toLowerCase(Locale.ROOT);
        return lower.startsWith("fwd:")
                || lower.startsWith("fw:")
                || lower.startsWith("wg:")
                || lower.startsWith("wtr:");
    }
}
