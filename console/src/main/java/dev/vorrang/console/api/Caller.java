package dev.vorrang.console.api;

import dev.vorrang.console.access.Session;
import dev.vorrang.console.access.User;
import java.util.Optional;

/**
 * Who sends a request, and from where.
 *
 * @param user empty if nobody is logged in
 * @param session empty with an API token, and if nobody is logged in
 * @param address of the network
 */
public record Caller(Optional<User> user, Optional<Session> session, String address) {

    /**
     * Name of the user.
     *
     * @throws ProblemException 401 if nobody is logged in
     */
    public String name() {
        return user.orElseThrow(() -> ProblemException.of(401, "allowed with a session or an API token"))
                .name();
    }
}
