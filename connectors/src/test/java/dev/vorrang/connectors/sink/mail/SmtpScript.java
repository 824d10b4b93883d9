package dev.vorrang.connectors.sink.mail;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/** An SMTP server that answers the first recipients with a refusal, and takes what comes later. */
final class SmtpScript implements AutoCloseable {

    private final ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final AtomicInteger refusals;
    private final AtomicInteger accepted = new AtomicInteger();
    private final String refusal;

    SmtpScript(String refusal, int times) throws IOException {
        this.refusal = refusal;
        this.refusals = new AtomicInteger(times);
        var thread = new Thread(this::serve, "smtp");
        thread.setDaemon(true);
        thread.start();
    }

    private void serve() {
        try {
            while (true) {
                try (var connection = socket.accept()) {
                    talk(connection);
                }
            }
        } catch (IOException e) {
            // The test is over.
        }
    }

    private void talk(Socket connection) throws IOException {
        var in = new BufferedReader(new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8));
        say(connection, "220 ready");
        boolean data = false;
        for (var line = in.readLine(); line != null; line = in.readLine()) {
            if (data) {
                if (line.equals(".")) {
                    data = false;
                    accepted.incrementAndGet();
                    say(connection, "250 taken");
                }
            } else if (line.startsWith("RCPT") && refusals.getAndDecrement() > 0) {
                say(connection, refusal);
            } else if (line.startsWith("DATA")) {
                data = true;
                say(connection, "354 go on");
            } else if (line.startsWith("QUIT")) {
                say(connection, "221 bye");
                return;
            } else {
                say(connection, "250 ok");
            }
        }
    }

    private static void say(Socket connection, String line) throws IOException {
        connection.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
    }

    int port() {
        return socket.getLocalPort();
    }

    int accepted() {
        return accepted.get();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
