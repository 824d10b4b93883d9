package dev.vorrang.scoring.mail;

import dev.vorrang.schemas.EmailMessage;
import dev.vorrang.schemas.MailScore;
import dev.vorrang.schemas.Position;
import dev.vorrang.schemas.WordEffect;
import dev.vorrang.scoring.engine.Prediction;
import dev.vorrang.scoring.route.Routes;
import dev.vorrang.scoring.rule.Facts;
import dev.vorrang.scoring.rule.Opinion;
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
    private final Routes routes;

    /**
     * @param policy gives the priority
     * @param routes give the queues
     */
    public MailTriage(PriorityPolicy policy, Routes routes) {
        this.policy = Objects.requireNonNull(policy, "policy");
        this.routes = Objects.requireNonNull(routes, "routes");
    }

    /** With default weights and routes, for the topics of the model that ships; other topics get a neutral weight. */
    public static MailTriage defaults() {
        return new MailTriage(PriorityPolicy.of(PrioritySettings.defaults()), Routes.defaults());
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
        var facts = policy.facts(mail, prediction, repeats);
        var verdict = policy.judge(facts, prediction);
        return modelSays(facts, prediction)
                .setId(mail.getId())
                .setThread(mail.getThread())
                .setSource(mail.getSource())
                .setSender(
                        mail.getFrom().isEmpty() ? null : mail.getFrom().get(0).getAddress())
                .setSubject(mail.getSubject())
                .setReceivedAt(mail.getReceivedAt())
                .setAutomatic(mail.getAutomatic())
                .setPriority(verdict.level())
                .setPriorityScore(verdict.score())
                .setReasons(verdict.sentences())
                .setReasonDetails(verdict.reasons())
                .setQueues(routes.queues(facts.withPriority(verdict.level(), verdict.score())))
                .setModel(answer.models().get(0))
                .setPosition(position)
                // The schema keeps milliseconds.
                .setScoredAt(now.truncatedTo(ChronoUnit.MILLIS))
                .build();
    }

    private static MailScore.Builder modelSays(Facts facts, MailPrediction prediction) {
        var topic = facts.topic();
        var sentiment = facts.sentiment();
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
                .setUrgency(label(facts.urgency()))
                .setUrgencies(facts.urgency().probabilities())
                .setUrgencyWords(words(prediction.urgency()))
                .setStake(label(facts.stake()))
                .setStakes(facts.stake().probabilities())
                .setStakeWords(words(prediction.stake()))
                .setLanguage(facts.language().isEmpty() ? null : facts.language())
                .setAbstained(facts.abstained());
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

    private static String label(Opinion opinion) {
        return opinion == Opinion.NONE ? null : opinion.label();
    }
}
