package dev.vorrang.ingest.imap;

/** How a connection to an IMAP server is protected. */
public enum Security {
    /** TLS from the first byte (RFC 8314), port 993. */
    TLS(993),
    /** Plain at first, TLS before the login; a server that offers no STARTTLS is refused (RFC 3501, 6.2.1). Port 143. */
    STARTTLS(143),
    /** No protection: password and mails go over the wire as they are. For servers on the same machine. Port 143. */
    NONE(143);

    private final int port;

    Security(int port) {
        this.port = port;
    }

    /** The port that servers commonly offer it on. */
    public int defaultPort() {
        return port;
    }
}
