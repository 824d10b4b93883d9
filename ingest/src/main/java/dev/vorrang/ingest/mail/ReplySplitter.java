package dev.vorrang.ingest.mail;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Parts the text of a mail into what its sender newly wrote, the history it quotes, and the signature, for the mail programs and
 * ticket systems that write English, German, French, Spanish, Italian and Dutch. Every line goes to exactly one of the three. Linear
 * in the text; lines longer than any mail program writes a mark in are never looked into.
 */
final class ReplySplitter {
    private static final int MAX_MOBILE_LINES = 10;
    private static final int MAX_SIGNATURE_LINES = 40;
    private static final int MAX_INTRODUCTION = 120;

    private enum Kind {
        NEW,
        QUOTED,
        SIGNATURE
    }

    private final List<String> lines;
    private final Attributions attributions;
    private final Kind[] kinds;
    private final String subject;
    private final boolean answers;
    private final boolean html;

    /** The three parts, each without blank lines at its ends; empty where there is none. */
    record Split(String text, String quoted, String signature) {}

    private ReplySplitter(String whole, String subject, boolean answers, boolean html) {
        this.lines = whole.lines().toList();
        this.attributions = new Attributions(lines);
        this.kinds = new Kind[lines.size()];
        this.subject = subject;
        this.answers = answers || ReplyMarks.isReplySubject(subject);
        this.html = html;
        mark(0, lines.size(), Kind.NEW);
    }

    /**
     * Splits a text.
     *
     * @param whole the text, lines ending in LF
     * @param subject of the mail: after "Fwd:" or "WG:" a copied header begins a forward, which is text, and not a history
     * @param answers whether the mail's header names a mail that it answers; a subject with "Re:" or "AW:" says so too
     * @param html whether the text was HTML, where a mark before a line is a quotation; in plain text that answers nothing, it may
     *     be a bullet or a prompt
     */
    static Split split(String whole, String subject, boolean answers, boolean html) {
        ReplySplitter splitter = new ReplySplitter(whole, subject, answers, html);
        splitter.markQuoted();
        splitter.markSignature();
        return splitter.result();
    }

    private void markQuoted() {
        boolean quotes = answers || html || isQuotedAnywhere() && hasAttribution();
        int i = 0;
        while (i < lines.size()) {
            if (isQuoted(i)) {
                if (ReplyMarks.isForward(unquoted(i))) {
                    return;
                }
                kinds[i] = quotes ? Kind.QUOTED : Kind.NEW;
                i++;
            } else if (ReplyMarks.isForward(lines.get(i))) {
                return;
            } else if (ReplyMarks.startsListFooter(lines, i)) {
                mark(i, lines.size(), Kind.SIGNATURE);
                return;
            } else if (ReplyMarks.startsHistory(lines, i) && !isIntroduced(i)) {
                if (!isPassedOn(i)) {
                    mark(i, lines.size(), Kind.QUOTED);
                }
                return;
            } else if (answers && SignatureMarks.isOutlookMobile(lines.get(i)) && hasNewWords(i)) {
                kinds[i] = Kind.SIGNATURE;
                mark(i + 1, lines.size(), Kind.QUOTED);
                return;
            } else {
                i = markAttribution(i);
            }
        }
    }

    /** Marks the attribution that starts here and the history below it, if there is one; the line to go on with. */
    private int markAttribution(int i) {
        Optional<Attribution> found = attributions.at(i);
        if (found.isEmpty()) {
            return i + 1;
        }
        int after = i + found.get().lines();
        int next = nextNonBlank(after);
        boolean marked = next < lines.size() && isQuoted(next);
        if (marked) {
            mark(i, next, Kind.QUOTED);
            return next;
        }
        if (!found.get().byProgram()) {
            return i + 1;
        }
        // Nothing above it: the answer is below, and where the history ends nobody can tell.
        int end = hasNewWords(i) ? endOfHistory(next) : after;
        mark(i, end, Kind.QUOTED);
        return end;
    }

    /** A history that is indented ends where the text is not; any other goes on to the end. */
    private int endOfHistory(int from) {
        if (from >= lines.size() || !isIndented(from)) {
            return lines.size();
        }
        int end = from;
        while (end < lines.size() && (lines.get(end).isBlank() || isIndented(end))) {
            end++;
        }
        return end > from && lines.get(end - 1).isBlank() ? end : lines.size();
    }

    private boolean isQuotedAnywhere() {
        return lines.stream().anyMatch(line -> line.startsWith(">"));
    }

    private boolean hasAttribution() {
        for (int i = 0; i < lines.size(); i++) {
            Optional<Attribution> found = attributions.at(i);
            if (found.isPresent()) {
                int next = nextNonBlank(i + found.get().lines());
                if (next < lines.size() && isQuoted(next)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Whether the writer shows what stands here, such as an error report: the sentence above ends in a colon. */
    private boolean isIntroduced(int i) {
        int above = i - 1;
        while (above >= 0 && lines.get(above).isBlank()) {
            above--;
        }
        if (above < 0 || kinds[above] != Kind.NEW || !CopiedHeader.startsAt(lines, i)) {
            return false;
        }
        String line = lines.get(above).strip();
        return line.endsWith(":")
                && line.length() > 1
                && line.length() <= MAX_INTRODUCTION
                && Character.isLetterOrDigit(line.codePointBefore(line.length() - 1));
    }

    /** Whether a copied mail is what the sender passes on, and not what is answered. */
    private boolean isPassedOn(int i) {
        return ReplyMarks.isForwardSubject(subject)
                || !answers && Pointer.mentionsMail(String.join("\n", lines.subList(0, i)));
    }

    private boolean hasNewWords(int before) {
        for (int i = 0; i < before; i++) {
            if (kinds[i] == Kind.NEW && saysSomething(lines.get(i))) {
                return true;
            }
        }
        return false;
    }

    /** A list's footer, "-- " and what follows it up to a quotation, and the lines that telephones add at the end. */
    private void markSignature() {
        markMobile();
        int last = lastNew();
        for (int first = last; first >= 0 && kinds[first] == Kind.NEW && last - first < MAX_SIGNATURE_LINES; first--) {
            if (SignatureMarks.startsSignature(lines, first, last)) {
                mark(first, last + 1, Kind.SIGNATURE);
                break;
            }
        }
        markMobile();
    }

    private void markMobile() {
        int last = lastNew();
        for (int i = 0; i < MAX_MOBILE_LINES && last >= 0 && SignatureMarks.isMobile(lines.get(last)); i++) {
            kinds[last] = Kind.SIGNATURE;
            last = lastNew();
        }
    }

    private int lastNew() {
        int last = lines.size() - 1;
        while (last >= 0 && (kinds[last] != Kind.NEW || lines.get(last).isBlank())) {
            last--;
        }
        return last;
    }

    private Split result() {
        String text = join(EnumSet.of(Kind.NEW));
        String quoted = join(EnumSet.of(Kind.QUOTED));
        String signature = join(EnumSet.of(Kind.SIGNATURE));
        if (saysSomething(text)) {
            return new Split(text, quoted, signature);
        }
        // Nothing new: a bare forward or quotation is what people read then, and a signature is better than nothing.
        if (CleanText.hasWords(quoted)) {
            return new Split(join(EnumSet.of(Kind.NEW, Kind.QUOTED)), "", signature);
        }
        return new Split(String.join("\n", lines).strip(), "", "");
    }

    /** Words, or what stands for them: an emoji, a question mark. */
    private static boolean saysSomething(String text) {
        return CleanText.hasWords(text)
                || text.codePoints().anyMatch(c -> c == '?' || Character.getType(c) == Character.OTHER_SYMBOL);
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

    private boolean isQuoted(int i) {
        return lines.get(i).stripLeading().startsWith(">");
    }

    private String unquoted(int i) {
        return lines.get(i).replaceFirst("^[> ]+", "");
    }

    private boolean isIndented(int i) {
        String line = lines.get(i);
        return line.startsWith("    ") || line.startsWith("\t");
    }
}
