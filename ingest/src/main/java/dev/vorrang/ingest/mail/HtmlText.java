package dev.vorrang.ingest.mail;

import java.io.Reader;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.parser.Parser;
import org.jsoup.select.NodeFilter;
import org.jsoup.select.NodeTraversor;

/**
 * The text of an HTML mail as a person sees it: what is hidden is left out, block elements are lines, and {@linkplain HtmlQuote what
 * is answered} is written as mail programs write it, with {@code >} before each line, so that {@link ReplySplitter} finds it.
 */
final class HtmlText {
    private static final Set<String> WITHOUT_TEXT = Set.of(
            "script",
            "style",
            "head",
            "title",
            "template",
            "noframes",
            "object",
            "svg",
            "textarea",
            "select",
            "audio",
            "video");
    private static final Set<String> PARAGRAPHS =
            Set.of("p", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "table", "ul", "ol", "pre", "hr", "dl");
    private static final int MAX_QUOTE_DEPTH = 5;

    private HtmlText() {}

    /**
     * The visible text.
     *
     * @param most characters at which to stop
     * @param findings gets the flag hidden_text if words were left out because they are hidden, and says when time is over
     */
    static String of(String html, int most, Findings findings) {
        Document document = Parser.htmlParser().parseInput(new BoundedReader(html, findings), "");
        Renderer renderer = new Renderer(HtmlStyleSheet.of(document, findings), most, findings);
        NodeTraversor.filter(renderer, document);
        return renderer.out.toString();
    }

    /**
     * Ends early when the time for the mail is over or there are too many tags, because jsoup cannot be told to stop. What it
     * builds grows with the tags (up to twelve elements for one, where formatting is left open), not with the characters.
     */
    private static final class BoundedReader extends Reader {
        private static final int CHUNK = 2048;
        /** Read whatever the time, so that a mail's text is never lost to what came before it. */
        private static final int LEAST = 64 * 1024;

        private static final int MAX_TAGS = 30_000;
        private final String html;
        private final Findings findings;
        private int at;
        private int tags;

        BoundedReader(String html, Findings findings) {
            this.html = html;
            this.findings = findings;
        }

        @Override
        public int read(char[] buffer, int offset, int length) {
            if (at >= html.length() || tags > MAX_TAGS || (at > LEAST && findings.outOfTime())) {
                return -1;
            }
            int start = at;
            int end = Math.min(html.length(), start + Math.min(length, CHUNK));
            while (at < end && tags <= MAX_TAGS) {
                if (html.charAt(at) == '<' && ++tags > MAX_TAGS) {
                    findings.limit("HTML of more than " + MAX_TAGS + " tags: cut");
                } else {
                    buffer[offset + at - start] = html.charAt(at);
                    at++;
                }
            }
            return at == start ? -1 : at - start;
        }

        @Override
        public void close() {}
    }

    /** Walks the elements; jsoup calls it without recursion, so depth costs no stack. */
    private static final class Renderer implements NodeFilter {
        private final StringBuilder out = new StringBuilder();
        private final Deque<HtmlStyle> styles = new ArrayDeque<>();
        private final HtmlStyleSheet sheet;
        private final int most;
        private final Findings findings;
        private final Deque<Element> quotes = new ArrayDeque<>();
        /** Elements that say whether line breaks in them count, the innermost first. */
        private final Deque<WhiteSpace> whiteSpaces = new ArrayDeque<>();

        private int newLines;
        private boolean space;

        Renderer(HtmlStyleSheet sheet, int most, Findings findings) {
            this.sheet = sheet;
            this.most = most;
            this.findings = findings;
            styles.push(HtmlStyle.initial(sheet.mayColourBackground()));
        }

        @Override
        public FilterResult head(Node node, int depth) {
            if (out.length() > most) {
                return FilterResult.STOP;
            }
            if (node instanceof TextNode text) {
                addUnlessHidden(text);
            } else if (node instanceof Element element) {
                return open(element);
            }
            return FilterResult.CONTINUE;
        }

        @Override
        public FilterResult tail(Node node, int depth) {
            if (node instanceof Element element) {
                close(element);
            }
            return FilterResult.CONTINUE;
        }

        private FilterResult open(Element element) {
            String tag = element.normalName();
            if (WITHOUT_TEXT.contains(tag)) {
                return FilterResult.SKIP_ENTIRELY;
            }
            HtmlStyle style = sheet.within(styles.peek(), element);
            if (style.gone()) {
                if (CleanText.hasWords(element.wholeText())) {
                    findings.flag("hidden_text");
                }
                return FilterResult.SKIP_ENTIRELY;
            }
            styles.push(style);
            breakAround(element, tag);
            if (tag.equals("br")) {
                newLines++;
            }
            if (HtmlQuote.isQuote(element, !quotes.isEmpty(), out, findings)) {
                quotes.push(element);
            }
            WhiteSpace.of(element).ifPresent(whiteSpaces::push);
            return FilterResult.CONTINUE;
        }

        private void close(Element element) {
            styles.pop();
            if (quotes.peek() == element) {
                quotes.pop();
            }
            if (!whiteSpaces.isEmpty() && whiteSpaces.peek().element() == element) {
                whiteSpaces.pop();
            }
            breakAround(element, element.normalName());
        }

        private void breakAround(Element element, String tag) {
            if (tag.equals("br")) {
                return;
            }
            if (PARAGRAPHS.contains(tag)) {
                newLines = Math.max(newLines, 2);
            } else if (tag.equals("td") || tag.equals("th")) {
                space = true;
            } else if (element.isBlock()) {
                newLines = Math.max(newLines, 1);
            }
        }

        private void addUnlessHidden(TextNode node) {
            String text = node.getWholeText();
            if (!styles.peek().hidesText()) {
                add(text);
            } else if (CleanText.hasWords(text)) {
                findings.flag("hidden_text");
            }
        }

        private void add(String text) {
            boolean keepsLines = !whiteSpaces.isEmpty() && whiteSpaces.peek().keepsLines();
            for (int i = 0; i < text.length(); i++) {
                char c = text.charAt(i);
                if (c == '\n' && keepsLines) {
                    newLines++;
                } else if (c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\u00A0') {
                    space = true;
                } else {
                    startLine();
                    out.append(c);
                }
            }
        }

        private void startLine() {
            boolean first = out.isEmpty();
            if (newLines > 0 || first) {
                if (!first) {
                    out.append(newLines > 1 ? "\n" + quoteMark().stripTrailing() + "\n" : "\n");
                }
                out.append(quoteMark());
            } else if (space) {
                out.append(' ');
            }
            newLines = 0;
            space = false;
        }

        private String quoteMark() {
            return "> ".repeat(Math.min(quotes.size(), MAX_QUOTE_DEPTH));
        }
    }

    /** What an element says of the line breaks in its text. */
    private record WhiteSpace(Element element, boolean keepsLines) {
        private static final Pattern PROPERTY =
                Pattern.compile("(?:^|;)\\s*white-space\\s*:\\s*([a-z-]+)", Pattern.CASE_INSENSITIVE);

        static Optional<WhiteSpace> of(Element element) {
            Matcher property = PROPERTY.matcher(element.attr("style"));
            if (property.find()) {
                String value = property.group(1).toLowerCase(Locale.ROOT);
                return Optional.of(new WhiteSpace(element, value.startsWith("pre") || value.equals("break-spaces")));
            }
            return element.normalName().equals("pre") ? Optional.of(new WhiteSpace(element, true)) : Optional.empty();
        }
    }
}
