package dev.vorrang.connectors.sink.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vorrang.connectors.ConnectorConfigs;
import dev.vorrang.connectors.sink.DeliverySettings;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;

class HttpSinkConnectorTest {

    private final HttpSinkConnector connector = new HttpSinkConnector();

    private static Map<String, String> config(String... more) {
        return ConnectorConfigs.with(
                Map.of(
                        HttpSinkSettings.URL, "https://hooks.example.com/services/s3cretpath",
                        DeliverySettings.TOLERANCE, "all",
                        DeliverySettings.DEAD_LETTER_TOPIC, "actions.dead-letters"),
                more);
    }

    private Map<String, List<String>> errors(String... more) {
        return ConnectorConfigs.errors(connector, config(more));
    }

    @Test
    void shouldTakeWhatIsRight() {
        assertThat(errors()).isEmpty();
        assertThat(errors(HttpSinkSettings.URL, "", HttpSinkSettings.FORMAT, "pagerduty"))
                .isEmpty();
        assertThat(errors(HttpSinkSettings.HEADERS, "X-Title: {{title}}\nX-Other: 1"))
                .isEmpty();
        connector.start(config());
        assertThat(connector.taskConfigs(2)).containsExactly(config(), config());
    }

    @Test
    void shouldNameEveryWrongSettingAtOnce() {
        var errors = errors(
                HttpSinkSettings.URL,
                "http://hooks.example.com/s3cretpath",
                HttpSinkSettings.FORMAT,
                "jira",
                HttpSinkSettings.BODY,
                "{{{title}}}",
                HttpSinkSettings.HEADERS,
                "Content-Length: 1",
                HttpSinkSettings.PROXY,
                "proxy",
                HttpSinkSettings.SIGNING_SECRET,
                "whsec_?",
                HttpSinkSettings.LOGIN.user(),
                "anna",
                HttpSinkSettings.TLS.caFile(),
                "/no/such/file.pem",
                DeliverySettings.TOLERANCE,
                "none",
                DeliverySettings.DEAD_LETTER_TOPIC,
                "");
        assertThat(errors)
                .containsOnlyKeys(
                        HttpSinkSettings.URL,
                        HttpSinkSettings.BODY,
                        HttpSinkSettings.HEADERS,
                        HttpSinkSettings.PROXY,
                        HttpSinkSettings.SIGNING_SECRET,
                        HttpSinkSettings.LOGIN.password(),
                        HttpSinkSettings.TLS.caFile(),
                        DeliverySettings.TOLERANCE,
                        DeliverySettings.DEAD_LETTER_TOPIC);
        assertThat(errors.toString()).doesNotContain("s3cretpath");
    }

    @Test
    void shouldRefuseATemplateThatNamesWhatNoActionHas() {
        assertThat(errors(HttpSinkSettings.BODY, "{\"a\": \"{{subject}}\"}").get(HttpSinkSettings.BODY))
                .singleElement()
                .asString()
                .contains("[subject]", "title");
        assertThat(errors(HttpSinkSettings.BODY, "{{#reasons}}").get(HttpSinkSettings.BODY))
                .singleElement()
                .asString()
                .contains("Mustache");
        assertThat(errors(HttpSinkSettings.FORMAT, "zammad").get(HttpSinkSettings.VARIABLES))
                .singleElement()
                .asString()
                .contains("group", "customer");
    }

    @Test
    void shouldNotStartWithoutDeadLetters() {
        assertThatThrownBy(() -> connector.start(config(DeliverySettings.DEAD_LETTER_TOPIC, "")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(DeliverySettings.DEAD_LETTER_TOPIC);
    }

    @Test
    void shouldNeverShowASecret() {
        var config = new HttpSinkConfig(
                config(HttpSinkSettings.LOGIN.password(), "t0ken0123", HttpSinkSettings.SIGNING_SECRET, "sign1ng0123"));
        assertThat(config.values().toString()).doesNotContain("s3cretpath", "t0ken0123", "sign1ng0123");
    }

    @Test
    void shouldDocumentEverySetting() {
        assertThat(connector.config().configKeys().values())
                .allSatisfy(key -> assertThat(key.documentation).isNotBlank());
    }
}
