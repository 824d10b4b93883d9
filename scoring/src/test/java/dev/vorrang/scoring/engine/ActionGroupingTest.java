package dev.vorrang.scoring.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.vorrang.schemas.Action;
import dev.vorrang.schemas.Priority;
import dev.vorrang.scoring.action.ActionRule;
import dev.vorrang.scoring.action.ActionRule.Escalation;
import dev.vorrang.scoring.action.ActionRule.Grouping;
import dev.vorrang.scoring.action.ActionRule.RateLimit;
import dev.vorrang.scoring.action.ActionSettings;
import dev.vorrang.scoring.action.QuietHours;
import dev.vorrang.scoring.action.QuietHours.Then;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Groups, quiet hours and rates. */
class ActionGroupingTest {

    private static final ActionRule RULE = ActionRule.of("page", "mail", "true", "pager");
    private static final Grouping BY_TOPIC = new Grouping(List.of("topic"), Duration.ofMinutes(10), true, 3);
    /** 23:00 in Berlin, in the night in which the hour from 2 to 3 is there twice. */
    private static final Instant EVENING = Instant.parse("2026-10-24T21:00:00Z");

    @TempDir
    private Path folder;

    private ActionFlow flow;

    @AfterEach
    void close() {
        flow.close();
    }

    private void start(ActionRule rule) {
        start(ActionFlow.NOON, rule);
    }

    private void start(Instant now, ActionRule rule) {
        flow = new ActionFlow(folder, now, ActionSettings.of(List.of(rule)));
    }

    private void mails(int from, int to) {
        for (int i = from; i < to; i++) {
            flow.urgentMail("m" + i);
        }
    }

    @Test
    void shouldSendOneMessageForThreeHundredMails() {
        start(RULE.withGrouping(new Grouping(List.of("topic"), Duration.ofMinutes(10), false, 3)));
        mails(0, 300);
        assertThat(flow.actions("pager")).isEmpty();
        flow.pass(Duration.ofMinutes(10));

        assertThat(flow.actions("pager")).singleElement().satisfies(action -> {
            assertThat(action.getCount()).isEqualTo(300);
            assertThat(action.getRecord()).isEqualTo("m0");
            assertThat(action.getTitle()).isEqualTo("Subject of m0 and 299 more");
            assertThat(action.getTitles()).containsExactly("Subject of m0", "Subject of m1", "Subject of m2");
            assertThat(action.getRecords()).hasSize(100).startsWith("m0", "m1");
        });
        flow.pass(Duration.ofHours(1));
        assertThat(flow.actions("pager")).isEmpty();
    }

    @Test
    void shouldTellOfTheFirstAtOnceAndOfTheRestLater() {
        start(RULE.withGrouping(BY_TOPIC));
        mails(0, 300);
        Action first = flow.actions("pager").get(0);
        assertThat(first.getCount()).isEqualTo(1);
        assertThat(first.getTitle()).isEqualTo("Subject of m0");
        flow.pass(Duration.ofMinutes(9));
        mails(300, 301);
        flow.pass(Duration.ofMinutes(1));
        Action summary = flow.actions("pager").get(0);
        assertThat(summary.getCount()).isEqualTo(301);
        assertThat(summary.getSummary()).isEqualTo(1);
        assertThat(summary.getRecord()).isEqualTo("m0");
        assertThat(summary.getId()).isNotEqualTo(first.getId());

        mails(301, 302);
        flow.pass(Duration.ofMinutes(10));
        assertThat(flow.actions("pager")).extracting(Action::getCount).containsExactly(302);
        flow.pass(Duration.ofMinutes(10));
        mails(302, 303);
        assertThat(flow.actions("pager"))
                .as("a group that was silent for its window is over")
                .extracting(Action::getRecord)
                .containsExactly("m302");
    }

    @Test
    void shouldKeepGroupsApart() {
        start(RULE.withGrouping(BY_TOPIC));
        flow.send(flow.mail("b1").setTopic("billing").build());
        flow.send(flow.mail("o1").setTopic("outage").build());
        flow.send(flow.mail("b2").setTopic("billing").build());
        flow.send(flow.mail("n1").setTopic(null).build());
        flow.pass(Duration.ofMinutes(10));

        assertThat(flow.actions("pager"))
                .extracting(Action::getRecord, Action::getCount)
                .containsExactly(tuple("b1", 1), tuple("o1", 1), tuple("n1", 1), tuple("b1", 2));
    }

    @Test
    void shouldBoundTheNumberOfGroups() {
        start(RULE.withGrouping(new Grouping(List.of("sender"), Duration.ofMinutes(10), false, 3)));
        for (int i = 0; i < 1_200; i++) {
            flow.send(flow.mail("m" + i).setSender("sender-" + i).build());
        }
        flow.pass(Duration.ofMinutes(10));

        List<Action> actions = flow.actions("pager");
        assertThat(actions).hasSize(1_001);
        assertThat(actions.stream().mapToInt(Action::getCount).sum()).isEqualTo(1_200);
    }

    @Test
    void shouldKeepAGroupOverARestart() {
        start(RULE.withGrouping(BY_TOPIC));
        mails(0, 10);
        assertThat(flow.actions("pager")).hasSize(1);
        flow.pass(Duration.ofMinutes(5));
        flow.restart();
        mails(5, 20);
        flow.pass(Duration.ofMinutes(5));

        assertThat(flow.actions("pager")).extracting(Action::getCount).containsExactly(20);
    }

    @Test
    void shouldEscalateAGroupOnceWithAllOfIt() {
        start(RULE.withGrouping(BY_TOPIC).withEscalations(new Escalation(Duration.ofMinutes(15), "phone")));
        mails(0, 300);
        flow.pass(Duration.ofHours(1));

        assertThat(flow.actions("phone")).singleElement().satisfies(action -> {
            assertThat(action.getCount()).isEqualTo(300);
            assertThat(action.getStep()).isEqualTo(1);
        });
    }

    @Test
    void shouldTellOfWhatExceedsTheRateInOneMessage() {
        start(RULE.withRate(new RateLimit(5, Duration.ofHours(1))));
        mails(0, 100);
        assertThat(flow.actions("pager"))
                .hasSize(5)
                .extracting(Action::getCount)
                .containsOnly(1);
        flow.pass(Duration.ofMinutes(59));
        mails(100, 101);
        assertThat(flow.actions("pager")).isEmpty();
        flow.pass(Duration.ofMinutes(1));
        assertThat(flow.actions("pager")).singleElement().satisfies(action -> {
            assertThat(action.getRecord()).isEqualTo("m5");
            assertThat(action.getCount()).isEqualTo(96);
        });
        mails(101, 110);
        assertThat(flow.actions("pager")).extracting(Action::getCount).containsExactly(1, 1, 1, 1);
        flow.restart();
        flow.pass(Duration.ofHours(1));
        assertThat(flow.actions("pager")).extracting(Action::getCount).containsExactly(5);
    }

    @Test
    void shouldHoldWhatFallsIntoQuietHoursUntilTheyEnd() {
        start(EVENING, RULE.withQuietHours(hours("22:00", "07:00", Then.HOLD)));
        mails(0, 10);
        flow.pass(Duration.ofHours(3));
        flow.restart();
        // 22:00 to 07:00 has ten hours in this night, of which one had gone by.
        flow.pass(Duration.ofHours(6).minusSeconds(1));
        assertThat(flow.actions("pager")).isEmpty();
        flow.pass(Duration.ofSeconds(1));

        assertThat(flow.clock.instant()).isEqualTo(Instant.parse("2026-10-25T06:00:00Z"));
        assertThat(flow.actions("pager")).extracting(Action::getCount).containsExactly(10);
        mails(10, 11);
        assertThat(flow.actions("pager")).hasSize(1);
    }

    @Test
    void shouldLetThroughWhatIsSevereInQuietHours() {
        start(
                EVENING,
                RULE.withQuietHours(new QuietHours(
                        LocalTime.of(22, 0),
                        LocalTime.of(7, 0),
                        ZoneId.of("Europe/Berlin"),
                        EnumSet.allOf(DayOfWeek.class),
                        Then.HOLD,
                        Optional.of(Priority.URGENT))));
        flow.mail("low", Priority.LOW);
        flow.mail("urgent", Priority.URGENT);
        assertThat(flow.actions("pager")).extracting(Action::getRecord).containsExactly("urgent");
        flow.pass(Duration.ofHours(9));
        assertThat(flow.actions("pager")).extracting(Action::getRecord).containsExactly("low");
    }

    @Test
    void shouldSkipWhatFallsIntoQuietHours() {
        start(EVENING, RULE.withQuietHours(hours("22:00", "07:00", Then.SKIP)));
        mails(0, 10);
        flow.pass(Duration.ofHours(9));
        assertThat(flow.actions("pager")).isEmpty();
        assertThat(flow.meters
                        .get("vorrang.actions")
                        .tag("outcome", "SKIPPED")
                        .counter()
                        .count())
                .isEqualTo(10);
    }

    @Test
    void shouldHoldAnEscalationInQuietHours() {
        start(
                Instant.parse("2026-11-30T20:50:00Z"),
                RULE.withQuietHours(hours("22:00", "07:00", Then.SKIP))
                        .withEscalations(new Escalation(Duration.ofMinutes(15), "phone")));
        mails(0, 1);
        assertThat(flow.actions("pager")).hasSize(1);
        flow.pass(Duration.ofHours(9));
        assertThat(flow.actions("phone")).isEmpty();
        flow.pass(Duration.ofMinutes(11));
        assertThat(flow.actions("phone")).hasSize(1);
    }

    private static QuietHours hours(String from, String to, Then then) {
        return new QuietHours(
                LocalTime.parse(from),
                LocalTime.parse(to),
                ZoneId.of("Europe/Berlin"),
                EnumSet.allOf(DayOfWeek.class),
                then,
                Optional.empty());
    }
}
