package dev.vorrang.console.access;

import java.time.Instant;

/**
 * A login, until it ends.
 *
 * @param key tells sessions apart; not the secret of the cookie
 * @param csrf that requests which change something must bring
 * @param started when somebody logged in
 */
public record Session(String key, User user, String csrf, Instant started) {

    /** Whether a token is the session's, compared in constant time. */
    public boolean hasCsrf(String token) {
        return Secrets.equal(csrf, token);
    }
}
