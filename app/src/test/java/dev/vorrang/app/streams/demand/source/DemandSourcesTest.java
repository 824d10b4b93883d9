package dev.vorrang.app.streams.demand.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vorrang.app.program.CommandFailedException;
import dev.vorrang.app.settings.ClientProperties;
import dev.vorrang.app.settings.ConnectorSource;
import dev.vorrang.schemas.Topics;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DemandSourcesTest {

    @Test
    void shouldReadOrderLinesUnlessTheSettingsSayTotals() {
        assertThat(config(Map.of()))
                .containsEntry("record", "order-line")
                .containsEntry("topic", "shop.demand.observed")
                .containsEntry("dead.letter.topic", "shop.demand.dead-letters");
        assertThat(config(Map.of("record", "period-total"))).containsEntry("record", "period-total");
    }

    @Test
    void shouldRefuseToReadWhatIsNoDemand() {
        assertThatThrownBy(() -> config(Map.of("record", "reading")))
                .isInstanceOf(CommandFailedException.class)
                .hasMessage(
                        "ingest.demand orders: settings.record is 'reading': allowed are order-line and period-total");
    }

    private static Map<String, String> config(Map<String, String> settings) {
        return DemandSources.config(
                new ConnectorSource("orders", "files", 1, new ClientProperties(settings)),
                new Topics("shop."),
                Map.of("schema.registry.url", "http://registry"));
    }
}
