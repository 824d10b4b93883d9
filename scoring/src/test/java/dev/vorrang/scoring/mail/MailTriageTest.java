package dev.vorrang.scoring.mail;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vorrang.schemas.ModelRef;
import dev.vorrang.schemas.Position;
import dev.vorrang.schemas.Priority;
import dev.vorrang.schemas.WordEffect;
import dev.vorrang.scoring.engine.Prediction;
import dev.vorrang.scoring.mail.MailPrediction.Head;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MailTriageTest {

    private static final ModelRef MODEL = new ModelRef("mail-triage", "1");
    private static final Position POSITION = new Position("mail.received", 3, 42L);
    private static final Instant NOW = Instant.parse("2026-03-02T22:30:01.123456Z");

    private final MailTriage triage = MailTriage.defaults();

    @Test
    void shouldMakeTheWholeScore() {
        var mail = Mails.mail().build();

        var score = triage.assess(mail, saying(Mails.sure("emergency", "negative")), 1, POSITION, NOW);

        assertThat(score.getId()).isEqualTo(mail.getId());
        assertThat(score.getThread()).isEqualTo(mail.getThread());
        assertThat(score.getSource()).isEqualTo(mail.getSource());
        assertThat(score.getSender()).isEqualTo("anna@example.org");
        assertThat(score.getSubject()).isEqualTo("Help");
        assertThat(score.getReceivedAt()).isEqualTo(mail.getReceivedAt());
        assertThat(score.getTopic()).isEqualTo("emergency");
        assertThat(score.getTopicConfidence()).isEqualTo(1f);
        assertThat(score.getTopics()).containsOnlyKeys(Mails.TOPICS).containsEntry("emergency", 1f);
        assertThat(score.getSentiment()).isEqualTo("negative");
        assertThat(score.getSentiments()).containsOnlyKeys(Mails.SENTIMENTS);
        assertThat(score.getPriority()).isEqualTo(Priority.URGENT);
        assertThat(score.getPriorityScore()).isBetween(0.95f, 1f);
        assertThat(score.getAbstained()).isFalse();
        assertThat(score.getReasons()).first().asString().startsWith("topic emergency");
        assertThat(score.getQueues()).containsExactly("urgent");
        assertThat(score.getModel()).isEqualTo(MODEL);
        assertThat(score.getPosition()).isEqualTo(POSITION);
        assertThat(score.getScoredAt()).isEqualTo(Instant.parse("2026-03-02T22:30:01.123Z"));
    }

    @Test
    void shouldPassOnTheWordsThatMovedEachAnswer() {
        var prediction = new MailPrediction(
                Optional.of(explained(Mails.TOPICS, "outage", "down")),
                Optional.of(explained(Mails.SENTIMENTS, "negative", "angry")),
                Optional.of(explained(List.of("low", "high"), "high", "now")));

        var score = triage.assess(Mails.mail().build(), saying(prediction), 0, POSITION, NOW);

        assertThat(score.getTopicWords()).containsExactly(new WordEffect("down", 1.5f));
        assertThat(score.getSentimentWords()).containsExactly(new WordEffect("angry", 1.5f));
        assertThat(score.getPriorityWords()).containsExactly(new WordEffect("now", 1.5f));
        assertThat(score.getPriorities()).containsOnly(Map.entry("low", 0f), Map.entry("high", 1f));
    }

    @Test
    void shouldLeaveOutWhatTheModelDoesNotSay() {
        var mail = Mails.from();
        var nothing = new MailPrediction(Optional.empty(), Optional.empty(), Optional.empty());

        var score = triage.assess(mail, saying(nothing), 0, POSITION, NOW);

        assertThat(score.getSender()).isNull();
        assertThat(score.getTopic()).isNull();
        assertThat(score.getTopics()).isEmpty();
        assertThat(score.getSentiment()).isNull();
        assertThat(score.getTopicWords()).isEmpty();
        assertThat(score.getPriorities()).isEmpty();
        assertThat(score.getAbstained()).isTrue();
        assertThat(score.getQueues()).containsExactly("unsorted");
    }

    private static Head explained(List<String> labels, String label, String word) {
        var head = Mails.sure(labels, label);
        return new Head(
                labels, head.probabilities(), head.best(), false, List.of(new MailPrediction.WordEffect(word, 1.5f)));
    }

    private static Prediction<MailPrediction> saying(MailPrediction prediction) {
        return new Prediction<>(prediction, List.of(MODEL));
    }
}
