package dev.vorrang.connectors.imap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vorrang.connectors.ConnectorConfigs;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;

class ImapSourceConnectorTest {

    private final ImapSourceConnector connector = new ImapSourceConnector();

    private static Map<String, String> config(String... more) {
        return ConnectorConfigs.with(
                Map.of(
                        ImapSettings.HOST,
                        "localhost",
                        ImapSettings.LOGIN.user(),
                        "anna",
                        ImapSettings.LOGIN.password(),
                        "pa55word"),
                more);
    }

    private Map<String, List<String>> errors(Map<String, String> config) {
        return ConnectorConfigs.errors(connector, config);
    }

    @Test
    void shouldTakeWhatIsRight() {
        assertThat(errors(config())).isEmpty();
        assertThat(new ImapSourceConfig(config()).account().port()).isEqualTo(993);
    }

    @Test
    void shouldNameEveryWrongSettingAtOnce() {
        var errors = errors(Map.of(
                ImapSettings.SECURITY,
                "ssl",
                ImapSettings.PORT,
                "70000",
                ImapSettings.START,
                "yesterday",
                ImapSettings.FOLDERS,
                "",
                ImapSettings.POLL_INTERVAL_MS,
                "600000",
                ImapSettings.PAGE_SIZE,
                "0",
                ImapSettings.TLS.caFile(),
                "/no/such/file.pem",
                ImapSettings.OAUTH2_TOKEN_URL,
                "http://login.example.com/token",
                ImapSettings.LOGIN.passwordFile(),
                "/no/such/file"));

        assertThat(errors)
                .containsOnlyKeys(
                        ImapSettings.HOST,
                        ImapSettings.LOGIN.user(),
                        ImapSettings.SECURITY,
                        ImapSettings.PORT,
                        ImapSettings.START,
                        ImapSettings.FOLDERS,
                        ImapSettings.POLL_INTERVAL_MS,
                        ImapSettings.PAGE_SIZE,
                        ImapSettings.TLS.caFile(),
                        ImapSettings.LOGIN.password(),
                        ImapSettings.LOGIN.passwordFile(),
                        ImapSettings.OAUTH2_TOKEN_URL,
                        ImapSettings.OAUTH2_CLIENT_ID,
                        ImapSettings.OAUTH2_REFRESH_TOKEN);
        assertThat(errors.get(ImapSettings.START).toString()).contains("yesterday", "all, new, a date");
        assertThat(errors.get(ImapSettings.PORT).toString()).contains("70000");
    }

    /** Connect ignores settings that it does not know. */
    @Test
    void shouldRefuseTheNameOfAnEarlierVersion() {
        assertThat(errors(config("sweep.interval.ms", "30000")))
                .containsOnly(Map.entry(
                        ImapSettings.POLL_INTERVAL_MS, List.of("sweep.interval.ms is now called poll.interval.ms")));
    }

    @Test
    void shouldNeverShowAPassword() {
        var config = config(ImapSettings.OAUTH2_TOKEN_URL, "https://login.example.com/token");
        assertThatThrownBy(() -> new ImapSourceConfig(config))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("more than one kind of credentials")
                .hasMessageNotContaining("pa55word");
        assertThat(new ImapSourceConfig(config()).values().toString()).doesNotContain("pa55word");
    }

    @Test
    void shouldSpreadFoldersOverTasks() {
        connector.start(config(ImapSettings.FOLDERS, "INBOX, Orders, Complaints"));
        assertThat(connector.taskConfigs(2))
                .extracting(task -> task.get(ImapSettings.FOLDERS))
                .containsExactly("INBOX,Orders", "Complaints");
        assertThat(connector.taskConfigs(9)).hasSize(3);
    }

    @Test
    void shouldDocumentEverySetting() {
        assertThat(connector.config().configKeys().values())
                .allSatisfy(key -> assertThat(key.documentation).isNotBlank());
    }
}
