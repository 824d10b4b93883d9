package dev.vorrang.scoring.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vorrang.schemas.Automatic;
import dev.vorrang.schemas.EmailMessage;
import dev.vorrang.schemas.Priority;
import dev.vorrang.schemas.Reason;
import dev.vorrang.scoring.mail.MailPrediction.Head;
import dev.vorrang.scoring.mail.MailPrediction.WordEffect;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The priority of a mail whose model knows urgency and stake. */
class UrgencyPolicyTest {

    private static final EmailMessage MAIL = Mails.mail().build();
    private static final List<String> URGENCIES = List.of("none", "now", "soon", "today");
    private static final List<String> STAKES = List.of("convenience", "life", "nothing", "operation");

    private final PriorityPolicy policy = PriorityPolicy.of(PrioritySettings.defaults());

    @Test
    void shouldGiveEachUrgencyItsLevel() {
        assertThat(level(urgency(0, 1, 0, 0), stake("life"))).isEqualTo(Priority.URGENT);
        assertThat(level(urgency(0, 1, 0, 0), stake("operation"))).isEqualTo(Priority.URGENT);
        assertThat(level(urgency(0, 0, 0, 1), stake("operation"))).isEqualTo(Priority.HIGH);
        assertThat(level(urgency(0, 0, 1, 0), stake("convenience"))).isEqualTo(Priority.NORMAL);
        assertThat(level(urgency(1, 0, 0, 0), stake("nothing"))).isEqualTo(Priority.LOW);
    }

    @Test
    void shouldRaiseWhatMayBeAnEmergencyAndNeverLowerIt() {
        float before = 0;
        for (float now = 0; now <= 1; now += 0.05f) {
            float score = policy.judge(MAIL, prediction(urgency(1 - now, now, 0, 0), stake("life")), 0)
                    .score();
            assertThat(score).as("now " + now).isGreaterThanOrEqualTo(before);
            before = score;
        }
        assertThat(level(urgency(0.65f, 0.35f, 0, 0), stake("life"))).isEqualTo(Priority.URGENT);
        assertThat(level(urgency(0.85f, 0.15f, 0, 0), stake("life"))).isEqualTo(Priority.HIGH);
    }

    @Test
    void shouldCountAStakeOfNothingForNothingWhereSomethingMayBeAtStake() {
        var half = Mails.head(STAKES, 0, 0.5f, 0.5f, 0);

        assertThat(policy.judge(MAIL, prediction(urgency(0.5f, 0.5f, 0, 0), half), 0)
                        .score())
                .isEqualTo(policy.judge(MAIL, prediction(urgency(0.5f, 0.5f, 0, 0), stake("life")), 0)
                        .score());
    }

    @Test
    void shouldPutPoliteButCriticalBeforeAngryButTrivial() {
        var critical = new MailPrediction(
                Optional.of(Mails.sure(Mails.TOPICS, "information")),
                Optional.of(Mails.sure(Mails.SENTIMENTS, "positive")),
                Optional.empty(),
                Optional.of(urgency(0, 0, 0, 1)),
                Optional.of(stake("life")));
        var angry = new MailPrediction(
                Optional.of(Mails.sure(Mails.TOPICS, "outage")),
                Optional.of(Mails.sure(Mails.SENTIMENTS, "negative")),
                Optional.empty(),
                Optional.of(urgency(0, 0, 0, 1)),
                Optional.of(stake("convenience")));

        assertThat(policy.judge(MAIL, critical, 0).score())
                .isGreaterThan(policy.judge(MAIL, angry, 0).score());
    }

    @Test
    void shouldNameUrgencyAndStakeWithTheirWords() {
        var urgency = new Head(
                URGENCIES,
                new float[] {0.1f, 0.8f, 0.1f, 0},
                1,
                false,
                List.of(new WordEffect("beatmet", 2), new WordEffect("danke", -1)));
        var stake =
                new Head(STAKES, new float[] {0, 0.9f, 0.1f, 0}, 1, false, List.of(new WordEffect("handbetrieb", 3)));

        var reason = policy.judge(MAIL, prediction(urgency, stake), 0).reasons().get(0);

        assertThat(reason.getCode()).isEqualTo("urgency");
        assertThat(reason.getText())
                .startsWith("urgency now (80 %), at stake: life and safety (90 %): 'handbetrieb', 'beatmet' +0.");
        assertThat(reason.getParameters())
                .containsEntry("label", "now")
                .containsEntry("stake", "life")
                .containsEntry("words", "handbetrieb,beatmet")
                .containsEntry(
                        "german",
                        "Dringlichkeit jetzt (80 %), auf dem Spiel: Leben und Sicherheit (90 %): 'handbetrieb', 'beatmet'");
    }

    @Test
    void shouldNotNameWordsThatTellAReaderNothing() {
        var urgency = new Head(
                URGENCIES,
                new float[] {0, 1, 0, 0},
                1,
                false,
                List.of(
                        new WordEffect("the", 5),
                        new WordEffect("!", 4),
                        new WordEffect("seit", 3),
                        new WordEffect("not", 2),
                        new WordEffect("breathing", 1)));

        assertThat(policy.judge(MAIL, prediction(urgency, stake("life")), 0)
                        .reasons()
                        .get(0)
                        .getParameters())
                .containsEntry("words", "not,breathing");
    }

    @Test
    void shouldTellOfAChanceOfAnEmergency() {
        assertThat(policy.judge(MAIL, prediction(urgency(0.7f, 0.3f, 0, 0), stake("life")), 0)
                        .reasons())
                .first()
                .extracting(Reason::getText)
                .asString()
                .startsWith("urgency none (70 %), now (30 %), at stake: life and safety (100 %) +");
    }

    @Test
    void shouldTellWhatIsAtStakeInAChanceOfAnEmergencyAndNoWordsOfHarmlessness() {
        var urgency =
                new Head(URGENCIES, new float[] {0.6f, 0.4f, 0, 0}, 0, false, List.of(new WordEffect("sorry", 2)));
        var stake = new Head(STAKES, new float[] {0.1f, 0.4f, 0.5f, 0}, 2, false, List.of(new WordEffect("thank", 3)));

        assertThat(policy.judge(MAIL, prediction(urgency, stake), 0).reasons())
                .first()
                .extracting(Reason::getText)
                .asString()
                .startsWith("urgency none (60 %), now (40 %), at stake: nothing (50 %), life and safety (40 %) +");
    }

    @Test
    void shouldStillLowerAutomaticMail() {
        var bulk = Mails.mail().setAutomatic(Automatic.BULK).build();

        assertThat(policy.judge(bulk, prediction(urgency(0, 0, 1, 0), stake("convenience")), 0)
                        .level())
                .isEqualTo(Priority.LOW);
    }

    @Test
    void shouldTakeCostsFromTheSettings() {
        var costs = new UrgencyCosts(
                Map.of("now", 10.0, "today", 5.0, "soon", 1.0, "none", 0.0),
                Map.of("Life", 10.0),
                1,
                Map.of(Priority.NORMAL, 1.0, Priority.HIGH, 5.0, Priority.URGENT, 50.0));
        var own = PriorityPolicy.of(PrioritySettings.defaults().withCosts(costs));

        assertThat(own.judge(MAIL, prediction(urgency(0, 1, 0, 0), stake("operation")), 0)
                        .level())
                .isEqualTo(Priority.HIGH);
        assertThat(own.judge(MAIL, prediction(urgency(0, 1, 0, 0), stake("life")), 0)
                        .level())
                .isEqualTo(Priority.URGENT);
    }

    @Test
    void shouldRefuseAttentionThatDoesNotRise() {
        var attention = Map.of(Priority.NORMAL, 5.0, Priority.HIGH, 4.0, Priority.URGENT, 50.0);

        assertThatThrownBy(() -> new UrgencyCosts(Map.of(), Map.of(), 1, attention))
                .hasMessage("attention.high 4.0: allowed is more than 5.0, and 1000.0 at most");
    }

    @Test
    void shouldLetAModelOfPrioritiesAloneRaiseToUrgent() {
        var labels = List.of("low", "medium", "high", "critical");

        assertThat(labels.stream()
                        .map(label -> new MailPrediction(
                                Optional.empty(), Optional.empty(), Optional.of(Mails.sure(labels, label))))
                        .map(prediction -> policy.judge(MAIL, prediction, 0).level()))
                .containsExactly(Priority.LOW, Priority.NORMAL, Priority.HIGH, Priority.URGENT);
    }

    @Test
    void shouldNotAbstainForWantOfATopic() {
        var labels = List.of("low", "critical");
        var sure = new MailPrediction(Optional.empty(), Optional.empty(), Optional.of(Mails.sure(labels, "critical")));

        assertThat(policy.context(MAIL, sure, 0).abstained()).isFalse();
    }

    private Priority level(Head urgency, Head stake) {
        return policy.judge(MAIL, prediction(urgency, stake), 0).level();
    }

    private static MailPrediction prediction(Head urgency, Head stake) {
        return new MailPrediction(
                Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(urgency), Optional.of(stake));
    }

    private static Head urgency(float none, float now, float soon, float today) {
        return Mails.head(URGENCIES, none, now, soon, today);
    }

    private static Head stake(String label) {
        return Mails.sure(STAKES, label);
    }
}
