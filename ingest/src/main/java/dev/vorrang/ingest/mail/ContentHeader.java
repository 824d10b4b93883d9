package dev.vorrang.ingest.mail;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Content-Type or Content-Disposition: a value and its parameters, with the continuations and charsets of RFC 2231 and, against the
 * letter of RFC 2047, encoded words. Whatever stands there, it is read without an error; Angus' ContentType throws on much that
 * mail programs send.
 *
 * @param value in lower case, such as {@code text/plain}; empty if there is none
 * @param parameters decoded, by their names in lower case
 */
record ContentHeader(String value, Map<String, String> parameters) {
    private static final int MAX_PARAMETERS = 100;

    /** A piece of a parameter that came in several (RFC 2231, section 3). */
    private record Piece(String text, boolean encoded) {}

    /** A parameter's value, if it is there and not empty. */
    Optional<String> parameter(String name) {
        return Optional.ofNullable(parameters.get(name)).filter(value -> !value.isEmpty());
    }

    static ContentHeader parse(String header) {
        int semicolon = header.indexOf(';');
        String head = (semicolon < 0 ? header : header.substring(0, semicolon)).strip();
        int blank = indexOfBlank(head);
        String value = (blank < 0 ? head : head.substring(0, blank)).toLowerCase(Locale.ROOT);
        // "text/plain charset=utf-8": the semicolon is missing.
        String rest = (blank < 0 ? "" : head.substring(blank + 1) + ";")
                + (semicolon < 0 ? "" : header.substring(semicolon + 1));
        return new ContentHeader(value, parameters(rest));
    }

    private static Map<String, String> parameters(String text) {
        Map<String, String> plain = new HashMap<>();
        Map<String, TreeMap<Integer, Piece>> pieces = new HashMap<>();
        int at = 0;
        for (int count = 0; at < text.length() && count < MAX_PARAMETERS; count++) {
            int equals = text.indexOf('=', at);
            int semicolon = text.indexOf(';', at);
            if (equals < 0) {
                break;
            }
            if (semicolon >= 0 && semicolon < equals) {
                at = semicolon + 1;
                continue;
            }
            String name = text.substring(at, equals).strip().toLowerCase(Locale.ROOT);
            StringBuilder value = new StringBuilder();
            at = readValue(text, equals + 1, value);
            int star = name.indexOf('*');
            if (star < 0) {
                plain.putIfAbsent(name, EncodedWords.decode(value.toString()));
            } else {
                addPiece(pieces.computeIfAbsent(name.substring(0, star), key -> new TreeMap<>()), name, star, value);
            }
        }
        pieces.forEach((name, parts) -> plain.put(name, join(parts)));
        return plain;
    }

    /** Reads a value, quoted or not, up to the semicolon that ends it; returns where the next parameter starts. */
    private static int readValue(String text, int start, StringBuilder value) {
        int i = start;
        while (i < text.length() && Character.isWhitespace(text.charAt(i))) {
            i++;
        }
        if (i < text.length() && text.charAt(i) == '"') {
            for (i++; i < text.length() && text.charAt(i) != '"'; i++) {
                char c = text.charAt(i);
                boolean escape = c == '\\' && i + 1 < text.length() && "\"\\".indexOf(text.charAt(i + 1)) >= 0;
                value.append(escape ? text.charAt(++i) : c);
            }
            int semicolon = text.indexOf(';', i);
            return semicolon < 0 ? text.length() : semicolon + 1;
        }
        int semicolon = text.indexOf(';', i);
        int end = semicolon < 0 ? text.length() : semicolon;
        value.append(text.substring(i, end).strip());
        return end + 1;
    }

    /** Name forms: {@code name*}, {@code name*0}, {@code name*0*}. */
    private static void addPiece(Map<Integer, Piece> pieces, String name, int star, StringBuilder value) {
        boolean encoded = name.endsWith("*");
        String number =
                name.substring(star + 1, encoded && name.length() > star + 1 ? name.length() - 1 : name.length());
        int index = 0;
        if (number.length() <= 4 && number.chars().allMatch(c -> c >= '0' && c <= '9') && !number.isEmpty()) {
            index = Integer.parseInt(number);
        }
        pieces.putIfAbsent(index, new Piece(value.toString(), encoded));
    }

    private static String join(TreeMap<Integer, Piece> pieces) {
        String charset = "";
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        boolean first = true;
        for (Piece piece : pieces.values()) {
            String text = piece.text();
            if (first && piece.encoded()) {
                int quote = text.indexOf('\'');
                int second = text.indexOf('\'', quote + 1);
                if (quote >= 0 && second > quote) {
                    charset = text.substring(0, quote);
                    text = text.substring(second + 1);
                }
            }
            first = false;
            if (piece.encoded()) {
                unescape(text, bytes);
            } else {
                bytes.writeBytes(text.getBytes(StandardCharsets.UTF_8));
            }
        }
        return EncodedWords.decode(Charsets.decode(bytes.toByteArray(), charset));
    }

    private static void unescape(String text, ByteArrayOutputStream out) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            int high = c == '%' && i + 2 < text.length() ? Character.digit(text.charAt(i + 1), 16) : -1;
            int low = high < 0 ? -1 : Character.digit(text.charAt(i + 2), 16);
            if (low >= 0) {
                out.write(high << 4 | low);
                i += 2;
            } else {
                out.writeBytes(String.valueOf(c).getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    private static int indexOfBlank(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isWhitespace(text.charAt(i))) {
                return i;
            }
        }
        return -1;
    }
}
