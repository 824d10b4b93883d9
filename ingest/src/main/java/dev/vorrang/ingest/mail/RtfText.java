package dev.vorrang.ingest.mail;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;

/**
 * The text of RTF, as Outlook writes it for mails: fonts, colours, pictures and the HTML that it keeps beside the text
 * ({@code \htmltag}) are left out. Linear; the JDK's RTFEditorKit builds a styled document and stops at much that Outlook writes.
 */
final class RtfText {
    private static final Set<String> WITHOUT_TEXT = Set.of(
            "fonttbl",
            "colortbl",
            "stylesheet",
            "info",
            "pict",
            "object",
            "header",
            "footer",
            "htmltag",
            "mhtmltag",
            "generator",
            "listtable",
            "listoverridetable",
            "themedata",
            "datastore",
            "latentstyles",
            "fldinst");
    private static final int MAX_DEPTH = 200;

    private final byte[] rtf;
    private final StringBuilder out = new StringBuilder();
    private final ByteArrayOutputStream run = new ByteArrayOutputStream();
    private final Deque<Boolean> hidden = new ArrayDeque<>();
    private String charset = "windows-1252";
    private boolean hides;
    private int toSkip;
    private int i;

    private RtfText(byte[] rtf) {
        this.rtf = rtf;
    }

    static String of(byte[] rtf, Findings findings) {
        RtfText text = new RtfText(rtf);
        while (text.i < rtf.length && !findings.outOfTime()) {
            text.step();
        }
        text.flush();
        return text.out.toString();
    }

    private void step() {
        byte b = rtf[i++];
        if (b == '{') {
            if (hidden.size() < MAX_DEPTH) {
                hidden.push(hides);
            }
        } else if (b == '}') {
            hides = !hidden.isEmpty() && hidden.pop();
        } else if (b == '\\' && i < rtf.length) {
            control();
        } else if (b != '\r' && b != '\n') {
            put(b);
        }
    }

    private void control() {
        byte b = rtf[i];
        if (isLetter(b)) {
            int start = i;
            while (i < rtf.length && isLetter(rtf[i])) {
                i++;
            }
            String word = new String(rtf, start, i - start, StandardCharsets.US_ASCII);
            int digits = i;
            while (i < rtf.length && i - digits < 8 && (rtf[i] == '-' || (rtf[i] >= '0' && rtf[i] <= '9'))) {
                i++;
            }
            String number = new String(rtf, digits, i - digits, StandardCharsets.US_ASCII);
            if (i < rtf.length && rtf[i] == ' ') {
                i++;
            }
            word(word, number.matches("-?\\d+") ? Integer.parseInt(number) : 0, number.isEmpty());
        } else if (b == '\'' && i + 2 < rtf.length) {
            int high = Character.digit(rtf[i + 1], 16);
            int low = Character.digit(rtf[i + 2], 16);
            i += 3;
            if (high >= 0 && low >= 0) {
                put((byte) (high << 4 | low));
            }
        } else {
            i++;
            if (b == '*') {
                hides = true;
            } else if (b == '~') {
                put((byte) ' ');
            } else if (b == '\\' || b == '{' || b == '}') {
                put(b);
            }
        }
    }

    private void word(String word, int number, boolean bare) {
        switch (word) {
            case "par", "line", "row", "page" -> character("\n");
            case "tab", "cell" -> character("\t");
            case "u" -> {
                character(String.valueOf((char) number));
                toSkip = 1;
            }
            case "ansicpg" -> charset = number == 65001 ? "utf-8" : "windows-" + number;
            case "htmlrtf" -> hides = bare || number != 0;
            default -> hides |= WITHOUT_TEXT.contains(word);
        }
    }

    private void put(byte b) {
        if (toSkip > 0) {
            toSkip--;
        } else if (!hides) {
            run.write(b);
        }
    }

    private void character(String text) {
        if (!hides) {
            flush();
            out.append(text);
        }
    }

    private void flush() {
        out.append(Charsets.decode(run.toByteArray(), charset));
        run.reset();
    }

    private static boolean isLetter(byte b) {
        return (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z');
    }
}
