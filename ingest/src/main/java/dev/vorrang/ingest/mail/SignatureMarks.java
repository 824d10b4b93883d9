package dev.vorrang.ingest.mail;

import java.util.List;
import java.util.regex.Pattern;

/** Where signatures start, and the lines that telephones add. */
final class SignatureMarks {
    private static final int MAX_MOBILE = 120;
    private static final int MAX_LINES = 15;
    private static final int MAX_FIRST_LINE = 60;

    private static final Pattern MOBILE = compile("[(<\\[*_]*(從我的 .{1,20}傳送|"
            + "sent (from|via|by|with|using) ((my|a|an|the) )?(\\p{Alnum}[\\w.+'’-]*|\\[[^\\]]*\\])( \\p{Alnum}[\\w.+'’-]*| \\(\\w+\\)){0,7}|sent from my .{1,40}(excuse|typo|brevity|autocorrect).{0,60}"
            + "|(please )?(excuse|pardon) (my |any |the )?(brevity|typos?).{0,60}|from my (iphone|ipad|mobile|android|phone|blackberry).{0,20}|[\\w ]{2,20} from mobile"
            + "|get \\[?outlook for .{1,60}|download outlook .{0,40}|yahoo mail: search, organize, conquer.*"
            + "|von mein(em|er) .{1,60}(gesendet|geschickt|verschickt).{0,30}|von unterwegs (gesendet|geschickt).{0,20}|diese (nachricht|e-?mail|mail) wurde von meine[mr] .{1,80}gesendet"
            + "|(gesendet|gesandt|verschickt) (von|mit|vom|über|via|durch) .{1,80}|outlook für .{1,60}|holen sie sich outlook .{0,60}|hol dir outlook .{0,40}|laden sie outlook .{0,40}"
            + "|bitte (entschuldigen|verzeihen) sie (die )?(kürze|tippfehler).{0,60}|bitte die kürze .{0,60}entschuldigen"
            + "|envoyé (de|depuis|à partir de|avec) .{1,60}|obtenez outlook .{0,60}|télécharger outlook .{0,40}"
            + "|enviado (desde|con|do|a partir) .{1,60}|obtener outlook .{0,60}|inviato (da|dal|con) .{1,60}|scarica outlook .{0,60}|ottieni outlook .{0,60}"
            + "|verzonden (met|vanaf|via|vanuit) .{1,60}|verstuurd vanaf .{1,60}|download outlook .{0,60}|skickat från .{1,40}|sendt fra .{1,40}|lähetetty .{1,40}"
            + ")[.!)>\\]*_]*(<[^<>]*>|\\([^()]*\\)|https?://\\S*|\\s)*");

    /** Ends that make a sentence of what else were a telephone's line: "Sent from my office yesterday." */
    private static final Pattern SENTENCE = compile(
            "sent from my (office|account|desk|side|colleague|old|private|address|company|boss|wife|husband|bank|team)\\b.*"
                    + "|.*\\b(yesterday|today|tomorrow|gestern|heute|morgen)\\b.*|(gesendet|verschickt) (von|mit|vom|über|via) (der|dem|ihnen|uns|unserem|ihrem|unserer|post)\\b(?! (gmx|web\\.de|telekom|t-online|freenet|1&1|1und1|ionos)).*");

    private SignatureMarks() {}

    /** Whether a mail program on a telephone added this line. */
    static boolean isMobile(String line) {
        String stripped = line.strip();
        return stripped.length() <= MAX_MOBILE
                && MOBILE.matcher(stripped).matches()
                && !SENTENCE.matcher(stripped).matches();
    }

    /** Whether it is the line of Outlook for telephones, which puts the history below it without any mark. */
    static boolean isOutlookMobile(String line) {
        return line.contains("Outlook") && line.contains("<http") && isMobile(line);
    }

    /**
     * Whether the line at {@code i} parts a signature from the text. "-- " does (RFC 3676); two dashes alone are a rule as well, and so
     * do only if what follows is as short as a signature and starts with a name, not a sentence.
     *
     * @param last line of the text
     */
    static boolean startsSignature(List<String> lines, int i, int last) {
        String line = lines.get(i);
        if (line.equals("-- ")) {
            return true;
        }
        if (!line.strip().equals("--") && !isShortRule(line.strip())) {
            return false;
        }
        int first = i + 1;
        while (first <= last && lines.get(first).isBlank()) {
            first++;
        }
        if (first > last) {
            return true;
        }
        return last - first < MAX_LINES
                && isName(lines.get(first).strip())
                && lines.subList(first, last + 1).stream()
                        .noneMatch(each -> each.strip().endsWith("?"));
    }

    private static boolean isShortRule(String line) {
        int most = line.startsWith("_") ? 4 : 10;
        int least = line.startsWith("_") ? 2 : 1;
        return line.length() >= least
                && line.length() <= most
                && "_—".indexOf(line.charAt(0)) >= 0
                && line.chars().allMatch(c -> c == line.charAt(0));
    }

    private static boolean isName(String line) {
        return line.length() <= MAX_FIRST_LINE
                && line.codePoints().anyMatch(Character::isLetter)
                && !line.endsWith(".")
                && !line.endsWith("!")
                && !line.endsWith("?")
                && !line.endsWith(":")
                && !line.startsWith("-")
                && !line.startsWith("•");
    }

    private static Pattern compile(String regex) {
        return Pattern.compile(
                regex, Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE | Pattern.UNICODE_CHARACTER_CLASS);
    }
}
