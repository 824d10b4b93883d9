package dev.vorrang.app.streams.mail.fetch;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A repository with one file on this machine, which breaks off as told. */
final class FileServer implements AutoCloseable {

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final byte[] file;
    private final List<String> ranges = new CopyOnWriteArrayList<>();
    private volatile int breaksLeft;
    private volatile int mostBytes = Integer.MAX_VALUE;
    private volatile int status;
    private volatile boolean knowsRanges = true;

    FileServer(String path, byte[] file) throws IOException {
        this.file = file;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            try (exchange) {
                answer(exchange, path);
            }
        });
        server.start();
    }

    URI root() {
        return URI.create("http://localhost:" + server.getAddress().getPort() + "/maven");
    }

    /** Ends the next answers after so many bytes, though more are announced. */
    void breakOff(int answers, int bytes) {
        breaksLeft = answers;
        mostBytes = bytes;
    }

    void answerWith(int number) {
        status = number;
    }

    void forgetRanges() {
        knowsRanges = false;
    }

    /** The header {@code Range} of each request, blank where there was none. */
    List<String> ranges() {
        return ranges;
    }

    private void answer(HttpExchange exchange, String path) throws IOException {
        String range = Optional.ofNullable(exchange.getRequestHeaders().getFirst("Range"))
                .orElse("");
        ranges.add(range);
        boolean found = exchange.getRequestURI().getPath().equals("/maven/" + path);
        if (status != 0 || !found) {
            exchange.sendResponseHeaders(status != 0 ? status : 404, -1);
            return;
        }
        int start = range.isEmpty() || !knowsRanges
                ? 0
                : Integer.parseInt(range.substring("bytes=".length(), range.length() - 1));
        if (start >= file.length) {
            exchange.sendResponseHeaders(416, -1);
            return;
        }
        byte[] rest = Arrays.copyOfRange(file, start, file.length);
        exchange.sendResponseHeaders(start == 0 ? 200 : 206, rest.length);
        boolean breaks = breaksLeft-- > 0;
        exchange.getResponseBody().write(rest, 0, breaks ? Math.min(mostBytes, rest.length) : rest.length);
        exchange.getResponseBody().flush();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
