package dev.vorrang.app.terminal;

import dev.vorrang.schemas.text.ForeignText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;

/**
 * Puts text into the cells of a table. Names and texts are the world's: control and bidirectional characters are made harmless
 * before they reach the terminal.
 *
 * @param colours whether to colour; see <a href="https://no-color.org">NO_COLOR</a>
 */
public record Cells(boolean colours) {

    public static final int GAP = 2;
    private static final char SEPARATOR = '·';

    public static final AttributedStyle PLAIN = AttributedStyle.DEFAULT;
    public static final AttributedStyle FAINT = PLAIN.foreground(AttributedStyle.BRIGHT + AttributedStyle.BLACK);
    public static final AttributedStyle ALARM = PLAIN.bold()
            .foreground(AttributedStyle.WHITE | AttributedStyle.BRIGHT)
            .background(AttributedStyle.RED);
    public static final AttributedStyle WARNING =
            PLAIN.foreground(AttributedStyle.BLACK).background(AttributedStyle.YELLOW);

    public AttributedString styled(String text, AttributedStyle style) {
        return new AttributedString(ForeignText.line(text), paint(style));
    }

    /** The style itself, or without colours what is left of it. */
    public AttributedStyle paint(AttributedStyle style) {
        return colours ? style : style.foregroundDefault().backgroundDefault();
    }

    public static void cell(AttributedStringBuilder line, String text, int width, AttributedStyle style) {
        var fitted = fit(new AttributedString(text, style), width);
        line.append(" ".repeat(line.length() == 0 ? 0 : GAP))
                .append(fitted)
                .append(" ".repeat(width - fitted.columnLength()), style);
    }

    public static AttributedString fit(AttributedString text, int width) {
        if (text.columnLength() <= width) {
            return text;
        }
        return new AttributedStringBuilder()
                .append(text.columnSubSequence(0, Math.max(0, width - 1)))
                .append(width > 0 ? "…" : "")
                .toAttributedString();
    }

    /** A line of parts with {@code ·} between them as several lines, where it is too long: cut between parts, else between words. */
    public static List<AttributedString> wrap(AttributedString text, int width) {
        var lines = new ArrayList<AttributedString>();
        var rest = text;
        while (width > 0 && rest.columnLength() > width) {
            String head = rest.columnSubSequence(0, width).toString();
            int cut = Math.max(head.lastIndexOf(SEPARATOR), 0);
            cut = cut > 0 ? cut : Math.max(head.lastIndexOf(' '), 0);
            cut = cut > 0 ? cut : head.length();
            lines.add(rest.subSequence(0, cut));
            String tail = rest.toString().substring(cut);
            int blank = tail.length() - tail.replaceFirst("^[ ·]+", "").length();
            rest = rest.subSequence(cut + blank, rest.length());
        }
        lines.add(rest);
        return lines;
    }

    public static String orDash(String text) {
        return text == null || text.isBlank() ? "–" : text;
    }

    public static String millis(Optional<Duration> duration) {
        return duration.map(value -> value.toMillis() + " ms").orElse("–");
    }
}
