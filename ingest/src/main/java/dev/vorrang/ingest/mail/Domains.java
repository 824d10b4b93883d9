package dev.vorrang.ingest.mail;

import java.lang.Character.UnicodeScript;
import java.net.IDN;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** Domain names as they can be compared and shown: internationalised ones in ASCII, deceptive ones recognised. */
final class Domains {
    /** Scripts that are written together: Japanese, Korean and Chinese with Latin (Unicode Technical Standard 39, 5.2). */
    private static final Set<UnicodeScript> EAST_ASIAN = EnumSet.of(
            UnicodeScript.LATIN,
            UnicodeScript.HAN,
            UnicodeScript.HIRAGANA,
            UnicodeScript.KATAKANA,
            UnicodeScript.HANGUL,
            UnicodeScript.BOPOMOFO);

    private Domains() {}

    /** In lower case and punycode (RFC 3490); as it is, in lower case, where it has no such form. */
    static String ascii(String domain) {
        String lower = domain.toLowerCase(Locale.ROOT);
        if (lower.chars().allMatch(c -> c < 0x80)) {
            return lower;
        }
        try {
            return IDN.toASCII(lower, IDN.ALLOW_UNASSIGNED).toLowerCase(Locale.ROOT);
        } catch (RuntimeException e) {
            // IDN throws IllegalArgumentException, and for some input what its loops run into.
            return lower;
        }
    }

    /** Whether a label mixes scripts that no language mixes, such as Latin with a Cyrillic a. */
    static boolean isMixedScript(String domain) {
        for (String label : unicode(domain).split("[.\u3002\uFF0E\uFF61]")) {
            Set<UnicodeScript> scripts = EnumSet.noneOf(UnicodeScript.class);
            label.codePoints()
                    .mapToObj(UnicodeScript::of)
                    .filter(script -> script != UnicodeScript.COMMON && script != UnicodeScript.INHERITED)
                    .forEach(scripts::add);
            if (scripts.size() > 1 && !EAST_ASIAN.containsAll(scripts)) {
                return true;
            }
        }
        return false;
    }

    private static String unicode(String domain) {
        if (!domain.toLowerCase(Locale.ROOT).contains("xn--")) {
            return domain;
        }
        try {
            return IDN.toUnicode(domain, IDN.ALLOW_UNASSIGNED);
        } catch (RuntimeException e) {
            return domain;
        }
    }
}
