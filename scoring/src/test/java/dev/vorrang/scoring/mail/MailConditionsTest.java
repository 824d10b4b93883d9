package dev.vorrang.scoring.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.vorrang.schemas.Address;
import dev.vorrang.schemas.Attachment;
import dev.vorrang.schemas.Automatic;
import dev.vorrang.schemas.EmailMessage;
import dev.vorrang.schemas.Priority;
import dev.vorrang.scoring.rule.ConditionException;
import dev.vorrang.scoring.rule.ConditionFailedException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MailConditionsTest {

    private static final MailContext CONTEXT = context(
            Mails.mail()
                    .setTo(List.of(new Address(null, "service@example.org")))
                    .setAttachments(List.of(new Attachment("plan.pdf", "application/pdf", 2000L, "ab".repeat(32))))
                    .setDeliveredTo(List.of("service+billing@example.org"))
                    .setAutomatic(Automatic.LIST)
                    .setFlags(List.of("hidden_text"))
                    .setSize(5000)
                    .build(),
            new Classification("outage", 0.75f, Map.of("outage", 0.75f, "praise", 0.25f)),
            new Classification("negative", 0.5f, Map.of("negative", 0.5f)),
            true,
            2,
            true);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mail.id == '00112233445566778899aabbccddeeff' && mail.thread == 'thread@example.org'",
                "mail.source.startsWith('file:')",
                "mail.sender == 'anna@example.org' && 'anna@example.org' in mail.from",
                "mail.to.exists(to, to.endsWith('@example.org')) && mail.cc.size() == 0 && mail.replyTo == []",
                "mail.deliveredTo.exists(address, address.startsWith('service+billing@'))",
                "mail.subject.lowerAscii() == 'help' && mail.text.matches('N.*ing')",
                "mail.attachments.exists(a, a.type == 'application/pdf' && a.size > 1999 && a.name != a.sha256)",
                "mail.automatic == 'LIST' && mail.parseStatus == 'OK' && !mail.textTruncated",
                "'hidden_text' in mail.flags",
                "mail.receivedAt > timestamp('2026-01-01T00:00:00Z') && mail.receivedAt.getFullYear() == 2026",
                "mail.size > 4999 && mail.size < 5000.5",
                "score.topic == 'outage' && score.topicConfidence == 0.75 && score.topics['praise'] == 0.25",
                "score.sentiment == 'negative' && score.sentimentConfidence >= 0.5 && score.sentiments.size() == 1",
                "score.urgency == '' && score.urgencies.size() == 0 && score.stake == '' && score.stakes.size() == 0",
                "abstained && vip && repeats == 2 && language == 'en'"
            })
    void shouldSeeWhatItMayAskFor(String expression) throws ConditionFailedException {
        assertThat(MailContext.RULES.compile("rule 'x'", expression).test(CONTEXT))
                .isTrue();
    }

    @Test
    void shouldSeeThePriorityInRoutes() throws ConditionFailedException {
        var condition = MailContext.ROUTES.compile("route 'x'", "priority == 'HIGH' && priorityScore > 0.5 && vip");

        assertThat(condition.test(CONTEXT.withPriority(new PriorityDecision(0.6f, Priority.HIGH, List.of()))))
                .isTrue();
        assertThat(condition.test(CONTEXT.withPriority(new PriorityDecision(0.6f, Priority.LOW, List.of()))))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "mail.subjekt == 'x'          | line 1, column 5: | subjekt",
                "mail.size > 'big'            | line 1, column 11: | no matching overload",
                "priority == 'HIGH'           | line 1, column 1: | priority",
                "repeats + 1                  | | expected type 'bool'",
                "vip &&                       | line 1, column 7: | mismatched input",
                "mail.subject                 | | expected type 'bool'",
                "nothing(vip)                 | line 1, column 8: | nothing",
                "mail.text.matches(vip)       | line 1, column 18: | no matching overload"
            })
    void shouldRefuseWhatIsNotValid(String expression, String position, String cause) {
        assertThatExceptionOfType(ConditionException.class)
                .isThrownBy(() -> MailContext.RULES.compile("rule 'night'", expression))
                .withMessageStartingWith("rule 'night': '" + expression + "' ")
                .withMessageContaining(position == null ? "" : position)
                .withMessageContaining(cause)
                .withMessageContaining(
                        "allowed is a CEL expression that is true or false, over abstained, language, mail, ");
    }

    @Test
    void shouldRefuseLongAndDeepExpressions() {
        var rules = MailContext.RULES;

        assertThatExceptionOfType(ConditionException.class)
                .isThrownBy(() -> rules.compile("rule 'long'", "vip || ".repeat(1000) + "vip"));
        assertThatExceptionOfType(ConditionException.class)
                .isThrownBy(() -> rules.compile("rule 'deep'", "(".repeat(500) + "vip" + ")".repeat(500)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "score.topics['none'] > 0.5",
                "1 / (repeats - 2) > 0",
                "mail.text.matches('(((a{30}){30}){30}){30}')",
                "mail.text.matches('(')",
                "mail.flags.all(a, mail.flags.all(b, mail.flags.all(c, a + b + c != '')))"
            })
    void shouldSayWhatFailedAndCount(String expression) {
        var condition = MailContext.RULES.compile("rule 'x'", expression);
        var many = context(
                Mails.mail().setFlags(Collections.nCopies(100, "flag")).build(),
                Classification.NONE,
                Classification.NONE,
                false,
                2,
                false);

        assertThatExceptionOfType(ConditionFailedException.class)
                .isThrownBy(() -> condition.test(many))
                .satisfies(e -> assertThat(e.getMessage()).isNotBlank().hasSizeLessThan(250));
        assertThat(condition.failures()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "mail.text.replace('e', mail.text) != '' ; makes a value of 7,500,025,000 characters or elements with replace()",
                "mail.text.replace('', mail.text) != '' ; makes a value of 10,000,200,000 characters or elements with replace()",
                "[mail.text].map(x, x + x).map(x, x + x).map(x, x + x + x + x).size() > 0 ; with +()",
                "[[1, 2, 3, 4]].map(x, x + x + x + x + x + x + x + x).map(x, x + x + x + x + x + x + x + x).map(x, x + x + x + x + x + x + x"
                        + " + x).map(x, x + x + x + x + x + x + x + x).map(x, x + x + x + x + x + x + x + x).map(x, x + x + x + x + x + x"
                        + " + x + x).size() > 0 ; with +()",
                "mail.flags.map(f, mail.text).join() != '' ; with join()",
                "mail.flags.exists(f, mail.text.contains('x' + f)) ; steps or more with contains_string(), allowed are 32,000,000",
                "mail.flags.exists(f, mail.text.matches('x{40}y')) ; steps or more with matches(), allowed are 32,000,000",
                "mail.flags.exists(f, mail.text.split('').size() == 1) ; steps or more with ",
                "mail.flags.exists(f, mail.flags.exists(g, mail.text.lowerAscii() == f + g)) ; steps or more with ",
                "mail.flags.exists(f, f in mail.text.split('')) ; steps or more with ",
                "vip || mail.text.replace('e', mail.text) != '' || repeats > 5 ; with replace()"
            })
    void shouldStopWhatCostsTooMuch(String expression, String excess) {
        var condition = MailContext.ROUTES.compile("route 'x'", expression);
        var large = context(
                Mails.mail()
                        .setText("eeeb".repeat(25_000))
                        .setFlags(Collections.nCopies(1500, "flag"))
                        .build(),
                Classification.NONE,
                Classification.NONE,
                false,
                2,
                false);

        assertThatExceptionOfType(ConditionFailedException.class)
                .isThrownBy(() -> condition.test(large))
                .withMessageContaining(excess)
                .withMessageContaining("allowed are ");
    }

    @Test
    void shouldStartEachEvaluationWithoutCost() throws ConditionFailedException {
        var condition = MailContext.RULES.compile(
                "rule 'x'", "mail.text.split('\\n').exists(line, line.matches('(?i)b{3}|end')) && mail.size > 0");
        var context = context(
                Mails.mail()
                        .setText("some words\n".repeat(1500) + "the END")
                        .setSize(20_000)
                        .build(),
                Classification.NONE,
                Classification.NONE,
                false,
                0,
                false);

        for (int time = 0; time < 100; time++) {
            assertThat(condition.test(context)).isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "mail.to.all(a, mail.to.all(b, mail.to.all(c, mail.to.all(d, a + b + c + d != ''))))"
                        + " | has 4 of exists, all, map and filter in one another, allowed are 3",
                "repeats in [0BIG] | nodes of its syntax tree, allowed are 1000"
            })
    void shouldRefuseWhatIsTooLarge(String expression, String cause) {
        var grown = expression.replace("BIG", ",1".repeat(1500));

        assertThatExceptionOfType(ConditionException.class)
                .isThrownBy(() -> MailContext.RULES.compile("rule 'large'", grown))
                .withMessageStartingWith("rule 'large': '")
                .withMessageContaining(cause);
    }

    private static MailContext context(
            EmailMessage mail,
            Classification topic,
            Classification sentiment,
            boolean abstained,
            int repeats,
            boolean vip) {
        return new MailContext(
                mail,
                topic,
                sentiment,
                Classification.NONE,
                Classification.NONE,
                "en",
                abstained,
                repeats,
                vip,
                Optional.empty());
    }
}
