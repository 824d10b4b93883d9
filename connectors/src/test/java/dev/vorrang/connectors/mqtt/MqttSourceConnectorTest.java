package dev.vorrang.connectors.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vorrang.connectors.ConnectorConfigs;
import dev.vorrang.connectors.reading.FieldSettings;
import dev.vorrang.connectors.reading.OrderSettings;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;

class MqttSourceConnectorTest {

    private final MqttSourceConnector connector = new MqttSourceConnector();

    private static Map<String, String> config(String... more) {
        return ConnectorConfigs.with(
                Map.of(
                        MqttSettings.HOST, "localhost",
                        MqttSettings.CLIENT_ID, "vorrang",
                        MqttSettings.FILTERS, "plant/+/data, hall/#",
                        PayloadSettings.TEMPLATE, "+/{machine}/#"),
                more);
    }

    private Map<String, List<String>> errors(Map<String, String> config) {
        return ConnectorConfigs.errors(connector, config);
    }

    @Test
    void shouldTakeWhatIsRight() {
        assertThat(errors(config())).isEmpty();
        assertThat(new MqttSourceConfig(config()).broker().port()).isEqualTo(8_883);
        assertThat(new MqttSourceConfig(config(MqttSettings.SECURITY, "none"))
                        .broker()
                        .port())
                .isEqualTo(1_883);
    }

    @Test
    void shouldReadDemandOfPayloadsThatHaveFields() {
        assertThat(errors(config(OrderSettings.RECORD, "order-line"))).isEmpty();
        assertThat(errors(config(OrderSettings.RECORD, "period-total", PayloadSettings.FORMAT, "sparkplug")))
                .containsOnlyKeys(PayloadSettings.FORMAT);
        assertThat(errors(config(OrderSettings.RECORD, "orders"))).containsOnlyKeys(OrderSettings.RECORD);
    }

    @Test
    void shouldNameEveryWrongSettingAtOnce() {
        var errors = errors(Map.of(
                MqttSettings.SECURITY,
                "starttls",
                MqttSettings.VERSION,
                "4",
                MqttSettings.QOS,
                "3",
                MqttSettings.FILTERS,
                "plant/#/data",
                MqttSettings.SHARE_GROUP,
                "a/b",
                MqttSettings.LOGIN.user(),
                "anna",
                MqttSettings.TLS.certificateFile(),
                "/no/such/file.pem",
                PayloadSettings.FORMAT,
                "xml",
                PayloadSettings.TEMPLATE,
                "plant/{device}",
                FieldSettings.JSON_TIME,
                "ts"));

        assertThat(errors)
                .containsOnlyKeys(
                        MqttSettings.HOST,
                        MqttSettings.CLIENT_ID,
                        MqttSettings.SECURITY,
                        MqttSettings.VERSION,
                        MqttSettings.QOS,
                        MqttSettings.FILTERS,
                        MqttSettings.SHARE_GROUP,
                        MqttSettings.LOGIN.user(),
                        MqttSettings.TLS.certificateFile(),
                        MqttSettings.TLS.keyFile(),
                        PayloadSettings.FORMAT,
                        PayloadSettings.TEMPLATE,
                        FieldSettings.JSON_TIME);
        assertThat(errors.get(MqttSettings.FILTERS).toString()).contains("plant/#/data", "allowed: topic filters");
        assertThat(errors.get(PayloadSettings.TEMPLATE).toString()).contains("plant/{device}", "{machine}");
    }

    @Test
    void shouldAskForSomethingThatTellsTheMachine() {
        assertThat(errors(config(PayloadSettings.TEMPLATE, ""))).containsOnlyKeys(PayloadSettings.TEMPLATE);
        assertThat(errors(config(PayloadSettings.TEMPLATE, "", FieldSettings.JSON_MACHINE, "/device")))
                .isEmpty();
        assertThat(errors(config(PayloadSettings.FORMAT, "value")).get(PayloadSettings.TEMPLATE))
                .singleElement()
                .asString()
                .contains("{sensor}");
    }

    @Test
    void shouldNeverShowAPassword() {
        var config = config(MqttSettings.LOGIN.password(), "pa55word");
        assertThatThrownBy(() -> new MqttSourceConfig(config))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(MqttSettings.LOGIN.user())
                .hasMessageNotContaining("pa55word");
        config.put(MqttSettings.LOGIN.user(), "anna");
        var right = new MqttSourceConfig(config);
        assertThat(right.values().toString()).doesNotContain("pa55word");
        assertThat(right.broker().toString()).doesNotContain("pa55word");
    }

    @Test
    void shouldSpreadFiltersOverTasksOrShareThem() {
        connector.start(config());
        assertThat(connector.taskConfigs(3))
                .extracting(task -> task.get(MqttSettings.CLIENT_ID) + " " + task.get(MqttSettings.FILTERS))
                .containsExactly("vorrang-0 plant/+/data", "vorrang-1 hall/#");
        assertThat(connector.taskConfigs(1))
                .extracting(task -> task.get(MqttSettings.CLIENT_ID))
                .containsExactly("vorrang");

        connector.start(config(MqttSettings.SHARE_GROUP, "plant"));
        assertThat(connector.taskConfigs(2))
                .extracting(task -> task.get(MqttSettings.CLIENT_ID) + " " + task.get(MqttSettings.FILTERS))
                .containsExactly("vorrang-0 plant/+/data,hall/#", "vorrang-1 plant/+/data,hall/#");
    }

    @Test
    void shouldDocumentEverySetting() {
        assertThat(connector.config().configKeys().values())
                .allSatisfy(key -> assertThat(key.documentation).isNotBlank());
    }
}
