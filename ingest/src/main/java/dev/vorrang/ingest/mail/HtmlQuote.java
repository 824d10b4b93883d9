package dev.vorrang.ingest.mail;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;

/**
 * Tells the elements in which mail programs put the mail that is answered. A block quote alone is none: people indent with it, by a
 * button of their mail program.
 */
final class HtmlQuote {
    /** Of Gmail, Thunderbird, Yahoo, Proton, Zoho and Front, whatever the language of the attribution. */
    private static final Set<String> CLASSES = Set.of(
            "gmail_attr", "moz-cite-prefix", "yahoo_quoted", "protonmail_quote", "zmail_extra", "front-blockquote");

    private static final int MAX_ATTRIBUTION = 600;
    private static final int MAX_DEPTH = 20;

    private HtmlQuote() {}

    /**
     * Whether the element holds what is answered.
     *
     * @param inQuote whether it lies in one that does
     * @param before the text before it
     * @param findings when time is over, block quotes that nothing marks are taken for indented text
     */
    static boolean isQuote(Element element, boolean inQuote, StringBuilder before, Findings findings) {
        if (element.normalName().equals("blockquote")) {
            return inQuote || isMarked(element) || !findings.outOfTime() && followsAttribution(before);
        }
        return !inQuote
                && element.hasAttr("class")
                && element.classNames().stream().anyMatch(CLASSES::contains)
                && !firstText(element).startsWith("-");
    }

    private static boolean isMarked(Element quote) {
        String name = (quote.attr("class") + " " + quote.id()).toLowerCase(Locale.ROOT);
        return quote.attr("type").equalsIgnoreCase("cite")
                || quote.hasAttr("cite")
                || name.contains("quot")
                || name.contains("cite")
                || hasBar(quote.attr("style").toLowerCase(Locale.ROOT).replace(" ", ""));
    }

    /** Whether there is a line at its left, as programs draw it beside what is answered. */
    private static boolean hasBar(String style) {
        int at = style.indexOf("border-left");
        if (at < 0) {
            return false;
        }
        int end = style.indexOf(';', at);
        String value = style.substring(at, end < 0 ? style.length() : end);
        return !value.contains("none") && !value.matches("border-left(-width)?:0(px|pt|em)?.*");
    }

    private static boolean followsAttribution(StringBuilder before) {
        String tail = before.substring(Math.max(0, before.length() - MAX_ATTRIBUTION));
        // Most block quotes follow something else, which is seen at its end; there may be thousands of them.
        if (!Attribution.mayEnd(tail.substring(tail.lastIndexOf('\n') + 1).strip())) {
            return false;
        }
        List<String> lines =
                tail.lines().map(line -> line.replaceFirst("^[> ]+", "")).toList();
        Attributions attributions = new Attributions(lines);
        for (int i = lines.size() - 1; i >= 0 && !lines.get(i).isBlank(); i--) {
            int left = lines.size() - i;
            if (attributions.at(i).filter(found -> found.lines() == left).isPresent()) {
                return true;
            }
        }
        return false;
    }

    /** The first words in it; empty if they are not near its start. A forward begins with dashes. */
    private static String firstText(Element element) {
        Node node = element;
        for (int depth = 0; depth < MAX_DEPTH && node instanceof Element; depth++) {
            node = node.childNodes().stream()
                    .limit(MAX_DEPTH)
                    .filter(child -> child instanceof TextNode text
                            ? !text.isBlank()
                            : child instanceof Element inner && inner.childNodeSize() > 0)
                    .findFirst()
                    .orElse(null);
        }
        return node instanceof TextNode text ? text.text().strip() : "";
    }
}
