package dev.vorrang.connectors.sink.imap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vorrang.connectors.ConnectorConfigs;
import dev.vorrang.connectors.imap.ImapSettings;
import dev.vorrang.connectors.sink.DeliverySettings;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImapSinkConnectorTest {

    private static Map<String, List<String>> errors(String... more) {
        var config = Map.of(
                ImapSettings.HOST,
                "localhost",
                ImapSettings.LOGIN.user(),
                "anna",
                ImapSettings.LOGIN.password(),
                "pa55word",
                DeliverySettings.TOLERANCE,
                "all",
                DeliverySettings.DEAD_LETTER_TOPIC,
                "actions.dead-letters");
        return ConnectorConfigs.errors(new ImapSinkConnector(), ConnectorConfigs.with(config, more));
    }

    @Test
    void shouldTakeWhatIsRight() {
        assertThat(errors(ImapSinkSettings.FLAGS, "\\Flagged,$Urgent,{{#high}}$High{{/high}}"))
                .isEmpty();
        assertThat(errors(ImapSinkSettings.QUEUE_FOLDERS, "billing=Queues/Billing"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\Deleted", "\\Recent", "a b", "{{{title}}}", "{{subject}}"})
    void shouldRefuseFlagsThatRemoveOrAreNone(String flag) {
        assertThat(errors(ImapSinkSettings.FLAGS, flag)).containsOnlyKeys(ImapSinkSettings.FLAGS);
    }

    @Test
    void shouldAskForSomethingToDo() {
        assertThat(errors()).containsOnlyKeys(ImapSinkSettings.FLAGS);
        assertThat(errors(ImapSinkSettings.QUEUE_FOLDERS, "billing")).containsOnlyKeys(ImapSinkSettings.QUEUE_FOLDERS);
    }

    @Test
    void shouldDocumentEverySetting() {
        assertThat(new ImapSinkConnector().config().configKeys().values())
                .allSatisfy(key -> assertThat(key.documentation).isNotBlank());
    }
}
