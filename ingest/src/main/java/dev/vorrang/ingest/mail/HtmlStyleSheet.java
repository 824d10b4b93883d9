package dev.vorrang.ingest.mail;

import java.util.Locale;
import java.util.regex.Pattern;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/**
 * Applies those rules of a mail's style sheets that hide text. Only plain selectors outside of at-rules: what a media query hides
 * on telephones is seen elsewhere.
 */
final class HtmlStyleSheet {
    private static final Pattern SIMPLE_SELECTOR = Pattern.compile("[a-z]*[.#]?[\\w-]+");
    private static final int MAX_RULES = 50;
    private static final int MAX_DECLARATIONS = 300;
    private static final HtmlStyle VISIBLE = HtmlStyle.initial(true);

    private HtmlStyleSheet() {}

    /** Puts the declarations of hiding rules before those of the elements they select. */
    static void apply(Document document, Findings findings) {
        int rules = 0;
        for (Element sheet : document.select("style")) {
            for (String rule : withoutAtRules(sheet.data()).split("}")) {
                int brace = rule.indexOf('{');
                if (brace < 0 || !hides(rule.substring(brace + 1))) {
                    continue;
                }
                for (String selector : rule.substring(0, brace).split(",")) {
                    if (++rules > MAX_RULES || findings.outOfTime()) {
                        return;
                    }
                    select(document, selector.strip(), rule.substring(brace + 1));
                }
            }
        }
    }

    /** Whether a style sheet may give elements a background that their attributes do not show. */
    static boolean mayColourBackground(Document document) {
        return document.selectFirst("link") != null
                || document.select("style").stream()
                        .anyMatch(sheet -> sheet.data().contains("background"));
    }

    private static boolean hides(String declarations) {
        return declarations.length() <= MAX_DECLARATIONS
                && VISIBLE.declaring(declarations).hidesText();
    }

    private static void select(Document document, String selector, String declarations) {
        if (SIMPLE_SELECTOR.matcher(selector.toLowerCase(Locale.ROOT)).matches()) {
            for (Element element : document.select(selector)) {
                element.attr("style", declarations + ";" + element.attr("style"));
            }
        }
    }

    /** The sheet without comments, and without {@code @media} and its like up to the end of their block. */
    private static String withoutAtRules(String sheet) {
        StringBuilder out = new StringBuilder(sheet.length());
        int depth = 0;
        boolean atRule = false;
        for (int i = 0; i < sheet.length(); i++) {
            char c = sheet.charAt(i);
            if (c == '/' && i + 1 < sheet.length() && sheet.charAt(i + 1) == '*') {
                int end = sheet.indexOf("*/", i + 2);
                i = end < 0 ? sheet.length() : end + 1;
                continue;
            }
            atRule |= c == '@' && depth == 0;
            depth += c == '{' ? 1 : 0;
            depth = c == '}' ? Math.max(0, depth - 1) : depth;
            if (!atRule) {
                out.append(c);
            } else if (depth == 0 && (c == '}' || c == ';')) {
                atRule = false;
            }
        }
        return out.toString();
    }
}
