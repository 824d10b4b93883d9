package dev.vorrang.ingest.imap;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * How access tokens are had (RFC 6749): with a refresh token (section 6) if there is one, else with the client's own credentials
 * (section 4.4).
 *
 * @param endpoint token endpoint
 * @param clientId id of the client
 * @param clientSecret secret of the client, if it has one
 * @param refreshToken refresh token, if the grant is that
 * @param scope scope to ask for, if any
 * @param timeout longest wait for the endpoint, positive
 */
public record OAuth2Settings(
        URI endpoint,
        String clientId,
        Optional<String> clientSecret,
        Optional<String> refreshToken,
        Optional<String> scope,
        Duration timeout) {

    /** Without the secrets. */
    @Override
    public String toString() {
        return "client " + clientId + " at " + endpoint;
    }
}
