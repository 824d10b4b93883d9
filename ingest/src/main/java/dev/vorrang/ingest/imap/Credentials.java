package dev.vorrang.ingest.imap;

import dev.vorrang.ingest.connection.Password;
import java.io.IOException;

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

    /** A password. */
    static Credentials password(Password password) {
        return new Credentials() {
            @Override
            public String secret() throws IOException {
                return password.read();
            }

            @Override
            public boolean isToken() {
                return false;
            }

            @Override
            public void refused(String secret) {
                // A password file is read again anyway.
            }
        };
    }
}
