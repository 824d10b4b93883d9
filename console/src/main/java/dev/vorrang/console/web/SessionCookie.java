package dev.vorrang.console.web;

import java.util.Optional;

/**
 * The cookie that holds a session's secret: not for scripts, not sent with requests from other sites, with TLS not without it. It has no
 * expiry: the server ends sessions.
 */
final class SessionCookie {

    private static final int LOGIN_SECONDS = 600;

    private final String name;
    private final String loginName;
    private final String attributes;
    /** The provider sends the browser back from another site. */
    private final String loginAttributes;

    /** @param tls whether browsers reach the server by https */
    SessionCookie(boolean tls) {
        // The prefix has browsers refuse a cookie that another host of the domain, or plain HTTP, sets.
        this.name = tls ? "__Host-vorrang" : "vorrang";
        this.loginName = name + "-login";
        this.attributes = "; Path=/; HttpOnly; SameSite=Strict" + (tls ? "; Secure" : "");
        this.loginAttributes = "; Path=/; HttpOnly; SameSite=Lax" + (tls ? "; Secure" : "");
    }

    String name() {
        return name;
    }

    /** Value of {@code Set-Cookie} that begins a session. */
    String of(String secret) {
        return name + "=" + secret + attributes;
    }

    /** Value of {@code Set-Cookie} that deletes it. */
    String gone() {
        return name + "=; Max-Age=0" + attributes;
    }

    /** Value of {@code Set-Cookie} that keeps the state of a login that has begun. */
    String ofLogin(String state) {
        return loginName + "=" + state + "; Max-Age=" + LOGIN_SECONDS + loginAttributes;
    }

    /** Value of {@code Set-Cookie} that deletes it. */
    String loginGone() {
        return loginName + "=; Max-Age=0" + loginAttributes;
    }

    /** The state of a login in a {@code Cookie} header. */
    Optional<String> readLogin(String header) {
        return read(loginName, header);
    }

    /** The secret in a {@code Cookie} header; empty if there is none, or more than one. */
    Optional<String> read(String header) {
        return read(name, header);
    }

    private static Optional<String> read(String name, String header) {
        Optional<String> found = Optional.empty();
        for (String each : header.split(";")) {
            String pair = each.strip();
            if (pair.startsWith(name + "=")) {
                if (found.isPresent()) {
                    return Optional.empty();
                }
                found = Optional.of(pair.substring(name.length() + 1));
            }
        }
        return found;
    }
}
