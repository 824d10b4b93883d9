package dev.vorrang.app.desk;

import dev.vorrang.embedded.http.HttpAnswer;
import dev.vorrang.schemas.desk.AcknowledgeLink.Content;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.commons.text.StringEscapeUtils;

/** The pages of a link, without script and without anything from elsewhere. */
final class DeskPage {

    private static final Map<String, String> HEADERS = Map.of(
            "Content-Security-Policy",
            "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
            "Cache-Control",
            "no-store",
            // The link is the right to acknowledge.
            "Referrer-Policy",
            "no-referrer");

    private static final String PAGE = """
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="robots" content="noindex">
            <title>Vorrang</title>
            <style>
            body { font: 1.1em system-ui, sans-serif; max-width: 32em; margin: 3em auto; padding: 0 1em; color: #222; background: #fff }
            button, input { font: inherit; padding: .5em 1em; margin: .3em 0 }
            code { overflow-wrap: anywhere }
            </style>
            </head>
            <body>
            %s
            </body>
            </html>
            """;

    private DeskPage() {}

    /** The form posts to the address of the page. */
    static HttpAnswer question(Content content) {
        return page(200, """
                <h1>Acknowledge?</h1>
                %s
                <form method="post">
                <p><label>Your name (optional)<br><input name="who" maxlength="100" autocomplete="name"></label></p>
                <p><button type="submit">Acknowledge</button></p>
                </form>
                """.formatted(about(content)));
    }

    static HttpAnswer acknowledged(Content content) {
        return page(200, "<h1>Acknowledged</h1>\n" + about(content) + "<p>Nobody else is called.</p>\n");
    }

    static HttpAnswer refused() {
        return page(
                403,
                "<h1>This link is not valid</h1>\n<p>It was changed, or it has expired. Use that of the latest message.</p>\n");
    }

    private static String about(Content content) {
        return "<p>Action <b>%s</b>, %s <code>%s</code></p>\n"
                .formatted(html(content.action()), html(content.stream()), html(content.record()));
    }

    private static HttpAnswer page(int status, String body) {
        byte[] bytes = PAGE.formatted(body).getBytes(StandardCharsets.UTF_8);
        return new HttpAnswer(status, "text/html; charset=utf-8", bytes, HEADERS);
    }

    private static String html(String text) {
        return StringEscapeUtils.escapeHtml4(text);
    }
}
