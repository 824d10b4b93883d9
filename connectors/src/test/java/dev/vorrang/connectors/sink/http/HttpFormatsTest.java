package dev.vorrang.connectors.sink.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.vorrang.connectors.ConnectorConfigs;
import dev.vorrang.connectors.sink.SinkTaskRun;
import dev.vorrang.connectors.sink.TestActions;
import dev.vorrang.schemas.Action;
import java.io.IOException;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The bodies as the vendors document them. */
class HttpFormatsTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String KEY = "0123456789abcdef0123456789abcdef";
    private static final String ACKNOWLEDGE = "https://vorrang.example.com/ack?record=1&sig=a_b-c.d";

    private WebhookServer server;

    @BeforeEach
    void start() throws IOException {
        server = WebhookServer.plain();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private JsonNode sent(HttpFormat format, Action action) throws JsonProcessingException {
        return JSON.readTree(request(format, action).body());
    }

    private WebhookServer.Request request(HttpFormat format, Action action) {
        var config = config(format, server.port());
        try (var run = new SinkTaskRun(new HttpSinkTask(), config).put(action)) {
            assertThat(run.letters()).isEmpty();
            return server.requests().get(server.requests().size() - 1);
        }
    }

    private static Map<String, String> config(HttpFormat format, int port) {
        return ConnectorConfigs.with(Map.of(
                HttpSinkSettings.URL,
                "http://localhost:" + port + "/",
                HttpSinkSettings.SECURITY,
                "none",
                HttpSinkSettings.FORMAT,
                format.settingName(),
                HttpSinkSettings.VARIABLES,
                "project=OPS,issuetype=Task,group=Users,customer=desk@example.com",
                HttpSinkSettings.LOGIN.password(),
                KEY));
    }

    private static Action hostile() {
        return TestActions.builder(1)
                .setTitle(TestActions.HOSTILE)
                .setRecordKey(TestActions.HOSTILE)
                .setFields(Map.of(TestActions.HOSTILE, TestActions.HOSTILE))
                .setReasons(List.of(
                        new dev.vorrang.schemas.Reason("a", Map.of(), TestActions.HOSTILE),
                        new dev.vorrang.schemas.Reason("b", Map.of(), "second")))
                .setTitles(List.of(TestActions.HOSTILE, "other"))
                .setCount(2)
                .setStep(1)
                .setAcknowledge(ACKNOWLEDGE)
                .build();
    }

    /** Names of all fields, so that a subject that adds one is found. */
    private static List<String> names(JsonNode node) {
        return node.findParents("x").stream().map(JsonNode::toString).toList();
    }

    @ParameterizedTest
    @EnumSource
    void shouldKeepAHostileSubjectAText(HttpFormat format) throws JsonProcessingException {
        var body = sent(format, hostile());
        assertThat(names(body)).isEmpty();
        assertThat(body.toString().replace("\\\\", ""))
                .contains("😀", "{{id}}")
                .doesNotContain("\u202E", "\\u0000", "\\r");
    }

    @ParameterizedTest
    @EnumSource
    void shouldBeRightWithoutAnyReasonAndLink(HttpFormat format) throws JsonProcessingException {
        var bare =
                TestActions.builder(1).setReasons(List.of()).setFields(Map.of()).build();
        assertThat(sent(format, bare).size()).isPositive();
    }

    /** As long as may be, of characters that need the most markup, bytes or neither. */
    @ParameterizedTest
    @EnumSource
    void shouldKeepToTheVendorsRulesWhateverAnActionSays(HttpFormat format) throws IOException {
        try (var vendor = WebhookServer.of(format)) {
            var config = new HashMap<>(config(format, vendor.port()));
            if (format == HttpFormat.JIRA) {
                config.put(HttpSinkSettings.LOGIN.user(), "vorrang@example.com");
            }
            try (var run = new SinkTaskRun(new HttpSinkTask(), config)) {
                run.put(TestActions.action(1), hostile());
                for (var text : List.of("&", "*", "\"", "\u4e2d", "\ud83d\ude00", "x")) {
                    run.put(longest(text.repeat(2_000)));
                }
                run.untilDone();
                assertThat(run.letters()).extracting(SinkTaskRun.Letter::cause).isEmpty();
            }
            assertThat(vendor.requests()).hasSize(8);
        }
    }

    private static Action longest(String text) {
        return TestActions.builder(1)
                .setName("n".repeat(100))
                .setTitle(text)
                .setRecordKey(text)
                .setFields(Map.of(text, text))
                .setReasons(Collections.nCopies(30, new dev.vorrang.schemas.Reason("code", Map.of(), text)))
                .setTitles(Collections.nCopies(100, text))
                .setCount(300)
                .setStep(1)
                .setAcknowledge(ACKNOWLEDGE)
                .build();
    }

    @Test
    void shouldTellAllOfAnActionAsJson() throws JsonProcessingException {
        var body = sent(HttpFormat.GENERIC_JSON, hostile());
        assertThat(body.path("id").asText()).isEqualTo(hostile().getId());
        assertThat(body.path("titles")).hasSize(2);
        assertThat(body.path("reasons").path(1).path("text").asText()).isEqualTo("second");
        assertThat(body.path("acknowledge").asText()).isEqualTo(ACKNOWLEDGE);
        assertThat(sent(HttpFormat.GENERIC_JSON, TestActions.action(2))
                        .path("acknowledge")
                        .isNull())
                .isTrue();
    }

    @Test
    void shouldCallNobodyInSlack() throws JsonProcessingException {
        var body = sent(HttpFormat.SLACK, hostile());
        assertThat(body.path("text").asText()).contains("&lt;!channel&gt;");
        assertThat(body.path("blocks"))
                .allSatisfy(block -> assertThat(block.path("type").asText()).isIn("section", "context"));
        assertThat(body.toString()).doesNotContain("<!channel>").contains("<" + ACKNOWLEDGE + "|Acknowledge>");
    }

    @Test
    void shouldBeAnAdaptiveCardInTeams() throws JsonProcessingException {
        var attachment = sent(HttpFormat.TEAMS, hostile()).path("attachments").path(0);
        assertThat(attachment.path("contentType").asText()).isEqualTo("application/vnd.microsoft.card.adaptive");
        var card = attachment.path("content");
        assertThat(card.path("type").asText()).isEqualTo("AdaptiveCard");
        assertThat(card.path("body"))
                .as("blocks without markdown")
                .allSatisfy(block -> assertThat(block.path("type").asText()).isEqualTo("RichTextBlock"));
        assertThat(card.path("actions").path(0).path("url").asText()).isEqualTo(ACKNOWLEDGE);
    }

    @Test
    void shouldCallNobodyInMattermost() throws JsonProcessingException {
        var body = sent(HttpFormat.MATTERMOST, hostile());
        assertThat(body.path("text").asText())
                .doesNotContain("@all", "<script>")
                .contains("\\*b\\*");
        assertThat(body.path("attachments").path(0).path("title_link").asText()).isEqualTo(ACKNOWLEDGE);
    }

    @Test
    void shouldTriggerAndResolveInPagerDuty() throws JsonProcessingException {
        var trigger = sent(HttpFormat.PAGERDUTY, TestActions.action(1));
        assertThat(trigger.path("routing_key").asText()).isEqualTo(KEY);
        assertThat(trigger.path("event_action").asText()).isEqualTo("trigger");
        assertThat(trigger.path("dedup_key").asText()).isEqualTo(TestActions.id("record", 1));
        assertThat(trigger.path("payload").path("severity").asText()).isEqualTo("critical");
        var resolve = sent(HttpFormat.PAGERDUTY, TestActions.action(1, "over", Map.of("state", "CLEARED")));
        assertThat(resolve.path("event_action").asText()).isEqualTo("resolve");
        assertThat(resolve.path("dedup_key").asText()).isEqualTo(TestActions.id("record", 1));
    }

    @Test
    void shouldOpenAlertsTicketsAndIssues() throws JsonProcessingException {
        var alert = sent(HttpFormat.OPSGENIE, TestActions.action(1, "x".repeat(500), Map.of()));
        assertThat(alert.path("message").asText()).hasSizeLessThanOrEqualTo(130);
        assertThat(alert.path("priority").asText()).isEqualTo("P1");
        var ticket = request(HttpFormat.ZAMMAD, TestActions.action(1));
        assertThat(ticket.headers().get("Authorization")).isEqualTo("Token token=" + KEY);
        assertThat(JSON.readTree(ticket.body()).path("customer_id").asText()).isEqualTo("guess:desk@example.com");
        var issue = sent(HttpFormat.JIRA, hostile()).path("fields");
        assertThat(issue.path("project").path("key").asText()).isEqualTo("OPS");
        assertThat(issue.path("summary").asText()).hasSizeLessThan(255).doesNotContain("\n");
        assertThat(issue.path("description").path("type").asText()).isEqualTo("doc");
    }
}
