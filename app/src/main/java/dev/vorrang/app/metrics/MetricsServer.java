package dev.vorrang.app.metrics;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import dev.vorrang.scoring.topology.Health;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Answers {@code GET /metrics} in the Prometheus text format, {@code /health/live} with 200 while the program need not be started
 * again, and {@code /health/ready} with 200 while it scores; else 503 and the reason. Has no access control: let it listen where
 * only monitoring reaches it.
 */
public final class MetricsServer implements AutoCloseable {

    private static final String TEXT = "text/plain; charset=utf-8";
    private static final String PROMETHEUS_TEXT = "text/plain; version=0.0.4; charset=utf-8";

    private final HttpServer server;
    private final ExecutorService threads;

    private MetricsServer(HttpServer server, ExecutorService threads) {
        this.server = server;
        this.threads = threads;
    }

    /**
     * @param address port 0 for any that is free
     * @param registry is read at each request; stays the caller's to close
     * @param health is asked at each request, from another thread
     * @throws UncheckedIOException if the port is taken or the address is not of this machine
     */
    public static MetricsServer start(
            InetSocketAddress address, PrometheusMeterRegistry registry, Supplier<Health> health) {
        HttpServer server;
        try {
            server = HttpServer.create(address, 0);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "metrics address " + address.getHostString() + ":" + address.getPort() + " cannot be used: "
                            + e.getMessage() + ". Choose another port, or 0 for any.",
                    e);
        }
        var threads = Executors.newFixedThreadPool(2, work -> {
            var thread = new Thread(work, "metrics-server");
            thread.setDaemon(true);
            return thread;
        });
        server.setExecutor(threads);
        server.createContext(
                "/", exchange -> answer(exchange, 404, TEXT, "try /metrics, /health/live or /health/ready\n"));
        server.createContext(
                "/metrics", only("/metrics", exchange -> answer(exchange, 200, PROMETHEUS_TEXT, registry.scrape())));
        server.createContext("/health/live", check("/health/live", health, Health::live));
        server.createContext("/health/ready", check("/health/ready", health, Health::ready));
        server.start();
        return new MetricsServer(server, threads);
    }

    /** Where it listens, without a path. */
    public URI url() {
        var address = server.getAddress();
        String host = address.getAddress().isAnyLocalAddress()
                ? "localhost"
                : address.getAddress().getHostAddress();
        return URI.create("http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort());
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private static HttpHandler check(String path, Supplier<Health> health, Predicate<Health> good) {
        return only(path, exchange -> {
            Health now = health.get();
            String body =
                    now.state() + now.problem().map(problem -> ": " + problem).orElse("") + "\n";
            answer(exchange, good.test(now) ? 200 : 503, TEXT, body);
        });
    }

    private static HttpHandler only(String path, HttpHandler handler) {
        return exchange -> {
            if (!exchange.getRequestURI().getPath().equals(path)) {
                answer(exchange, 404, TEXT, "not found\n");
            } else if (!exchange.getRequestMethod().matches("GET|HEAD")) {
                exchange.getResponseHeaders().set("Allow", "GET, HEAD");
                answer(exchange, 405, TEXT, "only GET and HEAD\n");
            } else {
                handler.handle(exchange);
            }
        };
    }

    private static void answer(HttpExchange exchange, int status, String type, String body) throws IOException {
        try (exchange) {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", type);
            boolean head = exchange.getRequestMethod().equals("HEAD");
            exchange.sendResponseHeaders(status, head ? -1 : bytes.length);
            if (!head) {
                exchange.getResponseBody().write(bytes);
            }
        }
    }
}
