package dev.vorrang.console.web;

import dev.vorrang.console.access.Access;
import dev.vorrang.console.access.OpenIdException;
import dev.vorrang.console.access.Sessions;
import dev.vorrang.console.api.ProblemException;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends browsers to the OpenID provider, and takes those that come back. Thread-safe. */
final class OpenIdHandler {

    static final List<String> BEGIN = List.of("login", "oidc");
    static final List<String> CALLBACK = List.of("login", "oidc", "callback");

    private static final Logger LOG = LoggerFactory.getLogger(OpenIdHandler.class);
    private static final String HOME = "/";
    private static final String REFUSED = "/login#error=openid";

    private final Access access;
    private final Origins origins;
    private final SessionCookie cookie;

    OpenIdHandler(Access access, Origins origins, SessionCookie cookie) {
        this.access = access;
        this.origins = origins;
        this.cookie = cookie;
    }

    /** Whether a path is one of these. */
    static boolean answers(List<String> segments) {
        return segments.equals(BEGIN) || segments.equals(CALLBACK);
    }

    /**
     * Answers by a redirect; may block.
     *
     * @throws ProblemException 404 if there is no provider, 405 if it is not GET
     */
    void answer(HttpServerExchange exchange, List<String> segments) {
        if (!exchange.getRequestMethod().toString().equals("GET")) {
            throw ProblemException.field(
                            405, "method", exchange.getRequestMethod().toString(), "GET")
                    .with("Allow", "GET");
        }
        if (!access.hasOpenId()) {
            throw ProblemException.notFound("page", "/" + String.join("/", segments));
        }
        try {
            if (segments.equals(BEGIN)) {
                begin(exchange);
            } else {
                end(exchange);
            }
        } catch (OpenIdException e) {
            LOG.warn("A login by OpenID Connect failed: {}", e.getMessage());
            redirect(exchange, REFUSED);
        }
    }

    private void begin(HttpServerExchange exchange) {
        var start = access.beginOpenId(redirect(exchange));
        exchange.getResponseHeaders().add(Headers.SET_COOKIE, cookie.ofLogin(start.state()));
        redirect(exchange, start.address().toString());
    }

    private void end(HttpServerExchange exchange) {
        exchange.getResponseHeaders().add(Headers.SET_COOKIE, cookie.loginGone());
        String state = header(exchange).flatMap(cookie::readLogin).orElse("");
        String from = origins.address(exchange);
        Sessions.Begun begun = access.endOpenId(exchange.getQueryString(), state, from);
        // A session that was there before is not taken over, but ends.
        header(exchange)
                .flatMap(cookie::read)
                .flatMap(access::session)
                .ifPresent(before -> access.logout(before, from));
        exchange.getResponseHeaders().add(Headers.SET_COOKIE, cookie.of(begun.secret()));
        redirect(exchange, HOME);
    }

    private URI redirect(HttpServerExchange exchange) {
        return URI.create(origins.own(exchange) + "/" + String.join("/", CALLBACK));
    }

    private static Optional<String> header(HttpServerExchange exchange) {
        return Optional.ofNullable(exchange.getRequestHeaders().getFirst(Headers.COOKIE));
    }

    private static void redirect(HttpServerExchange exchange, String location) {
        exchange.setStatusCode(303);
        exchange.getResponseHeaders().put(Headers.LOCATION, location);
        exchange.endExchange();
    }
}
