package dev.vorrang.console.web;

import dev.vorrang.console.access.Access;
import dev.vorrang.console.access.Session;
import dev.vorrang.console.access.User;
import dev.vorrang.console.api.Caller;
import dev.vorrang.console.api.Json;
import dev.vorrang.console.api.ProblemException;
import dev.vorrang.console.api.Reply;
import dev.vorrang.console.api.Route;
import dev.vorrang.console.api.Router;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Answers the API: finds the route, asks who calls, and writes what the route answers. Thread-safe. */
final class ApiHandler {

    private static final String BEARER = "Bearer ";

    private final Router router;
    private final Access access;
    private final SessionCookie cookie;
    private final Origins origins;
    private final LiveFeed live;

    ApiHandler(Router router, Access access, SessionCookie cookie, Origins origins, LiveFeed live) {
        this.router = router;
        this.access = access;
        this.cookie = cookie;
        this.origins = origins;
        this.live = live;
    }

    /**
     * Answers a request; may block.
     *
     * @param segments of the path below the base
     * @throws ProblemException if it is refused
     */
    void answer(HttpServerExchange exchange, List<String> segments, byte[] body) throws Exception {
        Router.Match match = router.find(exchange.getRequestMethod().toString(), segments);
        Route<?> route = match.route();
        Caller caller = caller(exchange);
        authorise(exchange, route, caller);
        if (body.length > 0) {
            requireJson(exchange);
        }
        Reply<?> reply = route.answer(caller, match.inPath(), RawPath.parameters(exchange.getQueryString()), body);
        if (reply.body() instanceof LiveStream) {
            live.open(exchange, caller);
            return;
        }
        exchange.setStatusCode(route.status());
        reply.headers().forEach((name, value) -> exchange.getResponseHeaders().put(new HttpString(name), value));
        if (reply.body() == null) {
            exchange.endExchange();
        } else {
            exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, route.media());
            exchange.getResponseSender().send(ByteBuffer.wrap(Json.bytes(reply.body())));
        }
    }

    private Caller caller(HttpServerExchange exchange) {
        String from = origins.address(exchange);
        String authorization = exchange.getRequestHeaders().getFirst(Headers.AUTHORIZATION);
        if (authorization != null) {
            // A program has no session, whatever cookie it sends along.
            boolean bearer = authorization.regionMatches(true, 0, BEARER, 0, BEARER.length());
            Optional<User> user = bearer
                    ? access.user(authorization.substring(BEARER.length()).strip())
                    : Optional.empty();
            return new Caller(user, Optional.empty(), from);
        }
        Optional<Session> session = Optional.ofNullable(
                        exchange.getRequestHeaders().getFirst(Headers.COOKIE))
                .flatMap(cookie::read)
                .flatMap(access::session);
        return new Caller(session.map(Session::user), session, from);
    }

    private void authorise(HttpServerExchange exchange, Route<?> route, Caller caller) {
        if (route.role().isPresent()) {
            User user =
                    caller.user().orElseThrow(() -> ProblemException.of(401, "allowed with a session or an API token"));
            if (!user.role().includes(route.role().get())) {
                throw ProblemException.of(
                        403,
                        "role " + user.role().word() + ": allowed is "
                                + route.role().get().word());
            }
        }
        boolean program = caller.user().isPresent() && caller.session().isEmpty();
        if (!route.isSafe() && !program) {
            origins.checkOrigin(exchange);
            if (route.role().isPresent()) {
                requireCsrf(exchange, caller);
            }
        }
    }

    private static void requireCsrf(HttpServerExchange exchange, Caller caller) {
        String token = Optional.ofNullable(exchange.getRequestHeaders().getFirst(Names.CSRF))
                .orElse("");
        if (caller.session().filter(session -> !session.hasCsrf(token)).isPresent()) {
            throw ProblemException.of(403, "X-CSRF-Token: allowed is the csrf that /api/v1/me answers");
        }
    }

    private static void requireJson(HttpServerExchange exchange) {
        String type = Optional.ofNullable(exchange.getRequestHeaders().getFirst(Headers.CONTENT_TYPE))
                .orElse("");
        if (!type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT).equals(Route.JSON)) {
            throw ProblemException.field(415, "Content-Type", type, Route.JSON);
        }
    }
}
