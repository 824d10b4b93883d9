package dev.vorrang.connectors.sink.http;

import dev.vorrang.ingest.connection.Password;
import dev.vorrang.schemas.text.KnownSecrets;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * What a request proves itself with.
 *
 * @param user of basic authentication; empty if the password is a token
 * @param password password or token, if there is one
 * @param scheme what stands before a token; empty if the token is part of the body
 */
record HttpLogin(String user, Optional<Password> password, String scheme) {

    /** Value of the header Authorization. */
    Optional<String> header() throws IOException {
        if (password.isEmpty() || user.isEmpty() && scheme.isEmpty()) {
            return Optional.empty();
        }
        var secret = password.get().read();
        if (user.isEmpty()) {
            return Optional.of(scheme.endsWith("=") ? scheme + secret : scheme + " " + secret);
        }
        var encoded = Base64.getEncoder().encodeToString((user + ":" + secret).getBytes(StandardCharsets.UTF_8));
        KnownSecrets.add(encoded);
        return Optional.of("Basic " + encoded);
    }

    /** The token, if it is part of the body; else empty. */
    String inBody() throws IOException {
        return user.isEmpty() && scheme.isEmpty() && password.isPresent()
                ? password.get().read()
                : "";
    }
}
