package dev.vorrang.console.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vorrang.console.page.SampleMails.SampleMail;
import dev.vorrang.schemas.view.Severity;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Texts of strangers that want to be more than text. More of them, as a JSON list of texts, can be tried with
 * {@code -Dvorrang.hostile=FILE}.
 */
class HostileTextTest extends PageTest {

    /** Elements by name and class; what is made of links is left out, for only some texts have one. */
    private static final String STRUCTURE = """
            const copy = document.body.cloneNode(true);
            copy.querySelectorAll('.mail-links').forEach((each) => each.remove());
            copy.querySelectorAll('.selected').forEach((each) => each.classList.remove('selected'));
            return [...copy.querySelectorAll('*')].map((each) => `${each.localName}.${each.getAttribute('class') ?? ''}`).join(' ');
            """;

    private static final String ATTEMPTS = "return window.attempts";
    private static final String WATCH = """
            window.attempts = [];
            for (const name of ['alert', 'confirm', 'prompt', 'print', 'open']) {
              window[name] = (...values) => { window.attempts.push(name + ' ' + values); };
            }
            addEventListener('securitypolicyviolation', (event) => window.attempts.push('policy ' + event.blockedURI));
            new PerformanceObserver((list) => list.getEntries().forEach(({ name }) => {
              if (!name.startsWith(location.origin + '/static/') && !name.startsWith(location.origin + '/api/v1/')) {
                window.attempts.push('request ' + name);
              }
            })).observe({ type: 'resource', buffered: true });
            """;

    private static List<String> payloads() throws IOException {
        String more = System.getProperty("vorrang.hostile");
        try (InputStream in = more == null
                ? HostileTextTest.class.getResourceAsStream("hostile.json")
                : Files.newInputStream(Path.of(more))) {
            var texts = new ArrayList<String>();
            for (JsonNode each : new ObjectMapper().readTree(in)) {
                if (!each.asText().isBlank()) {
                    texts.add(each.asText());
                }
            }
            return texts;
        }
    }

    /** A mail all of whose texts are the same. */
    private SampleMail mail(String id, String text) {
        SampleMail mail = SampleMails.of(id, text, text, Severity.NORMAL, now);
        ObjectNode source = mail.source();
        source.put("quoted", text).put("signature", text);
        source.withArray("from").addObject().put("name", text).put("address", text);
        source.withArray("attachments")
                .addObject()
                .put("name", text)
                .put("type", text)
                .put("size", 1)
                .put("sha256", text);
        source.withArray("flags").removeAll().add(text);
        source.withArray("parseNotes").removeAll().add(text);
        ObjectNode score = mail.score();
        score.put("topic", text).put("language", text);
        ((ObjectNode) score.get("topics")).removeAll().put(text, 1.0);
        score.withArray("topicWords").addObject().put("word", "nothing").put("effect", 1.0);
        score.withArray("reasonDetails")
                .removeAll()
                .addObject()
                .put("code", text)
                .put("text", text)
                .putObject("parameters");
        var summary = mail.summary();
        return new SampleMail(
                new dev.vorrang.console.view.RecordSummary(
                        summary.stream(),
                        id,
                        summary.type(),
                        text,
                        summary.severity(),
                        summary.rank(),
                        summary.time(),
                        summary.scoredAt(),
                        id,
                        List.of(text),
                        List.of(new dev.vorrang.console.view.RecordSummary.Told(text, Map.of(text, text), text)),
                        Map.of(
                                "queue",
                                List.of(text),
                                "topic",
                                List.of(text),
                                "urgency",
                                List.of(text),
                                "sender",
                                List.of(text)),
                        summary.desk(),
                        summary.fold()),
                score,
                source);
    }

    /** The page with the mail open. */
    private String structureOf(int number, String text) {
        browser.go("/?id=hostile-" + number);
        browser.awaiting("mail " + number, () -> (boolean)
                // The driver does not carry every line break as it is.
                browser.script(
                        "return document.querySelector('.mail-text')?.textContent === JSON.parse(arguments[0])",
                        new ObjectMapper().writeValueAsString(text)));
        return (String) browser.script(STRUCTURE);
    }

    @Test
    void shouldShowTextsOfStrangersAsText() throws IOException {
        var texts = new ArrayList<>(List.of("word"));
        texts.addAll(payloads());
        var mails = new ArrayList<SampleMail>();
        texts.forEach(text -> mails.add(mail("hostile-" + mails.size(), text)));
        console.records.setOnly(mails);
        browser.beforeEachPage(WATCH);
        try {
            open("/");
            browser.find(".line");
            assertThat(browser.all(".line:not(:has(.subject)), .line .tags > :not(.tag)"))
                    .isEmpty();
            String harmless = structureOf(0, "word");
            for (int i = 1; i < texts.size(); i++) {
                String text = texts.get(i);
                assertThat(structureOf(i, text)).as(text).isEqualTo(harmless);
                assertThat((List<?>) browser.script(ATTEMPTS)).as(text).isEmpty();
            }
        } finally {
            browser.beforeEachPage("");
        }
    }
}
