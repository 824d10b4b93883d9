package dev.vorrang.console.access;

/**
 * Somebody who was recognised.
 *
 * @param name unique within the source
 * @param role what the user may do
 * @param source who vouches
 */
public record User(String name, Role role, Source source) {

    /** Longest name. */
    public static final int MAX_NAME = 100;

    /** Who vouches for a user. */
    public enum Source {
        /** The file of users. */
        FILE,
        /** A login link of this program. */
        LINK,
        /** The OpenID provider. */
        OPENID
    }
}
