package dev.vorrang.embedded.http;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * An HTTP response.
 *
 * @param status HTTP status code
 * @param type Content-Type
 * @param headers further headers
 */
public record HttpAnswer(int status, String type, byte[] body, Map<String, String> headers) {

    /** A response in plain text, UTF-8. */
    public static HttpAnswer text(int status, String text) {
        return new HttpAnswer(status, "text/plain; charset=utf-8", text.getBytes(StandardCharsets.UTF_8), Map.of());
    }

    public HttpAnswer with(String header, String value) {
        return new HttpAnswer(status, type, body, Map.of(header, value));
    }
}
