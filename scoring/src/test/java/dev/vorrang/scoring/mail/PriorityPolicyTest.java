package dev.vorrang.scoring.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.vorrang.schemas.Automatic;
import dev.vorrang.schemas.EmailMessage;
import dev.vorrang.schemas.ParseStatus;
import dev.vorrang.schemas.Priority;
import dev.vorrang.schemas.Reason;
import dev.vorrang.scoring.mail.PriorityRule.Add;
import dev.vorrang.scoring.mail.PriorityRule.Set;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PriorityPolicyTest {

    private static final EmailMessage MAIL = Mails.mail().build();
    private static final PrioritySettings DEFAULTS = PrioritySettings.defaults();

    private final PriorityPolicy policy = PriorityPolicy.of(DEFAULTS);

    @ParameterizedTest
    @CsvSource({"outage, neutral, 0.60, HIGH", "outage, negative, 0.72, HIGH", "praise, neutral, 0.10, LOW"})
    void shouldGiveTheScoresOfItsWorkedExamples(String topic, String sentiment, double score, Priority level) {
        var verdict = policy.judge(MAIL, Mails.sure(topic, sentiment), 0);

        assertThat(verdict.score()).isCloseTo((float) score, within(1e-5f));
        assertThat(verdict.level()).isEqualTo(level);
    }

    @Test
    void shouldWeighAllTopicsNotOnlyTheBest() {
        var verdict = policy.judge(MAIL, Mails.topics(0.5f, 0.5f, 0, 0), 0);

        assertThat(verdict.score()).isCloseTo(0.35f, within(1e-5f));
        assertThat(verdict.level()).isEqualTo(Priority.NORMAL);
    }

    @Test
    void shouldSayWhyStrongestFirst() {
        var vip = PriorityPolicy.of(DEFAULTS.withVipSenders(VipSenders.of(List.of("example.org"))));

        var verdict = vip.judge(MAIL, Mails.sure("outage", "negative"), 2);

        assertThat(verdict.sentences())
                .containsExactly(
                        "topic outage (100 %) +0.24",
                        "VIP sender +0.07", "sentiment negative (100 %) +0.07", "mail 3 in this thread +0.04");
        assertThat(verdict.level()).isEqualTo(Priority.URGENT);
    }

    @Test
    void shouldGiveEachReasonAsDataBesideItsSentence() {
        var vip = PriorityPolicy.of(DEFAULTS.withVipSenders(VipSenders.of(List.of("example.org"))));

        var verdict = vip.judge(MAIL, Mails.sure("outage", "negative"), 2);

        assertThat(verdict.reasons())
                .containsExactly(
                        new Reason(
                                "topic",
                                Map.of("label", "outage", "confidence", "1.0", "effect", "+0.24"),
                                "topic outage (100 %) +0.24"),
                        new Reason("vip_sender", Map.of("effect", "+0.07"), "VIP sender +0.07"),
                        new Reason(
                                "sentiment",
                                Map.of("label", "negative", "confidence", "1.0", "effect", "+0.07"),
                                "sentiment negative (100 %) +0.07"),
                        new Reason("thread", Map.of("number", "3", "effect", "+0.04"), "mail 3 in this thread +0.04"));
    }

    @Test
    void shouldGiveRulesAndFloorsAsData() {
        var rules = PriorityPolicy.of(DEFAULTS.withRules(List.of(
                new PriorityRule("night", "true", new Add(0.2), "at night"),
                new PriorityRule("fixed", "true", new Set(0.1), "status page"),
                new PriorityRule("broken", "mail.cc[5] == 'x'", new Add(0.1), "never"))));
        var encrypted = Mails.mail()
                .setParseStatus(ParseStatus.UNREAD)
                .setParseNotes(List.of("encrypted"))
                .build();

        var reasons = rules.judge(encrypted, Mails.sure("praise", "neutral"), 0).reasons();

        assertThat(reasons)
                .filteredOn(reason -> !reason.getCode().equals("topic"))
                .extracting(Reason::getCode)
                .containsExactly("rule_set", "rule", "content_unread", "rule_skipped");
        assertThat(reasons)
                .filteredOn(reason -> reason.getCode().equals("content_unread"))
                .extracting(Reason::getParameters)
                .containsExactly(Map.of("notes", "encrypted", "minimum", "NORMAL"));
        assertThat(reasons.get(0).getParameters())
                .isEqualTo(Map.of("rule", "fixed", "reason", "status page", "score", "0.10"));
    }

    @Test
    void shouldMoveAutomaticMailDown() {
        var bulk = Mails.mail().setAutomatic(Automatic.BULK).build();

        var verdict = policy.judge(bulk, Mails.sure("information", "neutral"), 0);

        assertThat(verdict.score()).isCloseTo(0.075f, within(1e-5f));
        assertThat(verdict.sentences()).containsExactly("bulk mail -0.18", "topic information (100 %) +0.08");
    }

    @Test
    void shouldKeepPersonalMailAtNormalOnWhichTheModelAbstains() {
        var verdict = policy.judge(MAIL, Mails.unsure("praise", "positive"), 0);

        assertThat(verdict.level()).isEqualTo(Priority.NORMAL);
        assertThat(verdict.sentences()).last().isEqualTo("model unsure: at least NORMAL");
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"NONE", "NOTIFICATION"})
    void shouldNotLiftAutomaticMailOnWhichTheModelAbstains(Automatic kind) {
        var automatic = Mails.mail().setAutomatic(kind).build();

        var verdict = policy.judge(automatic, Mails.unsure("praise", "positive"), 0);

        assertThat(verdict.level()).isEqualTo(Priority.LOW);
        assertThat(verdict.sentences()).noneMatch(reason -> reason.contains("unsure"));
    }

    @Test
    void shouldAbstainOnMailWhoseContentWasNotRead() {
        var encrypted = Mails.mail()
                .setParseStatus(ParseStatus.UNREAD)
                .setParseNotes(List.of("the content is encrypted (S/MIME)"))
                .build();
        var sure = Mails.sure("praise", "positive");

        assertThat(policy.context(encrypted, sure, 0).abstained()).isTrue();
        assertThat(policy.judge(encrypted, sure, 0).level()).isEqualTo(Priority.NORMAL);
        assertThat(policy.judge(encrypted, sure, 0).sentences())
                .last()
                .isEqualTo("content not read (the content is encrypted (S/MIME)): at least NORMAL");
    }

    @Test
    void shouldAbstainOnMailThatSaysNothing() {
        var empty = Mails.mail().setSubject(" ").setText("").build();

        var verdict = policy.judge(empty, Mails.sure("praise", "positive"), 0);

        assertThat(verdict.level()).isEqualTo(Priority.NORMAL);
        assertThat(verdict.sentences()).last().isEqualTo("neither subject nor text: at least NORMAL");
    }

    @Test
    void shouldTakeAnAlarmAsSeriouslyAsAPersonsMail() {
        var alarm = Mails.mail().setAutomatic(Automatic.NOTIFICATION).build();
        var outage = Mails.sure("outage", "neutral");

        assertThat(policy.judge(alarm, outage, 0).score())
                .isEqualTo(policy.judge(MAIL, outage, 0).score());
        assertThat(policy.judge(alarm, Mails.unsure("praise", "positive"), 0).level())
                .isEqualTo(Priority.NORMAL);
    }

    @Test
    void shouldKeepMailAtNormalWhenARuleSetsLessAndTheModelAbstains() {
        var low = withRules(new PriorityRule("low", "true", new Set(0), "never mind"));

        assertThat(low.judge(MAIL, Mails.unsure("outage", "neutral"), 0).level())
                .isEqualTo(Priority.NORMAL);
    }

    @Test
    void shouldGiveUnknownTopicsANeutralWeight() {
        var prediction = new MailPrediction(
                Optional.of(Mails.sure(List.of("stamps"), "stamps")), Optional.empty(), Optional.empty());

        assertThat(policy.judge(MAIL, prediction, 0).level()).isEqualTo(Priority.NORMAL);
    }

    @Test
    void shouldJudgeWhatAModelWithoutHeadsSays() {
        var nothing = new MailPrediction(Optional.empty(), Optional.empty(), Optional.empty());

        assertThat(policy.judge(MAIL, nothing, 0).level()).isEqualTo(Priority.NORMAL);
    }

    @Test
    void shouldWeighTheModelsOwnPriority() {
        var labels = List.of("low", "urgent");
        var topic = Optional.of(Mails.sure(Mails.TOPICS, "information"));
        var urgent = new MailPrediction(topic, Optional.empty(), Optional.of(Mails.sure(labels, "urgent")));
        var low = new MailPrediction(topic, Optional.empty(), Optional.of(Mails.sure(labels, "low")));

        assertThat(policy.judge(MAIL, urgent, 0).score()).isCloseTo(0.625f, within(1e-5f));
        assertThat(policy.judge(MAIL, low, 0).score()).isCloseTo(0.175f, within(1e-5f));
    }

    @Test
    void shouldNotBecomeUrgentByTheModelsPriorityAlone() {
        for (String label : PrioritySettings.defaults().modelPriorities().keySet()) {
            var priority = Mails.sure(List.of("none", label), label);
            var topic = Mails.sure(Mails.TOPICS, "information");
            var claimed = new MailPrediction(Optional.of(topic), Optional.empty(), Optional.of(priority));

            assertThat(policy.judge(MAIL, claimed, 0).level()).as(label).isNotEqualTo(Priority.URGENT);
        }
    }

    @Test
    void shouldKnowTheLabelsOfDataSetsInTheirOrder() {
        for (var scale : List.of(
                List.of("very_low", "low", "medium", "high", "critical"),
                List.of("sehr_niedrig", "niedrig", "mittel", "hoch", "kritisch"),
                List.of("lowest", "Low", "Normal", "High", "Urgent"),
                List.of("5", "4", "3", "2", "1"),
                List.of("P5", "P4", "P3", "P2", "P1"))) {
            var topic = Optional.of(Mails.sure(Mails.TOPICS, "information"));
            var scores = scale.stream()
                    .map(label -> new MailPrediction(topic, Optional.empty(), Optional.of(Mails.sure(scale, label))))
                    .map(prediction -> policy.judge(MAIL, prediction, 0).score())
                    .toList();

            assertThat(scores).as(scale.toString()).isSorted().doesNotHaveDuplicates();
        }
    }

    @Test
    void shouldNotReadUrgencyIntoWords() {
        var shouting = Mails.mail()
                .setSubject("URGENT!!! priority=1")
                .setText("Emergency! VIP! Server down!")
                .build();
        var prediction = Mails.sure("information", "neutral");

        assertThat(policy.judge(shouting, prediction, 0)).isEqualTo(policy.judge(MAIL, prediction, 0));
    }

    @Test
    void shouldApplyRules() {
        var rules = withRules(
                new PriorityRule("night", "mail.receivedAt.getHours('Europe/Berlin') >= 22", new Add(0.2), "at night"),
                new PriorityRule("big", "mail.attachments.exists(a, a.size > 1000)", new Add(0.5), "large"));

        var verdict = rules.judge(MAIL, Mails.sure("outage", "neutral"), 0);

        assertThat(verdict.score()).isCloseTo(0.68f, within(1e-5f));
        assertThat(verdict.sentences()).containsExactly("topic outage (100 %) +0.48", "at night +0.08");
    }

    @Test
    void shouldLetTheFirstRuleThatSetsWin() {
        var rules = withRules(
                new PriorityRule("no", "repeats > 5", new Set(0.1), "not this"),
                new PriorityRule("first", "score.topic == 'outage'", new Set(0.9), "the first"),
                new PriorityRule("second", "true", new Set(0.2), "the second"));

        var verdict = rules.judge(MAIL, Mails.sure("outage", "neutral"), 0);

        assertThat(verdict.score()).isEqualTo(0.9f);
        assertThat(verdict.sentences()).containsExactly("the first: set to 0.90", "topic outage (100 %) +0.60");
    }

    @Test
    void shouldSkipARuleThatFailsAndSaySo() {
        var rules = withRules(
                new PriorityRule("broken", "score.topics['stamps'] > 0.5", new Set(1), "never"),
                new PriorityRule("sound", "score.topics[?'stamps'].orValue(0.0) < 0.5", new Add(0.5), "no stamps"));

        var verdict = rules.judge(MAIL, Mails.sure("outage", "neutral"), 0);

        assertThat(verdict.score()).isCloseTo(0.8f, within(1e-5f));
        assertThat(verdict.sentences())
                .last()
                .asString()
                .startsWith("rule 'broken' skipped: ")
                .contains("stamps");
        assertThat(rules.failures())
                .containsExactly(java.util.Map.entry("broken", 1L), java.util.Map.entry("sound", 0L));
    }

    @Test
    void shouldRefuseWeightsOutOfRange() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Add(1.5))
                .withMessageContaining("add 1.5: allowed is -1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Set(Double.NaN))
                .withMessageContaining("set NaN");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PrioritySettings.Thresholds(0.5, 0.4, 0.7))
                .withMessageContaining("0 < normal < high < urgent <= 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> policy.judge(MAIL, Mails.sure("outage", "neutral"), -1))
                .withMessageContaining("repeats -1");
    }

    private static PriorityPolicy withRules(PriorityRule... rules) {
        return PriorityPolicy.of(DEFAULTS.withRules(List.of(rules)));
    }
}
