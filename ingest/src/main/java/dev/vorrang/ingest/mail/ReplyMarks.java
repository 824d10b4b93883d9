package dev.vorrang.ingest.mail;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Lines that mail programs, lists and ticket systems put between the parts of a mail. */
final class ReplyMarks {
    private static final Pattern FORWARD = compile(
            "(begin )?(forwarded|fwd) (message|mail|by .*)|forwarded message from .*"
                    + "|(anfang der )?weitergeleitete[nr]? (nachricht|e-?mail|mail)|(début du )?message (transféré|réexpédié)"
                    + "|(inicio del )?mensaje reenviado|(inizio )?messaggio inoltrato|(begin )?doorgestuurd bericht|mensagem encaminhada");
    private static final Pattern REPLY =
            compile("(original|reply|previous) (message|mail|e-?mail)|(original|antwort)[- ]?(nachricht|mail|e-?mail)"
                    + "|urspr(ü|ue|u)ngliche[rs]? (nachricht|mail|e-?mail|text)|message d['’]origine|message original|mensaje original|messaggio (originale|originario)"
                    + "|oorspronkelijk(e)? bericht|origineel bericht|originele? bericht|mensagem original|original ?meddelande|oprindelig meddelelse"
                    + "|oprindelig besked|ursprungligt meddelande|wiadomość oryginalna|原始邮件");
    private static final Pattern REPLY_ABOVE = compile(
            ".{0,60}\\b(reply|respond|answer|write|type|antwort\\w*|schreiben|répond\\w*|réponse|respond\\w*|rispond\\w*|antwoord\\w*|reageer)\\b.{0,40}"
                    + "\\b(above|oberhalb|über|au-dessus|por encima|sopra|boven)\\b.{0,30}\\b(line|zeile|linie|ligne|línea|linea|lijn|regel)\\b.{0,70}");
    /** "Max Muster ---05.03.2024 10:15:30---Does it run?" of Notes, above the copied header. */
    private static final Pattern NOTES = compile("\\p{L}[^:]{1,80} ---\\d{1,2}[./]\\d{1,2}[./]\\d{4} .{3,12}---.*");

    private static final Pattern MAILING_LIST =
            compile(".*(mailing list|mailingliste|liste de diffusion|/listinfo/|/lists/|unsubscribe).*");
    private static final Pattern REPLY_SUBJECT =
            compile("((re|aw|antw|antwort|rép|réf|tr|sv|vs|rif|r|odp|ynt)(\\[\\d+\\]|\\^\\d+|\\(\\d+\\))?\\s?:).*");
    private static final Pattern FORWARD_SUBJECT = compile("(fwd?|wg|wtr|tr|rv|i|doorst|enc)\\s?:.*");

    private static final int MIN_RULE = 20;
    private static final int MAX_MARK = 400;
    private static final int MAX_TITLE = 50;
    private static final int MIN_REPLY_ABOVE = 15;
    private static final int MAX_REPLY_ABOVE = 120;

    private ReplyMarks() {}

    /** Whether what follows is a mail that is passed on. */
    static boolean isForward(String line) {
        return line.length() <= MAX_MARK && FORWARD.matcher(bare(line)).matches();
    }

    /** Whether all that follows, this line included, is a mail that is answered. */
    static boolean startsHistory(List<String> lines, int i) {
        String line = lines.get(i).strip();
        if (line.length() > MAX_MARK || line.isEmpty()) {
            return false;
        }
        boolean ruled = "-_*=–—‐".indexOf(line.charAt(0)) >= 0;
        String bare = bare(line);
        int next = nextNonBlank(lines, i + 1);
        if (bare.length() <= MAX_TITLE && REPLY.matcher(bare).matches()) {
            return ruled && line.length() > bare.length() + 2 || CopiedHeader.fieldsAt(lines, next) >= 2;
        }
        if (ruled && bare.isEmpty() && line.length() >= MIN_RULE) {
            return CopiedHeader.startsAt(lines, next)
                    || line.charAt(0) == '_' && CopiedHeader.fieldsAt(lines, next) >= 2;
        }
        if (line.contains("---") && NOTES.matcher(line).matches()) {
            return true;
        }
        return line.length() >= MIN_REPLY_ABOVE
                        && line.length() <= MAX_REPLY_ABOVE
                        && REPLY_ABOVE.matcher(line).matches()
                || CopiedHeader.startsAt(lines, i);
    }

    /** Whether a list's footer starts here: a rule, and the name or address of the list below. */
    static boolean startsListFooter(List<String> lines, int i) {
        String line = lines.get(i).strip();
        if (line.length() < MIN_RULE || line.length() > MAX_MARK || !bare(line).isEmpty()) {
            return false;
        }
        return lines.subList(Math.min(i + 1, lines.size()), Math.min(i + 4, lines.size())).stream()
                .anyMatch(next ->
                        next.length() <= MAX_MARK && MAILING_LIST.matcher(next).matches());
    }

    static boolean isForwardSubject(String subject) {
        return FORWARD_SUBJECT.matcher(subject.strip()).matches();
    }

    static boolean isReplySubject(String subject) {
        return REPLY_SUBJECT.matcher(subject.strip()).matches();
    }

    private static int nextNonBlank(List<String> lines, int from) {
        int i = from;
        while (i < lines.size() && lines.get(i).isBlank()) {
            i++;
        }
        return i;
    }

    /** Without the rules around it. */
    static String bare(String line) {
        int from = 0;
        int to = line.length();
        while (from < to && "-_*=–—‐ :\t".indexOf(line.charAt(from)) >= 0) {
            from++;
        }
        while (to > from && "-_*=–—‐ :\t".indexOf(line.charAt(to - 1)) >= 0) {
            to--;
        }
        return line.substring(from, to).toLowerCase(Locale.ROOT);
    }

    private static Pattern compile(String regex) {
        return Pattern.compile(
                regex,
                Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE | Pattern.UNICODE_CHARACTER_CLASS | Pattern.DOTALL);
    }
}
