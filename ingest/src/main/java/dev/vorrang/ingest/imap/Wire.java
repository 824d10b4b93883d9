package dev.vorrang.ingest.imap;

import java.io.IOException;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * The socket of one connection, plain or with TLS. It is ours and not the mail library's, so that another thread can cut it while
 * its own hangs in it, IDLE can wait for another time than a command, and no answer is without bound. One thread uses it;
 * {@link #cut()} may be called by any.
 */
final class Wire {

    private final ImapAccount account;
    private final Socket plain = new Socket();
    /** The plain one, or that with TLS over it. */
    private Socket socket = plain;

    private BoundedInput in;
    private PrintStream out;

    Wire(ImapAccount account) {
        this.account = account;
    }

    /**
     * Connects, with TLS if it is to be there from the first byte.
     *
     * @param allowance bytes that the server's first answer may have
     */
    void connect(long allowance) throws IOException {
        int timeout = milliseconds(account.timeout());
        plain.setTcpNoDelay(true);
        plain.setKeepAlive(true);
        plain.setSoTimeout(timeout);
        try {
            plain.connect(new InetSocketAddress(account.host(), account.port()), timeout);
        } catch (UnknownHostException e) {
            throw new IOException("there is no host " + account.host(), e);
        } catch (IOException e) {
            throw new IOException(
                    "no connection to " + account.host() + ":" + account.port() + ": " + e.getMessage(), e);
        }
        if (account.security() == Security.TLS) {
            secure(allowance);
        } else {
            open(allowance);
        }
    }

    /** Goes on with TLS. What was read ahead is forgotten, so that nothing from before counts. */
    void secure(long allowance) throws IOException {
        var factory = account.tls().map(tls -> tls.getSocketFactory()).orElseGet(() ->
                (SSLSocketFactory) SSLSocketFactory.getDefault());
        var secure = (SSLSocket) factory.createSocket(plain, account.host(), account.port(), true);
        var parameters = secure.getSSLParameters();
        // Names as RFC 2595 compares them, which is as LDAP does.
        parameters.setEndpointIdentificationAlgorithm("LDAPS");
        secure.setSSLParameters(parameters);
        secure.startHandshake();
        socket = secure;
        open(allowance);
    }

    private void open(long allowance) throws IOException {
        in = new BoundedInput(socket.getInputStream(), allowance);
        out = new PrintStream(socket.getOutputStream(), false, StandardCharsets.ISO_8859_1);
    }

    BoundedInput in() {
        return in;
    }

    PrintStream out() {
        return out;
    }

    /** Longest wait of the next read. */
    void readTimeout(Duration timeout) throws SocketException {
        socket.setSoTimeout(milliseconds(timeout));
    }

    private static int milliseconds(Duration timeout) {
        return (int) Math.max(1, Math.min(Integer.MAX_VALUE, timeout.toMillis()));
    }

    /** Cuts the connection, from any thread, without a word to the server; none can be made after that. */
    void cut() {
        // Closing the TLS socket would wait for the server's farewell.
        try {
            plain.close();
        } catch (IOException e) {
            // It is gone either way.
        }
    }
}
