package dev.vorrang.embedded.http;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Rejects requests of web pages in a browser on this machine. Such pages could reach a server here under a host name that resolves to
 * this machine (DNS rebinding: the name is in {@code Host}), or by a cross-site form or script (both send {@code Origin}; requests
 * without a preflight have a Content-Type of forms or text).
 */
final class RequestGuard {

    private static final Pattern ADDRESS = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}|\\[[0-9a-f:.%]+]");
    private static final Pattern HOST = Pattern.compile("(\\[[^\\]]*]|[^:]*)(:\\d*)?");
    private static final Pattern JSON = Pattern.compile("application/([\\w.+-]+\\+)?json(\\s*;.*)?");
    private static final Set<String> WITHOUT_BODY = Set.of("GET", "HEAD", "DELETE", "OPTIONS");

    private final boolean loopback;
    private final String name;
    private final Set<String> methods;
    private final Optional<Predicate<String>> login;

    /**
     * @param loopback whether only this machine can reach the server; otherwise its host names are unknown
     * @param name host name in the settings
     * @param methods allowed methods
     * @param login checks an {@code Authorization} header; empty for none
     */
    RequestGuard(boolean loopback, String name, Set<String> methods, Optional<Predicate<String>> login) {
        this.loopback = loopback;
        this.name = name;
        this.methods = Set.copyOf(methods);
        this.login = login;
    }

    /**
     * The response to a rejected request; empty if the request is accepted.
     *
     * @param header returns the value of a header, or null
     */
    Optional<HttpAnswer> refusal(String method, boolean hasBody, Function<String, String> header) {
        String host = header.apply("Host");
        if (host != null && !isKnown(host)) {
            return refuse(421, "Host: allowed is localhost, or an address of this machine");
        }
        String origin = header.apply("Origin");
        String site = header.apply("Sec-Fetch-Site");
        if (origin != null && !origin.equalsIgnoreCase("http://" + host)
                || site != null && !Set.of("same-origin", "none").contains(site)) {
            return refuse(403, "Origin: cross-site requests are rejected");
        }
        if (login.isPresent() && !login.get().test(header.apply("Authorization"))) {
            return Optional.of(HttpAnswer.text(401, "user and password are in client.properties of the data folder")
                    .with("WWW-Authenticate", "Basic realm=\"vorrang\""));
        }
        var refused = refusedMethod(method, methods);
        if (refused.isPresent()) {
            return refused;
        }
        boolean writes = hasBody || !WITHOUT_BODY.contains(method);
        if (writes && !isJson(header.apply("Content-Type"))) {
            return refuse(415, "Content-Type: allowed is application/json, or one that ends in +json");
        }
        return Optional.empty();
    }

    /** The response to a request by a method that is not allowed. */
    static Optional<HttpAnswer> refusedMethod(String method, Set<String> methods) {
        if (methods.contains(method)) {
            return Optional.empty();
        }
        String allowed = String.join(", ", new TreeSet<>(methods));
        return Optional.of(HttpAnswer.text(405, "allowed methods: " + allowed).with("Allow", allowed));
    }

    private boolean isKnown(String host) {
        var matcher = HOST.matcher(host.toLowerCase(Locale.ROOT));
        if (!matcher.matches()) {
            return false;
        }
        String called = matcher.group(1);
        return !loopback
                || called.equals("localhost")
                || called.equals(name)
                || ADDRESS.matcher(called).matches();
    }

    private static boolean isJson(String type) {
        String text = type == null ? "" : type.strip().toLowerCase(Locale.ROOT);
        // Confluent's clients may send the latter; forms do not.
        return JSON.matcher(text).matches() || text.equals("application/octet-stream");
    }

    private static Optional<HttpAnswer> refuse(int status, String reason) {
        return Optional.of(HttpAnswer.text(status, reason));
    }
}
