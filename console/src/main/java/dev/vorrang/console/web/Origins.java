package dev.vorrang.console.web;

import dev.vorrang.console.api.ProblemException;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Whether a request is meant for this server and comes from its own page. A name that is not this server's is refused: else a site whose
 * name resolves to this machine could read what the server answers. Immutable.
 */
final class Origins {

    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");
    private static final Set<String> OWN = Set.of("same-origin", "none");

    private static final Pattern ADDRESS = Pattern.compile("[0-9a-fA-F:.]{2,45}");

    private final boolean tls;
    private final boolean loopback;
    private final Optional<URI> publicUrl;
    private final boolean behindProxy;

    Origins(ConsoleSettings settings) {
        this.tls = settings.tls().isPresent();
        this.loopback = settings.isLoopback();
        this.publicUrl = settings.publicUrl();
        this.behindProxy = settings.behindProxy();
    }

    /** Where a request comes from: with a proxy what it has added last, for what stands before that anybody may have sent. */
    String address(HttpServerExchange exchange) {
        String peer = exchange.getSourceAddress().getAddress().getHostAddress();
        List<String> forwarded = behindProxy ? all(exchange, Headers.X_FORWARDED_FOR) : List.of();
        if (forwarded.isEmpty()) {
            return peer;
        }
        String[] hops = forwarded.get(forwarded.size() - 1).split(",");
        String last = hops[hops.length - 1].strip();
        return ADDRESS.matcher(last).matches() ? last : peer;
    }

    /** @throws ProblemException 421 if the request is for another host */
    void checkHost(HttpServerExchange exchange) {
        List<String> hosts = all(exchange, Headers.HOST);
        String host = hosts.size() == 1 ? hosts.get(0).toLowerCase(Locale.ROOT) : "";
        if (host.isEmpty() || !isKnown(withoutPort(host))) {
            throw ProblemException.of(
                    421, "Host '" + host + "': allowed are the names of this server, see console.public-url");
        }
    }

    /** Without a public URL any name will do on other addresses: TLS proves the name to the browser. */
    private boolean isKnown(String name) {
        boolean given = publicUrl
                .filter(url -> name.equals(url.getHost().toLowerCase(Locale.ROOT)))
                .isPresent();
        return given || LOOPBACK.contains(name) || !loopback && publicUrl.isEmpty();
    }

    /**
     * Checks that a request which changes something does not come from another site's page.
     *
     * @throws ProblemException 403 if it does
     */
    void checkOrigin(HttpServerExchange exchange) {
        for (String site : all(exchange, Names.SEC_FETCH_SITE)) {
            if (!OWN.contains(site)) {
                throw ProblemException.of(403, "Sec-Fetch-Site '" + site + "': allowed is same-origin");
            }
        }
        String own = own(exchange);
        String direct = direct(exchange);
        for (String origin : all(exchange, Headers.ORIGIN)) {
            if (!origin.equalsIgnoreCase(own) && !origin.equalsIgnoreCase(direct)) {
                throw ProblemException.of(403, "Origin '" + origin + "': allowed is that of this server");
            }
        }
    }

    /** The origin under which browsers reach this server, without a slash at its end. */
    String own(HttpServerExchange exchange) {
        return publicUrl
                .map(url -> url.getScheme() + "://" + url.getAuthority())
                .orElseGet(() -> direct(exchange));
    }

    private String direct(HttpServerExchange exchange) {
        return (tls ? "https://" : "http://") + exchange.getRequestHeaders().getFirst(Headers.HOST);
    }

    private static String withoutPort(String host) {
        return host.replaceFirst(":\\d*$", "");
    }

    private static List<String> all(HttpServerExchange exchange, HttpString name) {
        HeaderMap headers = exchange.getRequestHeaders();
        return headers.contains(name) ? List.copyOf(headers.get(name)) : List.of();
    }
}
