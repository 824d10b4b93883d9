package dev.vorrang.scoring.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vorrang.schemas.Action;
import dev.vorrang.schemas.AlertState;
import dev.vorrang.schemas.DeskEventType;
import dev.vorrang.schemas.Reason;
import dev.vorrang.scoring.action.ActionRule;
import dev.vorrang.scoring.action.ActionRule.Escalation;
import dev.vorrang.scoring.action.ActionRule.Grouping;
import dev.vorrang.scoring.action.ActionSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What follows while nobody acknowledges. */
class ActionEscalationTest {

    private static final ActionRule RULE = ActionRule.of("page", "mail", "true", "pager")
            .withEscalations(
                    new Escalation(Duration.ofMinutes(15), "phone"), new Escalation(Duration.ofMinutes(30), "boss"));
    private static final ActionRule ALERTS = ActionRule.of("lamp", "machine", "state != \"CLEARED\"", "pager")
            .withEscalations(new Escalation(Duration.ofMinutes(15), "phone"));

    @TempDir
    private Path folder;

    private ActionFlow flow;

    @AfterEach
    void close() {
        flow.close();
    }

    private void start(ActionRule... rules) {
        flow = new ActionFlow(folder, ActionFlow.NOON, ActionSettings.of(List.of(rules)));
    }

    @Test
    void shouldGoFromStepToStepWhileNobodyAcknowledges() {
        start(RULE);
        flow.urgentMail("m1");
        String first = flow.actions("pager").get(0).getId();

        flow.pass(Duration.ofMinutes(15).minusSeconds(1));
        assertThat(flow.actions("phone")).isEmpty();
        flow.pass(Duration.ofSeconds(1));
        Action second = flow.actions("phone").get(0);
        assertThat(second.getStep()).isEqualTo(1);
        assertThat(second.getSink()).isEqualTo("phone");
        assertThat(second.getRecord()).isEqualTo("m1");
        assertThat(second.getId()).isNotEqualTo(first);
        assertThat(second.getReasons()).first().extracting(Reason::getText).isEqualTo("not acknowledged within 15 min");
        flow.pass(Duration.ofMinutes(30).minusSeconds(1));
        assertThat(flow.actions("boss")).isEmpty();
        flow.pass(Duration.ofSeconds(1));
        assertThat(flow.actions("boss")).extracting(Action::getStep).containsExactly(2);
        flow.pass(Duration.ofHours(3));
        assertNothingMore();
    }

    @ParameterizedTest
    @EnumSource(names = {"ACKNOWLEDGED", "CLAIMED", "DONE"})
    void shouldEndWhenSomebodyHasSeenIt(DeskEventType type) {
        start(RULE);
        flow.urgentMail("m1");
        flow.urgentMail("m2");
        flow.pass(Duration.ofMinutes(14));

        flow.desk("m1", type, "anna");
        flow.pass(Duration.ofHours(2));

        assertThat(flow.actions("phone")).extracting(Action::getRecord).containsExactly("m2");
        assertThat(flow.actions("boss")).extracting(Action::getRecord).containsExactly("m2");
    }

    @ParameterizedTest
    @EnumSource(names = {"COMMENTED", "RELEASED"})
    void shouldGoOnAfterWhatIsNoAcknowledgement(DeskEventType type) {
        start(RULE);
        flow.urgentMail("m1");
        flow.desk("m1", type, "anna");
        flow.pass(Duration.ofMinutes(15));

        assertThat(flow.actions("phone")).hasSize(1);
    }

    @Test
    void shouldNotBeginForWhatWasSeenBefore() {
        start(RULE);
        flow.desk("m1", DeskEventType.ACKNOWLEDGED, "anna");
        flow.urgentMail("m1");
        flow.pass(Duration.ofHours(2));

        assertThat(flow.actions("pager")).hasSize(1);
        assertThat(flow.actions("phone")).isEmpty();
    }

    @Test
    void shouldGoOnWhenItIsReopened() {
        start(RULE);
        flow.urgentMail("m1");
        flow.desk("m1", DeskEventType.ACKNOWLEDGED, "anna");
        flow.pass(Duration.ofHours(1));
        flow.desk("m1", DeskEventType.REOPENED, "anna");
        flow.pass(Duration.ofMinutes(15));

        assertThat(flow.actions("phone")).hasSize(1);
    }

    @Test
    void shouldEndWhenTheAlertIsCleared() {
        start(ALERTS);
        flow.alert("a1", AlertState.RAISED);
        flow.alert("a2", AlertState.RAISED);
        flow.pass(Duration.ofMinutes(14));
        flow.alert("a1", AlertState.CLEARED);
        flow.pass(Duration.ofMinutes(1));

        assertThat(flow.actions("phone")).extracting(Action::getRecord).containsExactly("a2");
    }

    @Test
    void shouldNotEndForAGroupWhenItsFirstAlertIsCleared() {
        start(ALERTS.withGrouping(new Grouping(List.of(), Duration.ofMinutes(5), true, 3)));
        flow.alert("a1", AlertState.RAISED);
        flow.alert("a2", AlertState.RAISED);
        flow.alert("a1", AlertState.CLEARED);
        flow.pass(Duration.ofHours(1));

        assertThat(flow.actions("pager")).extracting(Action::getCount).containsExactly(1, 2);
        assertThat(flow.actions("phone")).singleElement().satisfies(action -> {
            assertThat(action.getRecord()).isEqualTo("a1");
            assertThat(action.getCount()).isEqualTo(2);
        });
    }

    @Test
    void shouldSurviveRestarts() {
        start(RULE);
        flow.urgentMail("m1");
        flow.pass(Duration.ofMinutes(10));
        flow.restart();
        flow.pass(Duration.ofMinutes(5));
        assertThat(flow.actions("phone")).hasSize(1);
        flow.restart();
        flow.urgentMail("m1");
        flow.pass(Duration.ofMinutes(29));
        flow.restart();
        flow.pass(Duration.ofMinutes(1));

        assertThat(flow.actions("boss")).hasSize(1);
        assertNothingMore();
    }

    @Test
    void shouldCountTheTimeInWhichTheProgramWasDown() {
        start(RULE);
        flow.urgentMail("m1");
        flow.pass(Duration.ofMinutes(1));
        flow.clock.advance(Duration.ofDays(3));
        flow.restart();
        flow.tick();
        flow.tick();

        assertThat(flow.actions("phone")).hasSize(1);
        assertThat(flow.actions("boss")).as("time to react to the step before").isEmpty();
        flow.pass(Duration.ofMinutes(30));
        assertThat(flow.actions("boss")).hasSize(1);
    }

    @Test
    void shouldNeitherLoseNorDoubleAStepWhenTheClockIsSetBack() {
        start(RULE);
        flow.urgentMail("m1");
        flow.pass(Duration.ofMinutes(10));
        flow.clock.advance(Duration.ofHours(-5));
        // The second in which it was set back counts for nothing.
        flow.pass(Duration.ofMinutes(5).plusSeconds(1));
        assertThat(flow.actions("phone")).hasSize(1);

        flow.clock.advance(Duration.ofHours(-5));
        flow.restart();
        flow.pass(Duration.ofMinutes(31));
        assertThat(flow.actions("boss")).hasSize(1);
        flow.pass(Duration.ofHours(12));
        assertNothingMore();
    }

    @Test
    void shouldSendAStepOnceWhenTheClockJumpsForwardAndBack() {
        start(RULE);
        flow.urgentMail("m1");
        flow.clock.advance(Duration.ofDays(10_000));
        flow.tick();
        assertThat(flow.actions("phone")).hasSize(1);
        flow.clock.advance(Duration.ofDays(-10_000));
        flow.urgentMail("m1");
        flow.pass(Duration.ofMinutes(29));
        assertThat(flow.actions("boss")).isEmpty();
        flow.pass(Duration.ofMinutes(2));
        assertThat(flow.actions("boss")).hasSize(1);
        assertThat(flow.actions("pager")).as("the mail is not forgotten").hasSize(1);
    }

    @Test
    void shouldKeepEachRecordOfManyOnItsTime() {
        start(RULE);
        for (int minute = 0; minute < 20; minute++) {
            flow.urgentMail("m" + minute);
            flow.pass(Duration.ofMinutes(1));
        }
        assertThat(flow.actions("phone"))
                .extracting(Action::getRecord)
                .containsExactly("m0", "m1", "m2", "m3", "m4", "m5");
        flow.pass(Duration.ofMinutes(14));
        assertThat(flow.actions("phone")).hasSize(14);
    }

    private void assertNothingMore() {
        assertThat(flow.actions("pager").size()
                        + flow.actions("phone").size()
                        + flow.actions("boss").size())
                .isZero();
    }
}
