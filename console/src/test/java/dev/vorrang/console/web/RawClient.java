package dev.vorrang.console.web;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** Sends bytes that no HTTP client would. */
final class RawClient {

    private RawClient() {}

    /** What comes back until the server closes the connection; empty if it just does. */
    static String send(URI url, String request) {
        return send(url, request, false);
    }

    /** The same for what may be half a request, after which nothing comes. */
    static String sendAndEnd(URI url, String request) {
        return send(url, request, true);
    }

    private static String send(URI url, String request, boolean end) {
        try (var socket = new Socket(url.getHost(), url.getPort())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            if (end) {
                socket.shutdownOutput();
            }
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            if (e.getMessage() != null && e.getMessage().contains("reset")) {
                return "";
            }
            throw new UncheckedIOException(e);
        }
    }

    /** The status of an answer; 0 if there is none. */
    static int status(String answer) {
        return answer.startsWith("HTTP/1.1 ") ? Integer.parseInt(answer.substring(9, 12)) : 0;
    }
}
