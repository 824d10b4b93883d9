package dev.vorrang.scoring.mail;

import dev.vorrang.schemas.EmailMessage;
import dev.vorrang.schemas.MailScore;
import dev.vorrang.schemas.Position;
import dev.vorrang.schemas.WordEffect;
import dev.vorrang.scoring.engine.Prediction;
import dev.vorrang.scoring.route.Routes;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Makes the score of a mail from what the model says, the priority policy and the routes. Pure and thread-safe. */
public final class MailTriage implements Assessment {

    private final PriorityPolicy policy;
    private final Routes<MailContext> routes;

    /**
     * @param policy gives the priority
     * @param routes give the queues
     */
    public MailTriage(PriorityPolicy policy, Routes<MailContext> routes) {
        this.policy = Objects.requireNonNull(policy, "policy");
        this.routes = Objects.requireNonNull(routes, "routes");
    }

    /** With default weights and routes, for the topics of the model that ships; other topics get a neutral weight. */
    public static MailTriage defaults() {
        return new MailTriage(PriorityPolicy.of(PrioritySettings.defaults()), MailRoutes.defaults());
    }

    /**
     * Scores one mail.
     *
     * @param mail the mail
     * @param answer what which model says of it
     * @param repeats mails of the same thread that came before it, 0 for the first
     * @param position where the mail stands in Kafka
     * @param now when it is scored
     * @throws IllegalArgumentException if repeats is negative
     */
    @Override
    public MailScore assess(
            EmailMessage mail, Prediction<MailPrediction> answer, int repeats, Position position, Instant now) {
        MailPrediction prediction = answer.value();
        var context = policy.context(mail, prediction, repeats);
        var decision = policy.judge(context, prediction);
        return modelSays(context, prediction)
                .setId(mail.getId())
                .setThread(mail.getThread())
                .setSource(mail.getSource())
                .setSender(
                        mail.getFrom().isEmpty() ? null : mail.getFrom().get(0).getAddress())
                .setSubject(mail.getSubject())
                .setReceivedAt(mail.getReceivedAt())
                .setAutomatic(mail.getAutomatic())
                .setPriority(decision.level())
                .setPriorityScore(decision.score())
                .setReasons(decision.sentences())
                .setReasonDetails(decision.reasons())
                .setQueues(routes.queues(context.withPriority(decision), context.abstained()))
                .setSignature(MailSignature.of(mail.getSubject(), mail.getText()))
                .setModel(answer.models().get(0))
                .setPosition(position)
                // The schema keeps milliseconds.
                .setScoredAt(now.truncatedTo(ChronoUnit.MILLIS))
                .build();
    }

    private static MailScore.Builder modelSays(MailContext context, MailPrediction prediction) {
        var topic = context.topic();
        var sentiment = context.sentiment();
        return MailScore.newBuilder()
                .setTopic(label(topic))
                .setTopicConfidence(topic.confidence())
                .setTopics(topic.probabilities())
                .setTopicWords(words(prediction.topic()))
                .setSentiment(label(sentiment))
                .setSentimentConfidence(sentiment.confidence())
                .setSentiments(sentiment.probabilities())
                .setSentimentWords(words(prediction.sentiment()))
                .setPriorities(
                        prediction.priority().map(MailPrediction.Head::byLabel).orElse(Map.of()))
                .setPriorityWords(words(prediction.priority()))
                .setUrgency(label(context.urgency()))
                .setUrgencies(context.urgency().probabilities())
                .setUrgencyWords(words(prediction.urgency()))
                .setStake(label(context.stake()))
                .setStakes(context.stake().probabilities())
                .setStakeWords(words(prediction.stake()))
                .setLanguage(context.language().isEmpty() ? null : context.language())
                .setAbstained(context.abstained());
    }

    private static List<WordEffect> words(Optional<MailPrediction.Head> head) {
        if (head.isEmpty()) {
            return List.of();
        }
        var words = new ArrayList<WordEffect>();
        for (MailPrediction.WordEffect word : head.get().words()) {
            words.add(new WordEffect(word.word(), word.effect()));
        }
        return words;
    }

    private static String label(Classification classification) {
        return classification == Classification.NONE ? null : classification.label();
    }
}
