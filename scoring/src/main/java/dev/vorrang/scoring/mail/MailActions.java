package dev.vorrang.scoring.mail;

import dev.vorrang.schemas.MailScore;
import dev.vorrang.schemas.ModelRef;
import dev.vorrang.schemas.Position;
import dev.vorrang.schemas.Priority;
import dev.vorrang.schemas.Topics;
import dev.vorrang.schemas.view.MailScoreView;
import dev.vorrang.scoring.action.ActionSource;
import dev.vorrang.scoring.rule.Fields;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Scored mails, as actions see them. */
public final class MailActions {

    /** What conditions may ask. */
    public static final Fields<MailScore> FIELDS = Fields.<MailScore>named("actions")
            .text("id", "id of the mail", MailScore::getId)
            .text("thread", "thread of the mail", MailScore::getThread)
            .text("source", "location of the mail", MailScore::getSource)
            .text(
                    "sender",
                    "first From address; empty if there is none. Easy to forge.",
                    score -> orEmpty(score.getSender()))
            .text("subject", "text of the sender", MailScore::getSubject)
            .time("receivedAt", "when the mailbox received it", MailScore::getReceivedAt)
            .text(
                    "automatic",
                    "`NONE`, `AUTO_REPLY`, `LIST`, `BULK`, `BOUNCE` or `NOTIFICATION`",
                    score -> score.getAutomatic().name())
            .text("topic", "most probable topic; empty if the model has none", score -> orEmpty(score.getTopic()))
            .number("topicConfidence", "its probability", MailScore::getTopicConfidence)
            .numbers("topics", "topic to probability", MailScore::getTopics)
            .text(
                    "sentiment",
                    "most probable sentiment; empty if the model has none",
                    score -> orEmpty(score.getSentiment()))
            .number("sentimentConfidence", "its probability", MailScore::getSentimentConfidence)
            .numbers("sentiments", "sentiment to probability", MailScore::getSentiments)
            .text("urgency", "most probable urgency; empty if the model has none", score -> orEmpty(score.getUrgency()))
            .numbers("urgencies", "urgency to probability", MailScore::getUrgencies)
            .text(
                    "stake",
                    "what is most probably at stake; empty if the model has none",
                    score -> orEmpty(score.getStake()))
            .numbers("stakes", "stake to probability", MailScore::getStakes)
            .text("language", "ISO 639-1; empty if it cannot be told", score -> orEmpty(score.getLanguage()))
            .text("priority", "`LOW`, `NORMAL`, `HIGH` or `URGENT`", score -> score.getPriority()
                    .name())
            .number("priorityScore", "0 to 1", MailScore::getPriorityScore)
            .flag("abstained", "whether the model abstained", MailScore::getAbstained)
            .texts("reasons", "reasons for the priority", MailScore::getReasons)
            .texts("queues", "queues it was routed to", MailScore::getQueues)
            .build();

    private MailActions() {}

    public static ActionSource<MailScore> source(Topics topics) {
        return new ActionSource<>(
                "mail",
                topics.mailScored(),
                FIELDS,
                new MailScoreView(),
                MailScore::getId,
                MailScore::getPosition,
                score -> false,
                Duration.ZERO,
                now -> sample(topics, now));
    }

    private static MailScore sample(Topics topics, Instant now) {
        return MailScore.newBuilder()
                .setId("sample-mail")
                .setThread("sample-thread")
                .setSource("imap://support%40example.org@imap.example.org/INBOX;UIDVALIDITY=1/;UID=1")
                .setSender("customer@example.org")
                .setSubject("Nothing works since this morning")
                .setReceivedAt(now)
                .setTopic("outage")
                .setTopicConfidence(0.9f)
                .setTopics(Map.of("outage", 0.9f, "billing", 0.1f))
                .setPriority(Priority.URGENT)
                .setPriorityScore(0.95f)
                .setReasons(List.of("a sample"))
                .setQueues(List.of("urgent"))
                .setModel(new ModelRef("sample", "1"))
                .setPosition(new Position(topics.mailReceived().name(), 0, 0L))
                .setScoredAt(now)
                .build();
    }

    private static String orEmpty(String text) {
        return Objects.requireNonNullElse(text, "");
    }
}
