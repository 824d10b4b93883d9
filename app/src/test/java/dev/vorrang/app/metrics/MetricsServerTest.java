package dev.vorrang.app.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vorrang.embedded.http.HttpEndpoint;
import dev.vorrang.schemas.AlertKind;
import dev.vorrang.schemas.AlertState;
import dev.vorrang.schemas.MachineAlert;
import dev.vorrang.schemas.MachineScore;
import dev.vorrang.schemas.MailScore;
import dev.vorrang.schemas.ModelRef;
import dev.vorrang.schemas.Position;
import dev.vorrang.schemas.Priority;
import dev.vorrang.schemas.Stage;
import dev.vorrang.scoring.machine.Concluded;
import dev.vorrang.scoring.metrics.Metric;
import dev.vorrang.scoring.metrics.ScoringMetrics;
import dev.vorrang.scoring.topology.Health;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
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
        metrics.routed("support");
        metrics.gauge(Metric.CONSUMER_LAG, this, test -> 7);
        metrics.gauge(Metric.RUNNING_THREADS, this, test -> 1);
        metrics.gauge(Metric.CALL_AGE, this, test -> 0.5);
        metrics.deadLetter(Stage.DECODE);
        metrics.batch(3, Duration.ofMillis(5));
        metrics.scored(mailScore(), Instant.EPOCH, Instant.EPOCH, Instant.EPOCH);
        var machine = new ScoringMetrics(registry, "machine");
        machine.stateWritten(100);
        machine.scored(concluded(), Instant.EPOCH, Instant.EPOCH, Instant.EPOCH);

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

    private static MailScore mailScore() {
        return MailScore.newBuilder()
                .setId("1")
                .setThread("1")
                .setSource("file:/1")
                .setSubject("")
                .setReceivedAt(Instant.EPOCH)
                .setPriority(Priority.LOW)
                .setPriorityScore(0)
                .setModel(new ModelRef("mail-triage", "1"))
                .setPosition(new Position("mail.received", 0, 0L))
                .setScoredAt(Instant.EPOCH)
                .build();
    }

    private static Concluded concluded() {
        var position = new Position("machine.readings", 0, 1L);
        var score = MachineScore.newBuilder()
                .setId("1")
                .setMachine("press-5")
                .setTime(Instant.EPOCH)
                .setPosition(position)
                .setScoredAt(Instant.EPOCH)
                .build();
        var alert = MachineAlert.newBuilder()
                .setId("2")
                .setMachine("press-5")
                .setKind(AlertKind.ANOMALY)
                .setState(AlertState.RAISED)
                .setStart(Instant.EPOCH)
                .setTime(Instant.EPOCH)
                .setPeak(1)
                .setPeakTime(Instant.EPOCH)
                .setPosition(position)
                .build();
        return new Concluded(score, List.of(), List.of(alert));
    }
}
