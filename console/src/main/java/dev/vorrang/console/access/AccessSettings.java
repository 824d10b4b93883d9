package dev.vorrang.console.access;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Who is let in.
 *
 * @param users file of users; empty if there are none with a password
 * @param tokens file of API tokens; empty to keep them in memory alone
 * @param sessions when they end
 */
public record AccessSettings(Optional<Path> users, Optional<Path> tokens, SessionLimits sessions) {

    /** Login links alone. */
    public static final AccessSettings LINKS_ALONE =
            new AccessSettings(Optional.empty(), Optional.empty(), SessionLimits.STANDARD);
}
