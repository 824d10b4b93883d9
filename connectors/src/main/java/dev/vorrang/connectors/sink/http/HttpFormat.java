package dev.vorrang.connectors.sink.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/** Bodies that are ready to use, each as its vendor documents it. A body's text is a template under this package's resources. */
public enum HttpFormat {
    /** The whole action. */
    GENERIC_JSON("", "Bearer", List.of(), UnaryOperator.identity()),
    /** Incoming webhook: https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks. */
    SLACK("", "Bearer", List.of(), HttpFormat::escapeSlack),
    /** Adaptive card for a workflow's webhook: https://learn.microsoft.com/en-us/connectors/teams/#microsoft-teams-webhook. */
    TEAMS("", "Bearer", List.of(), UnaryOperator.identity()),
    /** Incoming webhook: https://developers.mattermost.com/integrate/webhooks/incoming/. */
    MATTERMOST("", "Bearer", List.of(), HttpFormat::escapeMarkdown),
    /** Events API v2: https://developer.pagerduty.com/docs/send-alert-event. The routing key is the token. */
    PAGERDUTY("https://events.pagerduty.com/v2/enqueue", "", List.of(), UnaryOperator.identity()),
    /** Alert API: https://docs.opsgenie.com/docs/alert-api. */
    OPSGENIE("https://api.opsgenie.com/v2/alerts", "GenieKey", List.of(), UnaryOperator.identity()),
    /** A ticket: https://docs.zammad.org/en/latest/api/ticket/index.html. */
    ZAMMAD("", "Token token=", List.of("group", "customer"), UnaryOperator.identity()),
    /** An issue, REST API v3: https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issues/. */
    JIRA("", "Bearer", List.of("project", "issuetype"), UnaryOperator.identity());

    private static final Pattern MARKDOWN = Pattern.compile("[\\\\`*_{}\\[\\]()#+\\-.!~|<>&:]");

    private final String url;
    private final String scheme;
    private final List<String> variables;
    private final UnaryOperator<String> markup;

    HttpFormat(String url, String scheme, List<String> variables, UnaryOperator<String> markup) {
        this.url = url;
        this.scheme = scheme;
        this.variables = variables;
        this.markup = markup;
    }

    /** Names as in the settings, such as {@code generic-json}. */
    public static String[] names() {
        return Arrays.stream(values()).map(HttpFormat::settingName).toArray(String[]::new);
    }

    static Optional<HttpFormat> of(String name) {
        return Arrays.stream(values())
                .filter(format -> format.settingName().equals(name))
                .findFirst();
    }

    String settingName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Where it is sent if nothing else is set; empty where each user has an address of his own. */
    String url() {
        return url;
    }

    /** What stands before the token in the header Authorization; empty if the token is part of the body. */
    String scheme() {
        return scheme;
    }

    /** Variables that its template needs. */
    List<String> variables() {
        return variables;
    }

    /** Keeps text from being markup or a mention. JSON is escaped besides. */
    UnaryOperator<String> markup() {
        return markup;
    }

    String template() {
        try (var in = HttpFormat.class.getResourceAsStream(settingName() + ".json.mustache")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** https://docs.slack.dev/messaging/formatting-message-text#escaping: else a subject could call a whole channel. */
    private static String escapeSlack(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    /** A zero-width space after @ keeps a subject from calling a whole channel. */
    private static String escapeMarkdown(String text) {
        return MARKDOWN.matcher(text).replaceAll("\\\\$0").replace("@", "@\u200B");
    }
}
