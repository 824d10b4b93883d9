package dev.vorrang.ingest.mail;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/**
 * Those rules of a mail's style sheets that hide text. Only plain selectors outside of at-rules: what a media query hides
 * on telephones is seen elsewhere.
 *
 * <p>Rules are looked up by tag, class and id while the document is walked, and nothing is written into it: what they cost grows with
 * rules plus elements, not with rules times elements.
 */
final class HtmlStyleSheet {
    private static final Pattern SIMPLE_SELECTOR =
            Pattern.compile("([a-z][a-z0-9]*)?([.#][\\w-]+)?", Pattern.CASE_INSENSITIVE);
    private static final int MAX_RULES = 1_000;
    private static final int MAX_RULES_OF_A_SELECTOR = 10;
    private static final int MAX_DECLARATIONS = 300;
    private static final int MAX_CHARACTERS = 128 * 1024;
    private static final int MAX_CLASSES = 20;
    private static final HtmlStyle VISIBLE = HtmlStyle.initial(true);

    /** Declarations by selector: {@code p}, {@code .x}, {@code p.x}, {@code #x}. */
    private final Map<String, List<String>> rules = new HashMap<>();

    private final boolean colouringBackground;
    private int count;

    private HtmlStyleSheet(boolean colouringBackground) {
        this.colouringBackground = colouringBackground;
    }

    /** Reads the style sheets of a document, as far as the limits allow. */
    static HtmlStyleSheet of(Document document, Findings findings) {
        List<Element> sheets = document.getElementsByTag("style");
        boolean background = document.selectFirst("link") != null
                || sheets.stream().anyMatch(sheet -> sheet.data().contains("background"));
        HtmlStyleSheet style = new HtmlStyleSheet(background);
        int left = MAX_CHARACTERS;
        for (Element sheet : sheets) {
            String css = CleanText.cut(sheet.data(), left);
            left -= css.length();
            if (left <= 0 || !style.read(withoutAtRules(css))) {
                findings.limit("style sheets of more than " + MAX_CHARACTERS + " characters or " + MAX_RULES
                        + " rules that hide text: the rest was left out");
                break;
            }
        }
        return style;
    }

    /** Whether the style sheets may give elements a background that their attributes do not show. */
    boolean mayColourBackground() {
        return colouringBackground;
    }

    /** The style of an element inside one of this style, by the style sheets and by its own attributes. */
    HtmlStyle within(HtmlStyle around, Element element) {
        HtmlStyle style = around;
        if (!rules.isEmpty()) {
            String tag = element.normalName();
            style = apply(tag, style);
            String id = element.id();
            if (!id.isEmpty()) {
                style = apply(tag + "#" + id, apply("#" + id, style));
            }
            if (element.hasAttr("class")) {
                for (String name : firstClasses(element.attr("class"))) {
                    style = apply(tag + "." + name, apply("." + name, style));
                }
            }
        }
        return style.within(element);
    }

    private HtmlStyle apply(String selector, HtmlStyle style) {
        HtmlStyle applied = style;
        for (String declarations : rules.getOrDefault(selector, List.of())) {
            applied = applied.declaring(declarations);
        }
        return applied;
    }

    /** Reads the rules of a sheet; false if there are more than allowed. */
    private boolean read(String sheet) {
        int at = 0;
        for (int brace = sheet.indexOf('{'); brace >= 0; brace = sheet.indexOf('{', at)) {
            int end = sheet.indexOf('}', brace);
            end = end < 0 ? sheet.length() : end;
            boolean mayHide = end - brace <= MAX_DECLARATIONS;
            if (mayHide && VISIBLE.declaring(sheet.substring(brace + 1, end)).hidesText()) {
                for (String selector : sheet.substring(at, brace).split(",")) {
                    if (!add(selector.strip(), sheet.substring(brace + 1, end))) {
                        return false;
                    }
                }
            }
            at = Math.min(end + 1, sheet.length());
        }
        return true;
    }

    private boolean add(String selector, String declarations) {
        if (!selector.isEmpty() && SIMPLE_SELECTOR.matcher(selector).matches()) {
            int name = Math.max(selector.indexOf('.'), selector.indexOf('#'));
            String key = name < 0
                    ? selector.toLowerCase(Locale.ROOT)
                    : selector.substring(0, name).toLowerCase(Locale.ROOT) + selector.substring(name);
            List<String> same = rules.computeIfAbsent(key, k -> new ArrayList<>(1));
            if (same.size() < MAX_RULES_OF_A_SELECTOR) {
                same.add(declarations);
            }
            count++;
        }
        return count <= MAX_RULES;
    }

    private static List<String> firstClasses(String classes) {
        List<String> names = new ArrayList<>();
        int at = 0;
        while (at < classes.length() && names.size() < MAX_CLASSES) {
            int end = at;
            while (end < classes.length() && !Character.isWhitespace(classes.charAt(end))) {
                end++;
            }
            if (end > at) {
                names.add(classes.substring(at, end));
            }
            at = end + 1;
        }
        return names;
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
