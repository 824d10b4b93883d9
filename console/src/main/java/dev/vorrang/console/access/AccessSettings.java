package dev.vorrang.console.access;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Who is let in.
 *
 * @param users file of users; empty if there are none with a password
 * @param tokens file of API tokens; empty to keep them in memory alone
 * @param sessions when they end
 * @param openId provider that vouches for users
 */
public record AccessSettings(
        Optional<Path> users, Optional<Path> tokens, SessionLimits sessions, Optional<OpenIdSettings> openId) {

    /** Without a provider. */
    public AccessSettings(Optional<Path> users, Optional<Path> tokens, SessionLimits sessions) {
        this(users, tokens, sessions, Optional.empty());
    }

    /** Login links alone. */
    public static final AccessSettings LINKS_ALONE =
            new AccessSettings(Optional.empty(), Optional.empty(), SessionLimits.STANDARD);
}
