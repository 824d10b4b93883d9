package dev.vorrang.console.web;

import dev.vorrang.console.api.Json;
import dev.vorrang.console.api.ProblemException;
import dev.vorrang.console.desk.NotWrittenException;
import io.undertow.io.Receiver;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xnio.IoUtils;

/**
 * Takes every request: checks the host, reads the body without holding up a thread, and has the API or the page answer; what they refuse
 * it writes as a problem. Thread-safe.
 */
final class FrontHandler implements HttpHandler {

    private static final Logger LOG = LoggerFactory.getLogger(FrontHandler.class);
    private static final List<String> API = List.of("api", "v1");
    private static final int MAX_BODY = 1 << 20;
    private static final int BODY_SECONDS = 30;

    private final Origins origins;
    private final ApiHandler api;
    private final OpenIdHandler openId;
    private final PageHandler page;

    private interface Answer {
        void write() throws Exception;
    }

    FrontHandler(Origins origins, ApiHandler api, OpenIdHandler openId, PageHandler page) {
        this.origins = origins;
        this.api = api;
        this.openId = openId;
        this.page = page;
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) {
        guarded(exchange, () -> {
            origins.checkHost(exchange);
            String path = exchange.getRequestURI();
            if (exchange.isHostIncludedInRequestURI() || !path.startsWith("/")) {
                throw ProblemException.field("path", path, "one that starts with a slash");
            }
            List<String> segments = path.equals("/") ? List.of() : RawPath.segments(path);
            if (segments.size() > API.size() && segments.subList(0, API.size()).equals(API)) {
                List<String> below = segments.subList(API.size(), segments.size());
                receive(exchange, below);
            } else if (OpenIdHandler.answers(segments)) {
                exchange.dispatch(() -> guarded(exchange, () -> openId.answer(exchange, segments)));
            } else {
                page.answer(exchange, segments);
            }
        });
    }

    /** A sender that is slow holds up no thread, and is cut off after a while. */
    private void receive(HttpServerExchange exchange, List<String> segments) {
        if (exchange.getRequestContentLength() > MAX_BODY) {
            throw tooLarge();
        }
        var limit = exchange.getIoThread()
                .executeAfter(() -> IoUtils.safeClose(exchange.getConnection()), BODY_SECONDS, TimeUnit.SECONDS);
        Receiver receiver = exchange.getRequestReceiver();
        receiver.setMaxBufferSize(MAX_BODY);
        receiver.receiveFullBytes(
                (same, body) -> {
                    limit.remove();
                    same.dispatch(() -> guarded(same, () -> api.answer(same, segments, body)));
                },
                (same, error) -> {
                    limit.remove();
                    guarded(same, () -> {
                        throw error instanceof Receiver.RequestToLargeException
                                ? tooLarge()
                                : ProblemException.of(400, "the body cannot be read", error);
                    });
                });
    }

    private static ProblemException tooLarge() {
        return ProblemException.of(413, "the body is larger than " + MAX_BODY + " bytes, which is what is allowed");
    }

    private static void guarded(HttpServerExchange exchange, Answer answer) {
        try {
            answer.write();
        } catch (ProblemException e) {
            write(exchange, e);
        } catch (IllegalArgumentException e) {
            write(exchange, ProblemException.of(400, String.valueOf(e.getMessage()), e));
        } catch (NotWrittenException e) {
            LOG.warn("A request was not carried out: {}", e.getMessage());
            write(exchange, ProblemException.unavailable("broker or registry give no answer; try again", e));
        } catch (Exception e) {
            LOG.error("{} {} failed", exchange.getRequestMethod(), exchange.getRequestPath(), e);
            write(exchange, ProblemException.of(500, "the log of this program says why", e));
        }
    }

    private static void write(HttpServerExchange exchange, ProblemException problem) {
        if (exchange.isResponseStarted()) {
            IoUtils.safeClose(exchange.getConnection());
            return;
        }
        problem.headers().forEach((name, value) -> exchange.getResponseHeaders().put(new HttpString(name), value));
        exchange.getResponseHeaders().put(Headers.CACHE_CONTROL, "no-store");
        exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, "application/problem+json");
        exchange.setStatusCode(problem.status());
        if (!exchange.isRequestComplete()) {
            exchange.setPersistent(false);
        }
        exchange.getResponseSender().send(ByteBuffer.wrap(Json.bytes(problem.problem())));
    }
}
