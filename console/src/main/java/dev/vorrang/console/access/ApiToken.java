package dev.vorrang.console.access;

import java.time.Instant;

/**
 * A token by which a program calls the API.
 *
 * @param id tells tokens apart; no secret
 * @param name that its owner gave it
 * @param owner name of the user
 * @param source who vouches for the owner
 * @param role what it may do, as long as its owner may
 */
public record ApiToken(
        String id, String name, String owner, User.Source source, Role role, Instant created, Instant expires) {

    boolean isOf(User user) {
        return owner.equals(user.name()) && source == user.source();
    }
}
