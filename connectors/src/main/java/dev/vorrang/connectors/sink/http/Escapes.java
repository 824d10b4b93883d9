package dev.vorrang.connectors.sink.http;

import com.samskivert.mustache.Escapers;
import dev.vorrang.connectors.sink.JsonText;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.function.UnaryOperator;

/** How a value is written in a body of a user's own. */
final class Escapes {

    private Escapes() {}

    static UnaryOperator<String> of(String contentType) {
        return switch (contentType) {
            case "application/json" -> JsonText::escape;
            case "text/html" -> Escapers.HTML::escape;
            case "application/x-www-form-urlencoded" -> text -> URLEncoder.encode(text, StandardCharsets.UTF_8);
            default -> UnaryOperator.identity();
        };
    }
}
