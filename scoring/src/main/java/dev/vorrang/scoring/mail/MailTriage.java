package dev.vorrang.scoring.mail;

import dev.vorrang.schemas.EmailMessage;
import dev.vorrang.schemas.MailScore;
import dev.vorrang.schemas.ModelRef;
import dev.vorrang.schemas.Position;
import dev.vorrang.scoring.route.Routes;
import dev.vorrang.scoring.rule.Opinion;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;

/** Makes the score of a mail from what the model says, the priority policy and the routes. Pure and thread-safe. */
public final class MailTriage {

    private final PriorityPolicy policy;
    private final Routes routes;
    private final ModelRef model;

    /**
     * @param policy gives the priority
     * @param routes give the queues
     * @param model the model whose predictions are assessed
     */
    public MailTriage(PriorityPolicy policy, Routes routes, ModelRef model) {
        this.policy = Objects.requireNonNull(policy, "policy");
        this.routes = Objects.requireNonNull(routes, "routes");
        this.model = Objects.requireNonNull(model, "model");
    }

    /** With default weights and routes, for the topics of the model that ships; other topics get a neutral weight. */
    public static MailTriage defaults(ModelRef model) {
        return new MailTriage(PriorityPolicy.of(PrioritySettings.defaults()), Routes.defaults(), model);
    }

    /**
     * Scores one mail.
     *
     * @param mail the mail
     * @param prediction what the model says of it
     * @param repeats mails of the same thread that came before it, 0 for the first
     * @param position where the mail stands in Kafka
     * @param now when it is scored
     * @throws IllegalArgumentException if repeats is negative
     */
    public MailScore assess(EmailMessage mail, MailPrediction prediction, int repeats, Position position, Instant now) {
        var facts = policy.facts(mail, prediction, repeats);
        var verdict = policy.judge(facts, prediction);
        var topic = facts.topic();
        var sentiment = facts.sentiment();
        return MailScore.newBuilder()
                .setId(mail.getId())
                .setThread(mail.getThread())
                .setSource(mail.getSource())
                .setSender(
                        mail.getFrom().isEmpty() ? null : mail.getFrom().get(0).getAddress())
                .setSubject(mail.getSubject())
                .setReceivedAt(mail.getReceivedAt())
                .setAutomatic(mail.getAutomatic())
                .setTopic(label(topic))
                .setTopicConfidence(topic.confidence())
                .setTopics(topic.probabilities())
                .setSentiment(label(sentiment))
                .setSentimentConfidence(sentiment.confidence())
                .setSentiments(sentiment.probabilities())
                .setPriority(verdict.level())
                .setPriorityScore(verdict.score())
                .setAbstained(facts.abstained())
                .setReasons(verdict.reasons())
                .setQueues(routes.queues(facts.withPriority(verdict.level(), verdict.score())))
                .setModel(model)
                .setPosition(position)
                // The schema keeps milliseconds.
                .setScoredAt(now.truncatedTo(ChronoUnit.MILLIS))
                .build();
    }

    private static String label(Opinion opinion) {
        return opinion == Opinion.NONE ? null : opinion.label();
    }
}
