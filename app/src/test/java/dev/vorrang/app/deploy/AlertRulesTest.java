package dev.vorrang.app.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vorrang.app.metrics.ProgramMetrics;
import dev.vorrang.scoring.engine.metrics.Metric;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The alert rules ask for metrics that exist, with tags that these have. */
class AlertRulesTest {

    /** A word that is neither a function, which has a bracket behind it, nor a label. */
    private static final Pattern METRIC = Pattern.compile("\\b((?:vorrang|jvm|process|disk|kafka|system)_\\w+)");

    private static final Pattern SELECTOR = Pattern.compile("(vorrang_\\w+)\\{([^}]*)}");
    private static final Pattern LABEL = Pattern.compile("(\\w+)\\s*=");
    private static final Pattern DURATION = Pattern.compile("[1-9]\\d*[smhd]");

    private final List<JsonNode> rules = rules();

    @Test
    void shouldAskOnlyForMetricsThatExist() {
        Set<String> known = Stream.concat(
                        Stream.of(Metric.values()).map(Metric::prometheusName),
                        ProgramMetrics.meanings().keySet().stream())
                .collect(Collectors.toSet());

        assertThat(rules).hasSizeGreaterThan(8).allSatisfy(rule -> {
            var asked = METRIC.matcher(expression(rule)).results().map(each -> each.group(1));
            assertThat(asked.filter(name -> !known.contains(name)))
                    .as(expression(rule))
                    .isEmpty();
        });
        assertThat(rules.stream().map(AlertRulesTest::expression).filter(each -> METRIC.matcher(each)
                        .find()))
                .hasSize(rules.size() - 1);
    }

    @Test
    void shouldSelectOnlyByTagsOfTheMetric() {
        for (JsonNode rule : rules) {
            SELECTOR.matcher(expression(rule)).results().forEach(selector -> {
                var tags = Stream.of(Metric.values())
                        .filter(metric -> metric.prometheusName().equals(selector.group(1)))
                        .flatMap(metric -> metric.tags().stream())
                        .toList();
                assertThat(LABEL.matcher(selector.group(2)).results().map(label -> label.group(1)))
                        .as(expression(rule))
                        .isSubsetOf(tags);
            });
        }
    }

    @Test
    void shouldWatchWhatAnOperatorMustKnow() {
        assertThat(String.join(
                        "\n", rules.stream().map(AlertRulesTest::expression).toList()))
                .contains(
                        Metric.CONSUMER_LAG.prometheusName(),
                        Metric.DEAD_LETTERS.prometheusName(),
                        Metric.BATCH_FAILURES.prometheusName(),
                        Metric.CALL_AGE.prometheusName(),
                        Metric.RECEIVED.prometheusName(),
                        "vorrang_source_up",
                        "vorrang_sink_up",
                        "disk_free_bytes",
                        "jvm_memory_usage_after_gc");
    }

    @Test
    void shouldSayWhatIsWrongAndWhatToDo() {
        assertThat(rules).allSatisfy(rule -> {
            assertThat(rule.path("alert").asText()).startsWith("Vorrang");
            assertThat(rule.at("/labels/severity").asText()).isIn("warning", "critical");
            assertThat(rule.at("/annotations/summary").asText()).isNotBlank();
            assertThat(rule.at("/annotations/action").asText()).isNotBlank();
            assertThat(rule.path("for").asText("1m")).matches(DURATION);
        });
        assertThat(rules).extracting(rule -> rule.path("alert").asText()).doesNotHaveDuplicates();
    }

    @Test
    void shouldBeReadByPrometheus() {
        var mounted = ComposeFile.yaml("docker-compose.yml").at("/services/prometheus/volumes");
        assertThat(mounted.toString()).contains("./docker/prometheus-alerts.yml:/etc/prometheus/alerts.yml:ro");
        assertThat(ComposeFile.yaml("docker/prometheus.yml").at("/rule_files/0").asText())
                .isEqualTo("alerts.yml");
    }

    private static String expression(JsonNode rule) {
        return rule.path("expr").asText();
    }

    private static List<JsonNode> rules() {
        var rules = new ArrayList<JsonNode>();
        ComposeFile.yaml("docker/prometheus-alerts.yml").at("/groups/0/rules").forEach(rules::add);
        return rules;
    }
}
