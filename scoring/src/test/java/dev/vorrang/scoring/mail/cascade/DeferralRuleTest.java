package dev.vorrang.scoring.mail.cascade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.vorrang.scoring.mail.MailPrediction;
import dev.vorrang.scoring.mail.MailPrediction.Head;
import dev.vorrang.scoring.mail.MailText;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DeferralRuleTest {

    private static final MailText MAIL = new MailText("Lieferung", "Guten Tag, wann kommt denn meine Bestellung an?");
    private static final MailText FRENCH = new MailText(
            "Fuite de gaz", "Bonjour, nous avons une fuite de gaz dans la chaufferie, venez vite s'il vous plaît.");

    private final DeferralRule rule = DeferralRule.defaults();

    @Test
    void shouldGoByTheThresholdsOfTheCardUnlessThereIsOne() {
        assertThat(rule.defers(MAIL, topic(0.7f, false))).isFalse();
        assertThat(rule.defers(MAIL, topic(0.7f, true))).isTrue();
        assertThat(rule.withUnsureBelow(0.75).defers(MAIL, topic(0.7f, false))).isTrue();
        assertThat(rule.withUnsureBelow(0.65).defers(MAIL, topic(0.7f, true))).isFalse();
    }

    @Test
    void shouldGoByTheHeadsThatCount() {
        var sentiment = new DeferralRule(Set.of("sentiment"), OptionalDouble.empty(), 0.1, 0.9, false);

        assertThat(sentiment.defers(MAIL, topic(0.2f, true))).isFalse();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new DeferralRule(Set.of("mood"), OptionalDouble.empty(), 0.1, 0.9, false))
                .withMessageContaining("'mood'");
    }

    @Test
    void shouldDeferWhatMayBeUrgent() {
        assertThat(rule.defers(MAIL, urgent(0.02f, 0.03f))).isFalse();
        assertThat(rule.defers(MAIL, urgent(0.06f, 0.06f))).isTrue();
        assertThat(rule.defers(MAIL, urgent(0.3f, 0.3f))).isTrue();
        assertThat(rule.defers(MAIL, urgent(0.8f, 0.15f))).isFalse();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new DeferralRule(Set.of(), OptionalDouble.empty(), 0.5, 0.4, false))
                .withMessageContaining("urgentTo 0.4: allowed is 0.5 to 1");
    }

    @Test
    void shouldDeferLanguagesThatTheSmallModelDoesNotKnow() {
        assertThat(rule.defers(FRENCH, knowing(List.of("de", "en")))).isTrue();
        assertThat(rule.defers(FRENCH, knowing(List.of("fr")))).isFalse();
        assertThat(rule.defers(FRENCH, knowing(List.of()))).isFalse();
        assertThat(rule.defers(MAIL, knowing(List.of("de", "en")))).isFalse();
    }

    private static MailPrediction topic(float confidence, boolean abstained) {
        var head =
                new Head(List.of("order", "other"), new float[] {confidence, 1 - confidence}, 0, abstained, List.of());
        return new MailPrediction(Optional.of(head), Optional.empty(), Optional.empty());
    }

    private static MailPrediction urgent(float now, float today) {
        var head = new Head(
                List.of("none", "now", "today"), new float[] {1 - now - today, now, today}, 0, false, List.of());
        return new MailPrediction(
                Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(head), Optional.empty());
    }

    private static MailPrediction knowing(List<String> languages) {
        return new MailPrediction(
                topic(0.9f, false).topic(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                languages);
    }
}
