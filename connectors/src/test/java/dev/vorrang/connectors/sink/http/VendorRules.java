package dev.vorrang.connectors.sink.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.vorrang.connectors.sink.http.WebhookServer.Answer;
import dev.vorrang.connectors.sink.http.WebhookServer.Request;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What vendors document of their requests and answers: required fields, lengths, values and logins. A server that answers by them
 * refuses what the vendor's would; no vendor's server has been asked. Pages as in {@link HttpFormat}, lengths from
 * https://docs.slack.dev/reference/block-kit/blocks, https://learn.microsoft.com/en-us/connectors/teams (28 KB),
 * https://docs.mattermost.com (16,383 characters), https://docs.opsgenie.com/docs/alerts-and-alert-fields.
 */
public final class VendorRules {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<String> problems = new ArrayList<>();
    private final Request request;

    private VendorRules(Request request) {
        this.request = request;
    }

    /** What the vendor's server would say. */
    public static Answer answer(HttpFormat format, Request request) {
        var rules = new VendorRules(request);
        try {
            rules.check(format, JSON.readTree(request.body()));
        } catch (JsonProcessingException e) {
            rules.problems.add(e.getMessage());
        }
        return rules.problems.isEmpty() ? accepted(format) : new Answer(400, Map.of(), rules.problems.toString());
    }

    private static Answer accepted(HttpFormat format) {
        return switch (format) {
            case SLACK, MATTERMOST -> new Answer(200, Map.of(), "ok");
            case TEAMS -> new Answer(202, Map.of(), "");
            case PAGERDUTY -> new Answer(202, Map.of(), "{\"status\":\"success\",\"message\":\"Event processed\"}");
            case OPSGENIE -> new Answer(202, Map.of(), "{\"result\":\"Request will be processed\"}");
            case ZAMMAD, JIRA -> new Answer(201, Map.of(), "{\"id\":\"1\"}");
            case GENERIC_JSON -> new Answer(204, Map.of(), "");
        };
    }

    private void check(HttpFormat format, JsonNode body) {
        must(request.method().equals("POST"), "method " + request.method());
        must(header("Content-type").startsWith("application/json"), "content type");
        switch (format) {
            case SLACK -> slack(body);
            case TEAMS -> teams(body);
            case MATTERMOST -> text(body.path("text"), 1, 16_383);
            case PAGERDUTY -> pagerDuty(body);
            case OPSGENIE -> opsgenie(body);
            case ZAMMAD -> zammad(body);
            case JIRA -> jira(body.path("fields"));
            case GENERIC_JSON -> text(body.path("id"), 1, 100);
        }
    }

    private void slack(JsonNode body) {
        text(body.path("text"), 1, 40_000);
        must(body.path("blocks").size() <= 50, "more than 50 blocks");
        for (var block : body.path("blocks")) {
            if (block.path("type").asText().equals("section")) {
                text(block.path("text").path("text"), 1, 3_000);
            } else {
                must(block.path("type").asText().equals("context"), "block type");
                block.path("elements").forEach(element -> text(element.path("text"), 1, 2_000));
            }
        }
    }

    private void teams(JsonNode body) {
        must(request.body().getBytes(StandardCharsets.UTF_8).length <= 28 * 1024, "longer than 28 KB");
        must(body.path("type").asText().equals("message"), "type");
        var card = body.path("attachments").path(0).path("content");
        must(card.path("version").asText().matches("1\\.[0-5]"), "version");
        card.path("body").forEach(block -> block.path("inlines").forEach(run -> {
            must(run.path("type").asText().equals("TextRun"), "inline");
            must(run.path("text").isTextual(), "text of an inline");
        }));
    }

    private void pagerDuty(JsonNode body) {
        text(body.path("routing_key"), 32, 32);
        oneOf(body.path("event_action"), "trigger", "acknowledge", "resolve");
        text(body.path("dedup_key"), 1, 255);
        var payload = body.path("payload");
        text(payload.path("summary"), 1, 1_024);
        text(payload.path("source"), 1, 1_024);
        oneOf(payload.path("severity"), "critical", "error", "warning", "info");
        must(request.body().getBytes(StandardCharsets.UTF_8).length <= 512 * 1024, "longer than 512 KB");
    }

    private void opsgenie(JsonNode body) {
        must(header("Authorization").startsWith("GenieKey "), "authorization");
        text(body.path("message"), 1, 130);
        text(body.path("alias"), 1, 512);
        text(body.path("description"), 1, 15_000);
        text(body.path("entity"), 0, 512);
        text(body.path("source"), 1, 100);
        oneOf(body.path("priority"), "P1", "P2", "P3", "P4", "P5");
        body.path("tags").forEach(tag -> text(tag, 1, 50));
        must(body.path("details").toString().length() <= 8_000, "details");
    }

    private void zammad(JsonNode body) {
        must(header("Authorization").startsWith("Token token="), "authorization");
        text(body.path("title"), 1, 250);
        text(body.path("group"), 1, 160);
        must(body.path("customer_id").asText().matches("guess:\\S+@\\S+|\\d+"), "customer");
        text(body.path("article").path("body"), 1, 200_000);
        oneOf(body.path("article").path("type"), "note");
    }

    private void jira(JsonNode fields) {
        must(header("Authorization").startsWith("Basic "), "authorization");
        text(fields.path("summary"), 1, 255);
        text(fields.path("project").path("key"), 1, 10);
        text(fields.path("issuetype").path("name"), 1, 60);
        fields.path("labels").forEach(label -> must(label.asText().matches("\\S{1,255}"), "label"));
        var description = fields.path("description");
        must(
                description.path("type").asText().equals("doc")
                        && description.path("version").asInt() == 1,
                "description");
        description.findValuesAsText("text").forEach(text -> must(!text.isEmpty(), "an empty text"));
        must(description.toString().length() <= 32_767, "description is too long");
    }

    private String header(String name) {
        return request.headers().getOrDefault(name, "");
    }

    private void oneOf(JsonNode node, String... allowed) {
        must(Set.of(allowed).contains(node.asText()), node + " is none of " + Set.of(allowed));
    }

    private void text(JsonNode node, int least, int most) {
        int length = node.asText().length();
        must(node.isTextual() && length >= least && length <= most, length + " characters: " + node);
    }

    private void must(boolean holds, String problem) {
        if (!holds) {
            problems.add(problem);
        }
    }
}
