package dev.vorrang.console.web;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Certificate and key of the server.
 *
 * @param certificate chain in PEM, or a PKCS 12 key store that has the key as well
 * @param key in PEM, PKCS 8 without a password; empty with a key store
 * @param password of the key store
 */
public record TlsSettings(Path certificate, Optional<Path> key, Optional<char[]> password) {

    /** Without the password. */
    @Override
    public String toString() {
        return "TlsSettings[" + certificate + "]";
    }
}
