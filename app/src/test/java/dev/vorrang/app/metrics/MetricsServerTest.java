package dev.vorrang.app.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vorrang.embedded.http.HttpEndpoint;
import dev.vorrang.schemas.ModelRef;
import dev.vorrang.schemas.Stage;
import dev.vorrang.scoring.engine.Health;
import dev.vorrang.scoring.engine.metrics.Measurement;
import dev.vorrang.scoring.engine.metrics.Metric;
import dev.vorrang.scoring.engine.metrics.ScoringMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MetricsServerTest {

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private Health health = new Health(Health.State.RUNNING, Optional.empty());
    private HttpEndpoint server;

    @BeforeEach
    void start() {
        server = MetricsServer.start(loopback(0), registry, () -> health);
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void shouldShowEveryMetricUnderTheNameInTheTable() throws Exception {
        var metrics = new ScoringMetrics(registry, "mail");
        metrics.model(new ModelRef("mail-triage", "1"));
        metrics.gauge(Metric.CONSUMER_LAG, this, test -> 7);
        metrics.gauge(Metric.RUNNING_THREADS, this, test -> 1);
        metrics.gauge(Metric.CALL_AGE, this, test -> 0.5);
        metrics.gauge(Metric.CASCADE_OPEN, this, test -> 0);
        metrics.time(Metric.CASCADE_TIME, Duration.ofMillis(5));
        metrics.deadLetter(Stage.DECODE);
        metrics.batch(3, Duration.ofMillis(5));
        List.of(
                        Measurement.one(Metric.ROUTED, "support"),
                        Measurement.one(Metric.CASCADE_MAILS, "ANSWERED"),
                        Measurement.one(Metric.CASCADE_CHANGED, "LEVEL"),
                        Measurement.one(Metric.CASCADE_FAILURES, "SLOW"),
                        Measurement.one(Metric.SCORED, "URGENT"),
                        new Measurement(Metric.ABSTAINED, 0, List.of()))
                .forEach(metrics::count);
        var machine = new ScoringMetrics(registry, "machine");
        List.of(
                        new Measurement(Metric.STATE_WRITTEN, 100, List.of()),
                        Measurement.one(Metric.MACHINE_SCORED, "SCORED"),
                        Measurement.one(Metric.MACHINE_ALERTS, "ANOMALY", "RAISED"))
                .forEach(machine::count);
        var demand = new ScoringMetrics(registry, "demand");
        List.of(
                        Measurement.one(Metric.DEMAND_OBSERVED, "ON_TIME"),
                        new Measurement(Metric.DEMAND_FORECASTS, 1, List.of()),
                        Measurement.one(Metric.DEMAND_ALERTS, "SURGE", "RAISED"))
                .forEach(demand::count);
        new ScoringMetrics(registry, "actions").count(Measurement.one(Metric.ACTIONS, "page-outages", "SENT"));

        var answer = get("/metrics");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("text/plain; version=0.0.4"));
        assertThat(Arrays.asList(Metric.values())).allSatisfy(metric -> assertThat(answer.body())
                .containsPattern("(?m)^" + metric.prometheusName() + "(_count|_bucket)?\\{"));
        assertThat(answer.body())
                .contains("vorrang_consumer_lag_records{stream=\"mail\"} 7.0")
                .contains("vorrang_dead_letters_total{stage=\"DECODE\",stream=\"mail\"} 1.0")
                .contains("vorrang_model_info{model=\"mail-triage\",stream=\"mail\",version=\"1\"} 1\n");
    }

    @Test
    void shouldTellWhetherItLivesAndWhetherItScores() throws Exception {
        assertThat(get("/health/live").statusCode()).isEqualTo(200);
        assertThat(get("/health/ready").body()).isEqualTo("RUNNING\n");

        health = new Health(Health.State.RETRYING, Optional.of("the registry gives no answer"));
        assertThat(get("/health/live").statusCode()).isEqualTo(200);
        var ready = get("/health/ready");
        assertThat(ready.statusCode()).isEqualTo(503);
        assertThat(ready.body()).isEqualTo("RETRYING: the registry gives no answer\n");

        health = new Health(Health.State.FAILED, Optional.empty());
        assertThat(get("/health/live").statusCode()).isEqualTo(503);
    }

    @Test
    void shouldRefuseOtherPathsAndMethods() throws Exception {
        assertThat(get("/").statusCode()).isEqualTo(404);
        assertThat(get("/metrics/x").statusCode()).isEqualTo(404);
        var post = HttpRequest.newBuilder(server.url().resolve("/metrics"))
                .POST(HttpRequest.BodyPublishers.ofString("x"))
                .build();
        assertThat(HttpClient.newHttpClient()
                        .send(post, HttpResponse.BodyHandlers.ofString())
                        .statusCode())
                .isEqualTo(405);
    }

    @Test
    void shouldNameTheAddressThatIsTaken() {
        int port = server.url().getPort();

        assertThatThrownBy(() -> MetricsServer.start(loopback(port), registry, () -> health))
                .hasMessageContaining("127.0.0.1:" + port)
                .hasMessageContaining("Choose another port");
    }

    private HttpResponse<String> get(String path) throws Exception {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(server.url().resolve(path)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private static InetSocketAddress loopback(int port) {
        return new InetSocketAddress("127.0.0.1", port);
    }
}
