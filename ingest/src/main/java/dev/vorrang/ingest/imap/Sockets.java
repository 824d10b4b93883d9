package dev.vorrang.ingest.imap;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import javax.net.SocketFactory;
import javax.net.ssl.SSLSocketFactory;

/**
 * Makes the sockets of one connection and remembers the last, plain and TLS. That gives two things that the mail library does
 * not: another thread can cut a connection whose thread hangs in it, and IDLE can wait for another time than a command.
 */
final class Sockets extends SSLSocketFactory {

    private final SSLSocketFactory tls;
    private Socket plain;
    private Socket secure;
    private boolean closed;

    Sockets(SSLSocketFactory tls) {
        this.tls = tls;
    }

    /** Makes sockets without TLS, as they are before STARTTLS. */
    SocketFactory plain() {
        return new SocketFactory() {
            @Override
            public Socket createSocket() throws IOException {
                return remember(new Socket(), false);
            }

            @Override
            public Socket createSocket(String host, int port) throws IOException {
                return remember(new Socket(host, port), false);
            }

            @Override
            public Socket createSocket(String host, int port, InetAddress from, int fromPort) throws IOException {
                return remember(new Socket(host, port, from, fromPort), false);
            }

            @Override
            public Socket createSocket(InetAddress host, int port) throws IOException {
                return remember(new Socket(host, port), false);
            }

            @Override
            public Socket createSocket(InetAddress host, int port, InetAddress from, int fromPort) throws IOException {
                return remember(new Socket(host, port, from, fromPort), false);
            }
        };
    }

    @Override
    public Socket createSocket(Socket socket, String host, int port, boolean autoClose) throws IOException {
        remember(socket, false);
        return remember(tls.createSocket(socket, host, port, autoClose), true);
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        return remember(tls.createSocket(host, port), true);
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress from, int fromPort) throws IOException {
        return remember(tls.createSocket(host, port, from, fromPort), true);
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        return remember(tls.createSocket(host, port), true);
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress from, int fromPort) throws IOException {
        return remember(tls.createSocket(host, port, from, fromPort), true);
    }

    @Override
    public String[] getDefaultCipherSuites() {
        return tls.getDefaultCipherSuites();
    }

    @Override
    public String[] getSupportedCipherSuites() {
        return tls.getSupportedCipherSuites();
    }

    /** Longest wait of the next read. */
    synchronized void readTimeout(Duration timeout) throws SocketException {
        var socket = secure == null ? plain : secure;
        if (socket != null) {
            socket.setSoTimeout((int) Math.max(1, Math.min(Integer.MAX_VALUE, timeout.toMillis())));
        }
    }

    /** Cuts the connection, from any thread, without a word to the server; none can be made after that. */
    synchronized void cut() {
        closed = true;
        // Closing the TLS socket would wait for the server's farewell.
        if (plain != null) {
            try {
                plain.close();
            } catch (IOException e) {
                // It is gone either way.
            }
        }
    }

    private synchronized Socket remember(Socket socket, boolean isSecure) throws IOException {
        if (closed) {
            socket.close();
            throw new IOException("the connection was closed");
        }
        if (isSecure) {
            secure = socket;
        } else {
            plain = socket;
        }
        return socket;
    }
}
