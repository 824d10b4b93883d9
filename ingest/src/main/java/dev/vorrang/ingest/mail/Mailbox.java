package dev.vorrang.ingest.mail;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * One mailbox as senders write it wrongly: with words before an address that has no brackets, with a route, with comments. What is
 * no address gives none; nothing is put together that does not stand there.
 *
 * @param address {@code local@domain}, or a local user's name alone ({@code root}); empty if there is none
 * @param name words around the address, else empty
 */
record Mailbox(String address, String name) {
    private static final Mailbox NONE = new Mailbox("", "");
    /** As programs are named: {@code root}, {@code MAILER-DAEMON}. "Anna" is a name, and the name of no mailbox. */
    private static final Pattern LOCAL = Pattern.compile("[a-z0-9._+-]+|[A-Z0-9._-]{4,}");

    private static final String AROUND = "<>[](),;:'\"";

    /** Reads what an address parser left of a mailbox. */
    static Mailbox of(String text) {
        String plain = withoutRoute(withoutComments(text).strip());
        if (plain.startsWith("\"") && plain.indexOf("\"@", 1) > 0) {
            return new Mailbox(plain.replace(" @", "@"), "");
        }
        List<String> words = words(plain);
        for (int i = 0; i < words.size(); i++) {
            String word = stripped(words.get(i));
            int at = word.lastIndexOf('@');
            if (at > 0 && at < word.length() - 1) {
                words.remove(i);
                words.removeIf(other -> other.indexOf('@') >= 0);
                return new Mailbox(word, String.join(" ", words));
            }
        }
        return words.size() == 1 && LOCAL.matcher(words.get(0)).matches() ? new Mailbox(words.get(0), "") : NONE;
    }

    /** Words between blanks; blanks around an at sign or a dot do not part words (obsolete syntax of RFC 5322, section 4.4). */
    private static List<String> words(String text) {
        List<String> words = new ArrayList<>();
        String joined = text.indexOf(' ') < 0
                ? text
                : text.replaceAll(" {1,20}@ {0,20}|@ {1,20}", "@").replaceAll(" {1,20}\\. {0,20}(?=[^ ]*@)", ".");
        for (String word : joined.split(" ")) {
            if (!word.isEmpty()) {
                words.add(word);
            }
        }
        return words;
    }

    /** {@code @relay.example,@hub.example:erika@example.org} and {@code mailto:erika@example.org} without what leads to them. */
    private static String withoutRoute(String text) {
        String bare = text.startsWith("<") ? text.substring(1) : text;
        if (bare.startsWith("@") && bare.indexOf(':') > 0) {
            return bare.substring(bare.lastIndexOf(':') + 1);
        }
        return bare.regionMatches(true, 0, "mailto:", 0, 7) ? bare.substring(7) : text;
    }

    private static String withoutComments(String text) {
        StringBuilder out = new StringBuilder(text.length());
        int depth = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '(') {
                depth++;
            } else if (c == ')') {
                depth = Math.max(0, depth - 1);
            } else if (depth == 0) {
                out.append(c);
            }
        }
        return out.toString();
    }

    /** Without brackets, quotes and punctuation at its ends; the brackets of an address literal, {@code a@[127.0.0.1]}, stay. */
    private static String stripped(String word) {
        int from = 0;
        int to = word.length();
        while (from < to && AROUND.indexOf(word.charAt(from)) >= 0) {
            from++;
        }
        boolean literal = word.indexOf("@[") > 0;
        while (to > from && AROUND.indexOf(word.charAt(to - 1)) >= 0 && !(literal && word.charAt(to - 1) == ']')) {
            to--;
        }
        return withoutRoute(word.substring(from, to));
    }
}
