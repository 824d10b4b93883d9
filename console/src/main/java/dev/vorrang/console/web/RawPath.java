package dev.vorrang.console.web;

import dev.vorrang.console.api.ProblemException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Path and query of a request, decoded once and strictly: a segment may hold an encoded slash, bytes must be UTF-8, and there are no
 * control characters.
 */
final class RawPath {

    private static final int MAX_PARAMETERS = 200;

    private RawPath() {}

    /**
     * Segments of a path.
     *
     * @param path that starts with a slash, as sent
     * @throws ProblemException 400 if it cannot be decoded, or has segments that are empty or mean other folders
     */
    static List<String> segments(String path) {
        var segments = new ArrayList<String>();
        for (String each : path.substring(1).split("/", -1)) {
            String decoded = decode("path", each, false);
            if (decoded.isEmpty() || decoded.equals(".") || decoded.equals("..")) {
                throw ProblemException.of(400, "path: no segment may be empty, '.' or '..'");
            }
            segments.add(decoded);
        }
        return segments;
    }

    /**
     * Parameters of a query, each with its values in order.
     *
     * @throws ProblemException 400 if it cannot be decoded, or has more than 200
     */
    static Map<String, List<String>> parameters(String query) {
        var parameters = new LinkedHashMap<String, List<String>>();
        if (query.isEmpty()) {
            return parameters;
        }
        String[] pairs = query.split("&");
        if (pairs.length > MAX_PARAMETERS) {
            throw ProblemException.of(
                    400, "query: " + pairs.length + " parameters, allowed are at most " + MAX_PARAMETERS);
        }
        for (String pair : pairs) {
            int equals = pair.indexOf('=');
            String name = decode("query", equals < 0 ? pair : pair.substring(0, equals), true);
            String value = equals < 0 ? "" : decode(name, pair.substring(equals + 1), true);
            parameters.computeIfAbsent(name, any -> new ArrayList<>()).add(value);
        }
        return parameters;
    }

    private static String decode(String field, String text, boolean form) {
        ByteBuffer bytes = ByteBuffer.allocate(text.length() * 3);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '%') {
                int high = i + 2 < text.length() ? Character.digit(text.charAt(i + 1), 16) : -1;
                int low = i + 2 < text.length() ? Character.digit(text.charAt(i + 2), 16) : -1;
                if (high < 0 || low < 0) {
                    throw notDecoded(field, null);
                }
                bytes.put((byte) (high * 16 + low));
                i += 2;
            } else if (c < 0x80) {
                bytes.put((byte) (form && c == '+' ? ' ' : c));
            } else {
                throw notDecoded(field, null);
            }
        }
        String decoded = utf8(field, bytes.flip());
        if (decoded.chars().anyMatch(c -> c < 0x20 && c != '\t' && c != '\n' && c != '\r' || c == 0x7F)) {
            throw ProblemException.of(400, field + ": has a control character");
        }
        return decoded;
    }

    private static String utf8(String field, ByteBuffer bytes) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
        } catch (CharacterCodingException e) {
            throw notDecoded(field, e);
        }
    }

    private static ProblemException notDecoded(String field, Exception cause) {
        return ProblemException.of(400, field + ": allowed is text in UTF-8, percent-encoded", cause);
    }
}
