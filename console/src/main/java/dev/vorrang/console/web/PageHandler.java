package dev.vorrang.console.web;

import dev.vorrang.console.api.ProblemException;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;

/** Answers the page and its files; neither needs a login. Thread-safe. */
final class PageHandler {

    private static final Set<String> PAGES = Set.of("", "machines", "demand", "operations", "login");
    private static final String STATIC = "static";

    private final PageFiles files;

    PageHandler(PageFiles files) {
        this.files = files;
    }

    /** @throws ProblemException if there is no such page or file */
    void answer(HttpServerExchange exchange, List<String> segments) {
        String method = exchange.getRequestMethod().toString();
        if (!method.equals("GET") && !method.equals("HEAD")) {
            throw ProblemException.field(405, "method", method, "GET, HEAD").with("Allow", "GET, HEAD");
        }
        if (segments.size() >= 3 && segments.get(0).equals(STATIC)) {
            String name = String.join("/", segments.subList(2, segments.size()));
            send(
                    exchange,
                    files.find(segments.get(1), name).orElseThrow(() -> ProblemException.notFound("file", name)),
                    "public, max-age=31536000, immutable");
        } else if (segments.isEmpty() || PAGES.contains(segments.get(0))) {
            send(exchange, files.index(), "no-cache");
        } else {
            throw ProblemException.notFound("page", "/" + String.join("/", segments));
        }
    }

    private static void send(HttpServerExchange exchange, PageFiles.PageFile file, String cache) {
        exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, file.type());
        exchange.getResponseHeaders().put(Headers.CACHE_CONTROL, cache);
        exchange.getResponseSender().send(ByteBuffer.wrap(file.bytes()));
    }
}
