package dev.vorrang.ingest.mail;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The line that mail programs put above the mail that is answered: "On … wrote:", "Am … schrieb …:", "… &lt;…&gt; a écrit :", in the
 * languages they ship with, wrapped over up to four lines.
 *
 * <p>People write such lines too: "On Monday your technician wrote:". A program's line has a date with a year or a time, or an
 * address, and no pronouns, because it is made of a date and a name. Where both are wanting, only a quotation that follows shows that
 * it is one.
 *
 * @param lines how many lines it has
 * @param byProgram whether only a program writes such a line, so that all that follows is history even without quotation marks
 */
record Attribution(int lines, boolean byProgram) {
    private static final String VERB =
            "(?:wrote|writes|said|sent|đã viết|schrieb(?:en sie)?|geschrieben|geschreven|a écrit|a ecrit|écrivait|écrit|nous a dit|escribió"
                    + "|escribio|ha escrito|escreveu|ha scritto|scrive|schreef|napisał(?:\\(a\\))?|napsal\\(?a?\\)?|skrev|kirjoitti|írta|написа(?:л|ла|в)|пишет|пише|写道)";
    private static final String DATE =
            "(?:\\b(?:19|20)\\d\\d\\b|\\d{1,2}[:.h]\\d\\d\\b|\\d{1,2}[./-]\\d{1,2}[./-]\\d{2,4})";
    private static final Pattern EVIDENCE = compile(DATE);
    private static final Pattern ADDRESS = compile("[^\\s<>@\\[(]@[^\\s<>@]+\\.[^\\s<>@]|<[^<>]+@[^<>]+>");
    private static final Pattern HAS_VERB = compile("\\b" + VERB);
    private static final Pattern OPENER = compile(
            "^(?:on|at|in (?:message|article|reply to|a message)|am|le|el|il|op|em|den|dnia|v|il giorno|w dniu|vào|在|\\d{1,4}[./-]\\d{1,2}[./-]\\d{1,4})\\b");

    /** Ends with the verb: English and the Romance languages, "hat am … geschrieben". */
    private static final Pattern VERB_LAST = compile("\\b" + VERB + "\\s*:*$");
    /** The name after the verb: "Am … schrieb Max:", "Op … schreef Jan:". */
    private static final Pattern NAME_LAST = compile("\\b(?:schrieb|schreef|skrev|kirjoitti)\\s+[^:]{1,200}:$");
    /** The date after the verb: "Max schrieb am …:", "Max wrote on …:". */
    private static final Pattern DATE_LAST =
            compile("\\b(?:schrieb|wrote|schreef|escribió|ha scritto|a écrit)\\s+(?:on|am|op|el|il|le)\\b.{0,120}:$");
    /** The date between the name and the verb: "Max hat am … geschrieben:". */
    private static final Pattern DATE_BEFORE_VERB =
            compile("^[^:]{0,120}\\b(?:hat am|heeft op)\\s.{0,60}\\b(?:geschrieben|geschreven):$");
    /** No verb at all: "2016-10-24 15:36 GMT+02:00 Max <max@…>:". */
    private static final Pattern NO_VERB = compile(
            "^(?=.{0,60}\\b(?:19|20)\\d\\d\\b).{0,200}<\\s*[^<>@\\s]+@[^<>\\s]+>\\s*:$"
                    + "|^20\\d\\d[-/.]\\d\\d?[-/.]\\d\\d?\\b.{0,120}<\\s*[^<>@\\s]+@[^<>\\s]+>\\s*:?$|^20\\d\\d-\\d\\d-\\d\\d \\d\\d:\\d\\d gmt[+-]\\d\\d:\\d\\d\\s[\\w .'-]{2,60}:?$");
    /** What is quoted follows on the same line, as the application of Yahoo has it. */
    private static final Pattern WITH_QUOTATION =
            compile("^on\\s.{0,60}\\d.{0,160}<[^<>@\\s]+@[^<>\\s]+>\\s*wrote:\\s{2,}\\S.*");

    /** The last words of those that end with a verb and no colon. */
    private static final Set<String> LAST_WORDS = Set.of(
            ("wrote writes said viết schrieb geschrieben geschreven écrit ecrit écrivait dit escribió escribio escrito escreveu scritto scrive"
                            + " schreef napisał napisał(a) skrev kirjoitti írta написал написала написав пишет пише 写道")
                    .split(" "));

    private static final Pattern MARGIN = Pattern.compile("^[\\s*_|<>–—‐-]+|[\\s*_|–—‐-]+$");
    private static final Pattern MAILTO = Pattern.compile("<mailto:[^<>]*>|\\[mailto:[^\\]]*\\]");
    private static final Pattern IN_PARENTHESES = Pattern.compile("\\([^()]*@[^()]*\\)");

    /** Words of a sentence, which no date and no name has. */
    private static final Pattern SENTENCE =
            compile("\\b(?:me|us|my|your|our|his|her|their|he|she|they|it|this|that|the|someone|i|we"
                    + "|mir|uns|mich|ihr|ihre[rmns]?|mein[er]?|unser[er]?|folgendes|dass|wir|ich|er|die|das|ein|eine|einer|jemand|kollege|kollegin"
                    + "|nous|votre|notre|mon|nos|su|mi|nuestr[oa]|vostro|suo|mij|ons|uw|mijn|ci)\\b|m['’]a\\b");

    private static final Pattern ADDRESSES = Pattern.compile("<[^<>]*>|\\S+@\\S+");
    private static final Pattern MONTH_OR_DAY = compile(
            "^(?:jan|feb|f[ée]v|m[aä]r|maart|mrt|apr|avr|abr|ma[iyj]|mei|giu|g[ie]n|jui|jul|lug|ago|aug|ao[uû]|sep|set|ott|o[ck]t|nov|dec|d[eé]c|dez|dic"
                    + "|ene|lun|mar|mer|mi[ée]|jeu|jue|gio|ven|vie|sam|s[áa]b|dim|dom|maa|din|woe|don|vri|zat|zon|ma|di|wo|vr|za|zo)");
    /** Words of dates and names in lower case. */
    private static final Set<String> SMALL_WORDS =
            Set.of(("at on um uhr am pm a à de den dem der das la el las om kl ore ora alle von van vom zu "
                            + "del di da du y en le in via und and et you sie gmt h hat heeft het volgende ha has o às as klo op il em")
                    .split(" "));

    /**
     * Whether a line may be the last of one: a look at its end, for the many lines of a text that are none.
     *
     * @param line without blanks at its ends
     */
    static boolean mayEnd(String line) {
        int end = line.length();
        while (end > 0 && " *_|–—‐-".indexOf(line.charAt(end - 1)) >= 0) {
            end--;
        }
        if (end == 0) {
            return false;
        }
        char last = line.charAt(end - 1);
        if (last == ':' || last == '：' || last == '>' && line.indexOf('@') >= 0) {
            return true;
        }
        int word = line.lastIndexOf(' ', end - 1);
        return LAST_WORDS.contains(line.substring(word + 1, end).toLowerCase(Locale.ROOT))
                || line.contains("wrote:")
                || line.contains(" GMT");
    }

    /** One or more lines without the marks around them, in one; addresses stand in it once. */
    static String joined(String lines) {
        String text = MARGIN.matcher(lines).replaceAll("");
        return MAILTO.matcher(text).replaceAll("").replace("&lt;", " <").replace("&gt;", ">");
    }

    /** Whether the text begins as one does in languages that put the date first. */
    static boolean opens(String text) {
        return OPENER.matcher(text).find();
    }

    /**
     * What a text is that ends as an attribution does; empty if it is none.
     *
     * @param text {@linkplain #joined joined} from so many lines
     * @param lastLine the last of them
     */
    static Optional<Attribution> of(String text, int lines, String lastLine) {
        if (!endsLikeOne(text)) {
            return Optional.empty();
        }
        boolean noVerb = NO_VERB.matcher(text).find();
        String bare = IN_PARENTHESES.matcher(text).replaceAll(" ");
        boolean dated = EVIDENCE.matcher(bare).find();
        boolean addressed = ADDRESS.matcher(text).find();
        boolean opened = OPENER.matcher(text).find();
        // "In your letter of 5 March 2024 you wrote:" has a date as well, but no program begins so.
        boolean mayBeDated = opened
                || DATE_LAST.matcher(text).find()
                || DATE_BEFORE_VERB.matcher(text).find();
        boolean closed = text.endsWith(":") || lastLine.endsWith("-");
        boolean known = noVerb
                || opened && dated && addressed
                || closed && (addressed || dated && mayBeDated) && !isSentence(bare);
        if (!known && !closed) {
            return Optional.empty();
        }
        return Optional.of(new Attribution(lines, known));
    }

    private static boolean endsLikeOne(String text) {
        if (!HAS_VERB.matcher(text).find()) {
            return NO_VERB.matcher(text).find();
        }
        return WITH_QUOTATION.matcher(text).matches()
                || VERB_LAST.matcher(text).find()
                || NAME_LAST.matcher(text).find()
                || DATE_LAST.matcher(text).find() && !text.contains("://");
    }

    /** Whether it has pronouns, or more small words than a date and a name have. */
    private static boolean isSentence(String text) {
        String plain = ADDRESSES.matcher(text).replaceAll(" ");
        Matcher sentence = SENTENCE.matcher(plain);
        if (sentence.find() && !isDisplayName(plain, sentence.start())) {
            return true;
        }
        int small = 0;
        for (String word : plain.split("[\\s,;:.\"()<>]+")) {
            if (!word.isEmpty()
                    && Character.isLowerCase(word.charAt(0))
                    && !SMALL_WORDS.contains(word)
                    && !HAS_VERB.matcher(word).find()
                    && !MONTH_OR_DAY.matcher(word).find()) {
                small++;
            }
        }
        return small > 2;
    }

    /** Between quotation marks stands a name, whatever its words. */
    private static boolean isDisplayName(String text, int at) {
        int quotes = 0;
        for (int i = 0; i < at; i++) {
            if (text.charAt(i) == '"') {
                quotes++;
            }
        }
        return quotes % 2 == 1;
    }

    private static Pattern compile(String regex) {
        return Pattern.compile(
                regex, Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE | Pattern.UNICODE_CHARACTER_CLASS);
    }
}
