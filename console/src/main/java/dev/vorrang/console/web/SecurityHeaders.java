package dev.vorrang.console.web;

import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HttpString;
import java.util.LinkedHashMap;
import java.util.Map;

/** Headers of every answer: what the page may load, and that nothing else may show or guess at it. */
final class SecurityHeaders implements HttpHandler {

    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
                    + "font-src 'self'; connect-src 'self'; manifest-src 'self'; form-action 'self'; frame-ancestors 'none'; "
                    + "base-uri 'none'; object-src 'none'";

    private final Map<HttpString, String> headers = new LinkedHashMap<>();
    private final HttpHandler next;

    /** @param tls whether browsers reach the server by https, and shall not do so without it any more */
    SecurityHeaders(boolean tls, HttpHandler next) {
        this.next = next;
        put("Content-Security-Policy", POLICY);
        put("X-Content-Type-Options", "nosniff");
        put("X-Frame-Options", "DENY");
        put("Referrer-Policy", "no-referrer");
        put("Cross-Origin-Opener-Policy", "same-origin");
        put("Cross-Origin-Resource-Policy", "same-origin");
        put("Cross-Origin-Embedder-Policy", "require-corp");
        put("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()");
        put("Cache-Control", "no-store");
        if (tls) {
            put("Strict-Transport-Security", "max-age=31536000");
        }
    }

    private void put(String name, String value) {
        headers.put(HttpString.tryFromString(name), value);
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) throws Exception {
        headers.forEach((name, value) -> exchange.getResponseHeaders().put(name, value));
        next.handleRequest(exchange);
    }
}
