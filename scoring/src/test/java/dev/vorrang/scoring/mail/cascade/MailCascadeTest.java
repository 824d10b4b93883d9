package dev.vorrang.scoring.mail.cascade;

import static dev.vorrang.scoring.mail.cascade.Cascades.LARGE;
import static dev.vorrang.scoring.mail.cascade.Cascades.SMALL;
import static dev.vorrang.scoring.mail.cascade.Cascades.mail;
import static dev.vorrang.scoring.mail.cascade.Cascades.prediction;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vorrang.scoring.engine.Prediction;
import dev.vorrang.scoring.engine.batch.BatchFunction;
import dev.vorrang.scoring.engine.batch.Outcome;
import dev.vorrang.scoring.engine.metrics.ScoringMetrics;
import dev.vorrang.scoring.mail.Deferral;
import dev.vorrang.scoring.mail.Deferral.Cause;
import dev.vorrang.scoring.mail.MailPrediction;
import dev.vorrang.scoring.mail.MailPrediction.Head;
import dev.vorrang.scoring.mail.MailText;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class MailCascadeTest {

    private static final CascadeSettings SETTINGS = CascadeSettings.defaults().withTimeLimit(Duration.ofMinutes(1));

    private final Queue<List<String>> asked = new ConcurrentLinkedQueue<>();
    private MailCascade cascade;

    private MailCascade cascade(CascadeSettings settings, BatchFunction<MailText, MailPrediction> large) {
        cascade = new MailCascade(
                Cascades.small(),
                Cascades.large(mails -> {
                    asked.add(mails.stream().map(MailText::subject).toList());
                    return large.apply(mails);
                }),
                settings,
                new ScoringMetrics(new SimpleMeterRegistry(), "mail"));
        return cascade;
    }

    @AfterEach
    void close() {
        assertThat(cascade.awaitCalls(Duration.ofMinutes(1))).isTrue();
    }

    @Test
    void shouldAskTheLargeModelForWhatTheSmallOneIsUnsureOf() {
        var outcomes = cascade(SETTINGS, Cascades::answer)
                .predict(List.of(mail("a", "0.9"), mail("b", "0.5"), mail("c", "0.7"), mail("d", "0.4")));

        assertThat(outcomes)
                .extracting(Cascades::topic)
                .containsExactly("small: a", "large: b", "small: c", "large: d");
        assertThat(outcomes)
                .extracting(outcome -> prediction(outcome).models())
                .containsExactly(List.of(SMALL), List.of(LARGE), List.of(SMALL), List.of(LARGE));
        assertThat(prediction(outcomes.get(0)).value().deferral()).isEmpty();
        var answered = (Deferral.Answered)
                prediction(outcomes.get(1)).value().deferral().orElseThrow();
        assertThat(answered.small().topic()).map(Head::label).contains("small: b");
        assertThat(asked).containsExactly(List.of("b", "d"));
        assertThat(cascade.inService()).containsExactly(SMALL, LARGE);
    }

    @Test
    void shouldAskNothingWhereTheSmallModelIsSure() {
        cascade(SETTINGS, Cascades::answer).predict(List.of(mail("a", "0.9"), mail("b", "0.8 0.99")));

        assertThat(asked).isEmpty();
    }

    @Test
    void shouldAskForAllMailsIfToldTo() {
        var always = SETTINGS.withRule(DeferralRule.defaults().withAlways());

        var outcomes = cascade(always, Cascades::answer).predict(List.of(mail("a", "0.9"), mail("b", "0.5")));

        assertThat(outcomes).extracting(Cascades::topic).containsExactly("large: a", "large: b");
    }

    @Test
    void shouldAskForTheMostUrgentFirstAndKeepTheOrder() {
        var outcomes = cascade(SETTINGS.withBatchSize(2), Cascades::answer)
                .predict(List.of(
                        mail("a", "0.5 0.2"), mail("b", "0.5 0.8"), mail("c", "0.5 0.1"), mail("d", "0.5 0.6")));

        assertThat(asked).containsExactly(List.of("b", "d"), List.of("a", "c"));
        assertThat(outcomes)
                .extracting(Cascades::topic)
                .containsExactly("large: a", "large: b", "large: c", "large: d");
    }

    @Test
    void shouldTakeHeadsThatTheLargeModelLacksFromTheSmallOne() {
        var outcome = cascade(SETTINGS, Cascades::answer)
                .predict(List.of(mail("a", "0.5 0.7")))
                .get(0);

        assertThat(prediction(outcome).value().topic()).map(Head::label).contains("large: a");
        assertThat(prediction(outcome).value().urgency()).map(Head::label).contains("now");
        assertThat(prediction(outcome).models()).containsExactly(LARGE, SMALL);
    }

    @Test
    void shouldKeepTheSmallAnswerAndSaySoWhereTheLargeModelFails() {
        var outcomes = cascade(SETTINGS, mails -> {
                    throw new IllegalStateException("device lost");
                })
                .predict(List.of(mail("a", "0.9"), mail("b", "0.5")));

        assertThat(outcomes).extracting(Cascades::topic).containsExactly("small: a", "small: b");
        assertThat(prediction(outcomes.get(1)).models()).containsExactly(SMALL);
        assertThat(prediction(outcomes.get(1)).value().deferral())
                .contains(new Deferral.Unanswered(LARGE, Cause.FAILED));
    }

    @Test
    void shouldTakeTheOtherAnswersWhereOneMailBreaksTheLargeModel() {
        var outcomes = cascade(SETTINGS, mails -> {
                    if (mails.stream().anyMatch(mail -> mail.subject().equals("bad"))) {
                        throw new IllegalArgumentException("the large model chokes");
                    }
                    return Cascades.answer(mails);
                })
                .predict(List.of(mail("a", "0.5"), mail("bad", "0.5"), mail("c", "0.5")));

        assertThat(outcomes).extracting(Cascades::topic).containsExactly("large: a", "small: bad", "large: c");
    }

    @Test
    void shouldFailAMailThatTheSmallModelFailsFor() {
        List<Outcome<Prediction<MailPrediction>>> outcomes = cascade(SETTINGS, Cascades::answer)
                .predict(List.of(mail("a", "0.5"), mail("b", "poison"), mail("c", "0.5")));

        var failed = (Outcome.Failed<Prediction<MailPrediction>>) outcomes.get(1);
        assertThat(failed.model()).contains(SMALL);
        assertThat(asked).containsExactly(List.of("a", "c"));
    }
}
