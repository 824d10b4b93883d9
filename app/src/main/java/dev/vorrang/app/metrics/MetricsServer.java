package dev.vorrang.app.metrics;

import dev.vorrang.embedded.http.HttpAnswer;
import dev.vorrang.embedded.http.HttpCall;
import dev.vorrang.embedded.http.HttpEndpoint;
import dev.vorrang.scoring.engine.Health;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Answers {@code GET /metrics} in the Prometheus text format, {@code /health/live} with 200 while the program need not be started
 * again, and {@code /health/ready} with 200 while it scores; else 503 and the reason. Has no access control: let it listen where
 * only monitoring reaches it.
 */
public final class MetricsServer {

    private static final String PROMETHEUS_TEXT = "text/plain; version=0.0.4; charset=utf-8";

    private MetricsServer() {}

    /**
     * Starts to listen; the caller closes what is returned.
     *
     * @param address port 0 for any that is free
     * @param registry is read at each request; stays the caller's to close
     * @param health is asked at each request, from another thread
     * @throws UncheckedIOException if the port is taken or the address is not of this machine
     */
    public static HttpEndpoint start(
            InetSocketAddress address, PrometheusMeterRegistry registry, Supplier<Health> health) {
        try {
            return HttpEndpoint.start(
                    "metrics",
                    address,
                    Set.of("GET", "HEAD"),
                    Optional.empty(),
                    call -> answer(call, registry, health));
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "metrics address " + address.getHostString() + ":" + address.getPort()
                            + " cannot be used: it is taken, or not of this machine. Choose another port, or 0 for"
                            + " any.",
                    e);
        }
    }

    private static HttpAnswer answer(HttpCall call, PrometheusMeterRegistry registry, Supplier<Health> health) {
        return switch (call.path()) {
            case "/metrics" ->
                new HttpAnswer(200, PROMETHEUS_TEXT, registry.scrape().getBytes(StandardCharsets.UTF_8), Map.of());
            case "/health/live" -> check(health.get(), Health::live);
            case "/health/ready" -> check(health.get(), Health::ready);
            default -> HttpAnswer.text(404, "try /metrics, /health/live or /health/ready\n");
        };
    }

    private static HttpAnswer check(Health now, Predicate<Health> good) {
        String problem = now.problem().map(each -> ": " + each).orElse("");
        return HttpAnswer.text(good.test(now) ? 200 : 503, now.state() + problem + "\n");
    }
}
