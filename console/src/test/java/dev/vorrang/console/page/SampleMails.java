package dev.vorrang.console.page;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vorrang.console.view.DeskView;
import dev.vorrang.console.view.RecordSummary;
import dev.vorrang.schemas.view.Severity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Mails as they are after scoring, for the page to show. */
final class SampleMails {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<String, List<String>> LABELS = Map.of(
            "topic",
            List.of("outage", "billing", "order", "technical", "cancellation", "information", "praise", "advertising"),
            "sentiment",
            List.of("negative", "neutral", "positive"),
            "urgency",
            List.of("now", "today", "soon", "none"),
            "stake",
            List.of("life", "operation", "money", "contract", "convenience", "nothing"));
    private static final Map<String, String> SHARES =
            Map.of("topic", "topics", "sentiment", "sentiments", "urgency", "urgencies", "stake", "stakes");

    private SampleMails() {}

    /** A mail with all that is known of it. */
    record SampleMail(RecordSummary summary, ObjectNode score, ObjectNode source) {}

    /** Of each kind one. */
    static List<SampleMail> all(Instant now) {
        try (var in = SampleMails.class.getResourceAsStream("mails.json")) {
            var mails = new ArrayList<SampleMail>();
            JSON.readTree(in).forEach(mail -> mails.add(mail((ObjectNode) mail, now)));
            return mails;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A mail with a subject and text of one's own, as somebody's question of no urgency. */
    static SampleMail of(String id, String subject, String text, Severity severity, Instant at) {
        var mail = JSON.createObjectNode()
                .put("id", id)
                .put("from", "Anna Probst")
                .put("address", "anna@example.com")
                .put("subject", subject)
                .put("text", text)
                .put("minutes", 0)
                .put("language", "en")
                .put("priority", severity.name())
                .put("score", severity.ordinal() / 4.0 + 0.1)
                .put("urgency", severity == Severity.URGENT ? "now" : "soon")
                .put("stake", "convenience")
                .put("topic", "information")
                .put("sentiment", "neutral")
                .put("queue", "service");
        mail.putObject("words");
        return mail(mail, at);
    }

    /** Similar mails of one group. */
    static List<SampleMail> flood(String group, int count, Instant now) {
        var mails = new ArrayList<SampleMail>();
        for (int i = 0; i < count; i++) {
            var mail = of(
                    group + "-" + i,
                    "Portal login fails with error 503",
                    "Hello, since this morning I cannot log in to the portal, it says error 503. Customer " + (1000 + i)
                            + ".",
                    Severity.HIGH,
                    now.minusSeconds(120L * i));
            mails.add(new SampleMail(
                    mail.summary().with(Optional.of(new RecordSummary.Fold(group, count, Math.min(count, 30), now))),
                    mail.score(),
                    mail.source()));
        }
        return mails;
    }

    private static SampleMail mail(ObjectNode mail, Instant now) {
        Instant at = now.minus(Duration.ofMinutes(mail.get("minutes").asLong()));
        ObjectNode score = score(mail, at);
        var summary = new RecordSummary(
                "mail",
                mail.get("id").asText(),
                "MailScore",
                mail.get("subject").asText(),
                Severity.valueOf(mail.get("priority").asText()),
                mail.get("score").asDouble(),
                at,
                at.plusMillis(180),
                score.get("thread").asText(),
                List.of(score.get("reasons").get(0).asText()),
                List.of(),
                Map.of(
                        "priority", List.of(mail.get("priority").asText()),
                        "queue", List.of(mail.get("queue").asText()),
                        "topic", List.of(mail.get("topic").asText()),
                        "sentiment", List.of(mail.get("sentiment").asText()),
                        "urgency", List.of(mail.get("urgency").asText()),
                        "stake", List.of(mail.get("stake").asText()),
                        "language", List.of(mail.get("language").asText()),
                        "abstained",
                                List.of(String.valueOf(mail.path("abstained").asBoolean())),
                        "sender", List.of(mail.get("from").asText())),
                DeskView.UNTOUCHED,
                Optional.empty());
        return new SampleMail(summary, score, source(mail, at));
    }

    private static ObjectNode score(ObjectNode mail, Instant at) {
        ObjectNode score = JSON.createObjectNode()
                .put("id", mail.get("id").asText())
                .put("thread", mail.path("thread").asText(mail.get("id").asText()))
                .put(
                        "source",
                        "imap://support@mail.example.com/INBOX;UIDVALIDITY=1/;UID="
                                + mail.get("id").asText())
                .put("sender", mail.get("address").asText())
                .put("subject", mail.get("subject").asText())
                .put("automatic", mail.path("automatic").asText("NONE"))
                .put("language", mail.get("language").asText())
                .put("priority", mail.get("priority").asText())
                .put("priorityScore", mail.get("score").asDouble())
                .put("abstained", mail.path("abstained").asBoolean())
                .put("topicConfidence", 0.82)
                .put("scoredAt", at.plusMillis(180).toString());
        SHARES.forEach((head, shares) -> {
            score.put(head, mail.get(head).asText());
            shares(score.putObject(shares), LABELS.get(head), mail.get(head).asText());
        });
        ArrayNode words = score.putArray("urgencyWords");
        mail.get("words").properties().forEach(word -> words.addObject()
                .put("word", word.getKey().toLowerCase(java.util.Locale.ROOT))
                .put("effect", word.getValue().asDouble()));
        score.putArray("topicWords");
        String reason = "urgency " + mail.get("urgency").asText() + " (82 %), at stake: "
                + mail.get("stake").asText() + " +" + mail.get("score").asText();
        score.putArray("reasons").add(reason);
        score.putArray("reasonDetails")
                .addObject()
                .put("code", "urgency")
                .put("text", reason)
                .putObject("parameters")
                .put("german", "Dringlichkeit (82 %) +" + mail.get("score").asText());
        score.putArray("queues").add(mail.get("queue").asText());
        score.putObject("model").put("name", "mail-triage").put("version", "3");
        return score;
    }

    private static void shares(ObjectNode shares, List<String> labels, String first) {
        double rest = 0.18;
        shares.put(first, 0.82);
        for (String label : labels) {
            if (!label.equals(first)) {
                shares.put(label, rest * 0.6);
                rest *= 0.4;
            }
        }
    }

    private static ObjectNode source(ObjectNode mail, Instant at) {
        ObjectNode source = JSON.createObjectNode()
                .put("id", mail.get("id").asText())
                .put("messageId", mail.get("id").asText() + "@example.com")
                .put("subject", mail.get("subject").asText())
                .put("text", mail.get("text").asText())
                .put("receivedAt", at.toString())
                .put("size", 48_211)
                .put("textTruncated", false);
        source.putArray("from")
                .addObject()
                .put("name", mail.get("from").asText())
                .put("address", mail.get("address").asText());
        source.putArray("to").addObject().putNull("name").put("address", "support@nordkuehl.example");
        for (String text : List.of("quoted", "signature")) {
            source.set(text, mail.get(text));
        }
        for (var list : Map.of("attachments", "attachments", "flags", "flags", "notes", "parseNotes")
                .entrySet()) {
            JsonNode own = mail.get(list.getKey());
            source.set(list.getValue(), own == null ? JSON.createArrayNode() : own);
        }
        return source;
    }
}
