package dev.vorrang.ingest.imap;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * A mailbox on an IMAP server and how to reach it.
 *
 * @param host name or address; the server's certificate must be for it
 * @param port 1 to 65,535
 * @param security how the connection is protected
 * @param tls whom to trust; the Java platform's certificates if empty
 * @param user login name
 * @param credentials what the user logs in with
 * @param timeout longest wait for a connection, and for the next bytes of an answer; positive, whole milliseconds
 */
public record ImapAccount(
        String host,
        int port,
        Security security,
        Optional<SSLContext> tls,
        String user,
        Credentials credentials,
        Duration timeout) {

    public ImapAccount {
        Objects.requireNonNull(host, "host");
        Objects.requireNonNull(security, "security");
        Objects.requireNonNull(tls, "tls");
        Objects.requireNonNull(user, "user");
        Objects.requireNonNull(credentials, "credentials");
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("port is " + port + ", allowed: 1 to 65535");
        }
        if (timeout.toMillis() < 1) {
            throw new IllegalArgumentException("timeout is " + timeout + ", allowed: at least 1 ms");
        }
    }

    /** User and host, for log lines. */
    @Override
    public String toString() {
        return user + "@" + host + ":" + port;
    }
}
