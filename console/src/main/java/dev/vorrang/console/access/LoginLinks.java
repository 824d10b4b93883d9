package dev.vorrang.console.access;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Tokens that begin one session each, for whoever sees the terminal or the log of this program: the way in where there are no users.
 * Thread-safe.
 */
final class LoginLinks {

    /** What a session of such a token is called, and what it may. */
    static final User LOCAL = new User("local", Role.ADMIN, User.Source.LINK);

    private static final int MAX = 100;

    private final Duration valid;
    private final Clock clock;
    private final Map<String, Instant> until = new HashMap<>();

    /** @param valid how long a token is */
    LoginLinks(Duration valid, Clock clock) {
        this.valid = valid;
        this.clock = clock;
    }

    /**
     * A new token.
     *
     * @throws IllegalStateException if there are 100 that nobody used
     */
    synchronized String make() {
        until.values().removeIf(end -> !clock.instant().isBefore(end));
        if (until.size() >= MAX) {
            throw new IllegalStateException("there are " + MAX + " login links that nobody used");
        }
        String token = Secrets.make();
        until.put(Secrets.hash(token), clock.instant().plus(valid));
        return token;
    }

    /** Who comes with a token; it is used up. */
    synchronized Optional<User> use(String token) {
        Instant end = until.remove(Secrets.hash(token));
        return Optional.ofNullable(end).filter(clock.instant()::isBefore).map(any -> LOCAL);
    }
}
