package dev.vorrang.connectors.imap;

import dev.vorrang.ingest.connection.ClientCertificate;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.net.ssl.SSLContext;

/** A server of a protocol of lines on a free port of this machine. Each connection has a thread. */
public final class LineServer implements AutoCloseable {

    private final ServerSocket listener;

    /** What the server does on one connection. */
    public interface Conversation {
        /** @throws IOException if the other end closes the connection */
        void hold(BufferedReader in, OutputStream out) throws IOException;
    }

    private interface Work {
        void run() throws IOException;
    }

    public LineServer(Conversation conversation) throws IOException {
        this(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), conversation);
    }

    /** With TLS from the first byte. */
    public static LineServer secure(TestCertificate certificate, Conversation conversation) throws IOException {
        try {
            var context = SSLContext.getInstance("TLS");
            context.init(
                    ClientCertificate.store(certificate.store(), TestCertificate.PASSWORD.toCharArray())
                            .getKeyManagers(),
                    null,
                    null);
            return new LineServer(
                    context.getServerSocketFactory().createServerSocket(0, 50, InetAddress.getLoopbackAddress()),
                    conversation);
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    private LineServer(ServerSocket listener, Conversation conversation) {
        this.listener = listener;
        run(() -> {
            while (true) {
                var client = listener.accept();
                run(() -> serve(client, conversation));
            }
        });
    }

    private static void serve(Socket client, Conversation conversation) throws IOException {
        try (client) {
            conversation.hold(
                    new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII)),
                    client.getOutputStream());
        }
    }

    private static void run(Work work) {
        var thread = new Thread(() -> {
            try {
                work.run();
            } catch (IOException e) {
                // Closed by the other end, or by the test.
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    public int port() {
        return listener.getLocalPort();
    }

    public static void say(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
