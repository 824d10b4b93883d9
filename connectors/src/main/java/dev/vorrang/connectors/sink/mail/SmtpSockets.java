package dev.vorrang.connectors.sink.mail;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Properties;
import javax.net.SocketFactory;
import javax.net.ssl.SSLSocketFactory;

/**
 * Gets hold of the sockets of one attempt, so that another thread can cut them while the mail library hangs in them. What the
 * library does with them, TLS and its checks above all, stays its own. It asks for a plain socket and connects it, unless TLS with
 * an own factory is to be there from the first byte: then, and for STARTTLS, it hands over the connected one to be covered with TLS.
 */
final class SmtpSockets {

    private final SSLSocketFactory tls;
    private Socket last = new Socket();
    private boolean isCut;

    /** @param tls covers a socket with TLS */
    SmtpSockets(SSLSocketFactory tls) {
        this.tls = tls;
    }

    /** Makes the mail library use these sockets and no others. */
    void use(Properties properties) {
        properties.put("mail.smtp.socketFactory", new Plain());
        properties.put("mail.smtp.ssl.socketFactory", new Covered());
        // Else it would connect again without a factory, and so trust others than the settings say.
        properties.setProperty("mail.smtp.socketFactory.fallback", "false");
    }

    private synchronized Socket held(Socket socket) {
        last = socket;
        if (isCut) {
            cut();
        }
        return socket;
    }

    /** Cuts the connection, from any thread, without a word to the server; none can be made after that. */
    synchronized void cut() {
        isCut = true;
        // The one below TLS: closing that of TLS could wait for the server.
        try {
            last.close();
        } catch (IOException e) {
            // It is gone either way.
        }
    }

    private static UnsupportedOperationException notAsked() {
        return new UnsupportedOperationException("the mail library connects sockets itself");
    }

    // Not an SSLSocketFactory: the mail library starts TLS at once on the sockets of one, whatever it is set to.
    private final class Plain extends SocketFactory {

        @Override
        public Socket createSocket() {
            return held(new Socket());
        }

        @Override
        public Socket createSocket(String host, int port) {
            throw notAsked();
        }

        @Override
        public Socket createSocket(String host, int port, InetAddress localHost, int localPort) {
            throw notAsked();
        }

        @Override
        public Socket createSocket(InetAddress host, int port) {
            throw notAsked();
        }

        @Override
        public Socket createSocket(InetAddress host, int port, InetAddress localHost, int localPort) {
            throw notAsked();
        }
    }

    private final class Covered extends SSLSocketFactory {

        @Override
        public Socket createSocket(Socket socket, String host, int port, boolean autoClose) throws IOException {
            return tls.createSocket(held(socket), host, port, autoClose);
        }

        @Override
        public String[] getDefaultCipherSuites() {
            return tls.getDefaultCipherSuites();
        }

        @Override
        public String[] getSupportedCipherSuites() {
            return tls.getSupportedCipherSuites();
        }

        @Override
        public Socket createSocket(String host, int port) {
            throw notAsked();
        }

        @Override
        public Socket createSocket(String host, int port, InetAddress localHost, int localPort) {
            throw notAsked();
        }

        @Override
        public Socket createSocket(InetAddress host, int port) {
            throw notAsked();
        }

        @Override
        public Socket createSocket(InetAddress host, int port, InetAddress localHost, int localPort) {
            throw notAsked();
        }
    }
}
