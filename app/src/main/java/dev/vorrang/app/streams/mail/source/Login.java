package dev.vorrang.app.streams.mail.source;

import dev.vorrang.app.settings.Secret;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/** How a mailbox is logged in to. */
public sealed interface Login {

    /** A password as it is. */
    record Password(Secret password) implements Login {}

    /** A file whose first line is the password, read anew for each login. */
    record PasswordFile(Path file) implements Login {}

    /**
     * OAuth 2 (RFC 6749) with XOAUTH2.
     *
     * @param tokenEndpoint where access tokens are had
     * @param clientId of this program at the provider
     * @param clientSecret if the provider gave one
     * @param refreshToken if empty, the grant is client credentials
     * @param scope as the provider asks for it
     */
    record OAuth2(
            URI tokenEndpoint,
            String clientId,
            Optional<Secret> clientSecret,
            Optional<Secret> refreshToken,
            Optional<String> scope)
            implements Login {}
}
