package dev.vorrang.connectors.imap;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A server of a protocol of lines on a free port of this machine. Each connection has a thread. */
final class LineServer implements AutoCloseable {

    private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());

    /** What the server does on one connection. */
    interface Conversation {
        /** @throws IOException if the other end closes the connection */
        void hold(BufferedReader in, OutputStream out) throws IOException;
    }

    private interface Work {
        void run() throws IOException;
    }

    LineServer(Conversation conversation) throws IOException {
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

    int port() {
        return listener.getLocalPort();
    }

    static void say(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
