package dev.vorrang.ingest.mail;

import java.util.Locale;

/** The text of text/enriched (RFC 1896): commands and their parameters left out, a single line end is a blank. Linear. */
final class EnrichedText {
    private static final int MAX_COMMAND = 62;

    private EnrichedText() {}

    static String of(String enriched) {
        String source = CleanText.lines(enriched);
        StringBuilder out = new StringBuilder(source.length());
        int params = 0;
        int nofill = 0;
        int i = 0;
        while (i < source.length()) {
            char c = source.charAt(i);
            int end = c == '<' ? source.indexOf('>', i) : -1;
            if (c == '<' && i + 1 < source.length() && source.charAt(i + 1) == '<') {
                append(out, c, params);
                i += 2;
            } else if (end > 0 && end - i <= MAX_COMMAND) {
                String command = source.substring(i + 1, end).toLowerCase(Locale.ROOT);
                params += change(command, "param");
                nofill += change(command, "nofill");
                i = end + 1;
            } else if (c == '\n' && nofill <= 0) {
                int run = i;
                while (run < source.length() && source.charAt(run) == '\n') {
                    run++;
                }
                String ends = run - i == 1 ? " " : "\n".repeat(run - i - 1);
                out.append(params > 0 ? "" : ends);
                i = run;
            } else {
                append(out, c, params);
                i++;
            }
        }
        return out.toString();
    }

    private static void append(StringBuilder out, char c, int params) {
        if (params <= 0) {
            out.append(c);
        }
    }

    private static int change(String command, String name) {
        return command.equals(name) ? 1 : command.equals("/" + name) ? -1 : 0;
    }
}
