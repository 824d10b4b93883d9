package dev.vorrang.app.streams.machine.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vorrang.app.program.CommandFailedException;
import dev.vorrang.app.settings.ClientProperties;
import dev.vorrang.app.streams.machine.source.MachineSourceSettings.Connector;
import dev.vorrang.schemas.Topics;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MachineConnectorsTest {

    @ParameterizedTest
    @EnumSource(Connector.class)
    void shouldNameAConnectorThatIsThere(Connector connector) throws Exception {
        var config = config(connector, Map.of("transforms", "none"));

        assertThat(Class.forName(config.get("connector.class")))
                .hasSuperclass(org.apache.kafka.connect.source.SourceConnector.class);
        assertThat(config)
                .containsEntry("topic", "hall.machine.readings")
                .containsEntry("dead.letter.topic", "hall.machine.dead-letters")
                .containsEntry("value.converter.schema.registry.url", "http://registry");
    }

    @Test
    void shouldNameASettingThatTheConnectorDoesNotHave() {
        assertThatThrownBy(() -> config(Connector.MQTT, Map.of("mqtt.host", "broker", "payload.json.tiem", "/time")))
                .isInstanceOf(CommandFailedException.class)
                .hasMessageContainingAll("press", "settings.payload.json.tiem", "mqtt", "docs/connectors.md")
                .message()
                .doesNotContain("mqtt.host");
    }

    private static Map<String, String> config(Connector connector, Map<String, String> settings) {
        return MachineConnectors.config(
                new MachineSourceSettings("press", connector, 1, new ClientProperties(settings)),
                new Topics("hall."),
                Map.of("schema.registry.url", "http://registry"));
    }
}
