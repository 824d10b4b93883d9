package dev.vorrang.app.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.vorrang.scoring.engine.metrics.Metric;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The dashboards ask for what scoring records, by the names that Prometheus sees. */
class DashboardTest {

    private static final Pattern METRIC = Pattern.compile("\\bvorrang_\\w+");
    private static final Pattern SELECTOR = Pattern.compile("(vorrang_\\w+)\\{([^}]*)}");
    private static final Pattern LABEL = Pattern.compile("(\\w+)\\s*=");

    private final List<JsonNode> dashboards =
            List.of(dashboard("mail"), dashboard("machine"), dashboard("demand"), dashboard("actions"));

    @Test
    void shouldAskOnlyForMetricsThatExist() {
        var known = Stream.of(Metric.values()).flatMap(DashboardTest::series).collect(Collectors.toSet());
        var asked = expressions().stream()
                .flatMap(expression -> METRIC.matcher(expression).results().map(result -> result.group()))
                .collect(Collectors.toCollection(HashSet::new));

        assertThat(asked).isNotEmpty().isSubsetOf(known);
    }

    @Test
    void shouldSelectOnlyByTagsOfTheMetric() {
        for (var expression : expressions()) {
            SELECTOR.matcher(expression).results().forEach(selector -> {
                var tags = Stream.of(Metric.values())
                        .filter(metric -> series(metric).anyMatch(selector.group(1)::equals))
                        .flatMap(metric -> metric.tags().stream())
                        .toList();
                assertThat(LABEL.matcher(selector.group(2)).results().map(label -> label.group(1)))
                        .as(expression)
                        .isSubsetOf(tags);
            });
        }
    }

    @Test
    void shouldShowEveryMetric() {
        var text = String.join("\n", expressions());
        assertThat(Stream.of(Metric.values()).filter(metric -> series(metric).noneMatch(text::contains)))
                .as("metrics that no panel shows")
                .containsExactly(Metric.RECEIVED);
    }

    @Test
    void shouldUseTheProvisionedDataSource() {
        var source = ComposeFile.yaml("docker/grafana/provisioning/datasources/prometheus.yml")
                .at("/datasources/0");
        assertThat(source.path("url").asText()).isEqualTo("http://prometheus:9090");
        panels().forEach(panel -> assertThat(panel.at("/datasource/uid").asText())
                .isEqualTo(source.path("uid").asText()));
    }

    /** The names of a metric's time series; timers and summaries are histograms. */
    private static Stream<String> series(Metric metric) {
        var name = metric.prometheusName();
        return switch (metric.kind()) {
            case COUNTER, GAUGE -> Stream.of(name);
            case SUMMARY, TIMER ->
                Set.of("_bucket", "_count", "_sum", "_max").stream().map(name::concat);
        };
    }

    private List<String> expressions() {
        var expressions = new ArrayList<String>();
        panels().forEach(panel -> panel.path("targets")
                .forEach(target -> expressions.add(target.path("expr").asText())));
        return expressions;
    }

    private List<JsonNode> panels() {
        var panels = new ArrayList<JsonNode>();
        dashboards.forEach(dashboard -> dashboard.path("panels").forEach(panels::add));
        return panels;
    }

    private static JsonNode dashboard(String stream) {
        try {
            return new ObjectMapper().readTree(ComposeFile.text("docker/grafana/dashboards/" + stream + ".json"));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
