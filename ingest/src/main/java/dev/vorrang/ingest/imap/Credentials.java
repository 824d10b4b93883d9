package dev.vorrang.ingest.imap;

import dev.vorrang.schemas.text.KnownSecrets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What a user proves to be the user with. Implementations are safe for use by many threads, and neither they nor their
 * exceptions ever show the secret.
 */
public interface Credentials {

    /**
     * The password, or a valid access token.
     *
     * @throws MailboxRefusedException if there is none to be had and another try would not help
     * @throws IOException if there is none to be had now; worth another try
     */
    String secret() throws IOException, MailboxRefusedException;

    /** Whether {@link #secret()} is an access token (SASL XOAUTH2) rather than a password. */
    boolean isToken();

    /** The server refused this secret; the next call of {@link #secret()} gives another one if it can. */
    void refused(String secret);

    /** A password as it is. */
    static Credentials password(String password) {
        KnownSecrets.add(password);
        return new Credentials() {
            @Override
            public String secret() {
                return password;
            }

            @Override
            public boolean isToken() {
                return false;
            }

            @Override
            public void refused(String secret) {
                // There is no other.
            }
        };
    }

    /** The first line of a file, read anew for each login, so that the password can be changed without a restart. */
    static Credentials passwordFile(Path file) {
        return new Credentials() {
            @Override
            public String secret() throws IOException {
                try (var lines = Files.newBufferedReader(file)) {
                    var line = lines.readLine();
                    if (line == null || line.isBlank()) {
                        throw new IOException(
                                "password file " + file + " is empty; its first line must be the password");
                    }
                    KnownSecrets.add(line);
                    return line;
                }
            }

            @Override
            public boolean isToken() {
                return false;
            }

            @Override
            public void refused(String secret) {
                // The file is read again anyway.
            }
        };
    }
}
