package dev.vorrang.ingest.mail;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Whether plain text and HTML of one mail say the same, or the plain text only says that there is HTML. */
final class Alternatives {
    private static final int MAX_STUB = 800;
    private static final double SAME = 0.5;
    private static final int MAX_WORDS = 2_000;
    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}]{2,}");
    private static final Pattern ADDRESS = Pattern.compile("(?:https?://|www\\.|cid:|mailto:)\\S*");
    private static final int FLAGS = Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE;
    private static final Pattern ABOUT_HTML = Pattern.compile(
            "html|browser|navigateur|navegador|web ?page|webseite|display|anzeig|anzuzeigen|darstell|darzustellen|affich|visuali[sz]"
                    + "|weergeven|weergegeven|e-?mail[- ]?(?:client|program|reader|app)|mail ?programm|mail ?client|client de messagerie"
                    + "|online[- ]?version|version en ligne|versión en línea|versione online|multi-?part|mime format",
            FLAGS);
    private static final Pattern NEEDED = Pattern.compile(
            "support|capab|cannot|can't|can not|can ?not|unable|enable|need|require|please (?:use|view|switch|open|click)|to (?:view|read|see)"
                    + "|view (?:this|the|it)|having trouble|click here|unterstütz|nicht|benötig|brauchen|bitte|um .{0,60}(?:zu|zulesen)|hier klicken|aktivier"
                    + "|ne (?:peut|prend|s'affiche)|pour (?:voir|lire|afficher)|veuillez|cliquez|no (?:puede|admite|soporta)|para (?:ver|leer|visualizar)"
                    + "|non (?:supporta|riesci|visualizzi)|per (?:vedere|leggere|visualizzare)|geen|niet|om .{0,40} te",
            FLAGS);
    private static final Pattern PLACEHOLDER =
            Pattern.compile("^\\s*(?:\\[(?:image|bild|cid|inline)[^\\]]*]\\s*)+$", FLAGS);

    private Alternatives() {}

    /** Whether it is worth comparing this plain text with HTML. */
    static boolean mayBeStub(CharSequence plain) {
        if (plain.length() > MAX_STUB) {
            return false;
        }
        return (ABOUT_HTML.matcher(plain).find() && NEEDED.matcher(plain).find())
                || PLACEHOLDER.matcher(plain).matches()
                || words(withoutAddresses(plain)).isEmpty();
    }

    /** Whether plain text that may be a stub says something else than HTML does. */
    static boolean isStub(CharSequence plain, CharSequence html) {
        Set<String> words = words(withoutAddresses(plain));
        return words.isEmpty() || share(words, words(html)) < SAME;
    }

    /** Whether most of the one's words stand in the other. */
    static boolean saysTheSame(CharSequence one, CharSequence other) {
        return share(words(one), words(other)) >= SAME;
    }

    private static double share(Set<String> of, Set<String> in) {
        long common = of.stream().filter(in::contains).count();
        return of.isEmpty() ? 1 : (double) common / of.size();
    }

    private static String withoutAddresses(CharSequence text) {
        return ADDRESS.matcher(text).replaceAll(" ");
    }

    private static Set<String> words(CharSequence text) {
        Set<String> words = new HashSet<>();
        var matcher = WORD.matcher(text);
        while (words.size() < MAX_WORDS && matcher.find()) {
            words.add(matcher.group().toLowerCase(Locale.ROOT));
        }
        return words;
    }
}
