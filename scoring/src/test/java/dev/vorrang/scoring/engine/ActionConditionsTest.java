package dev.vorrang.scoring.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vorrang.schemas.Action;
import dev.vorrang.schemas.AlertState;
import dev.vorrang.schemas.Priority;
import dev.vorrang.schemas.Reason;
import dev.vorrang.schemas.Stage;
import dev.vorrang.schemas.serde.AvroSerdes;
import dev.vorrang.scoring.action.ActionEnvironment;
import dev.vorrang.scoring.action.ActionRule;
import dev.vorrang.scoring.action.ActionSettings;
import dev.vorrang.scoring.action.ActionTopology;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which records are acted on. */
class ActionConditionsTest {

    @TempDir
    private Path folder;

    private ActionFlow flow(ActionRule... rules) {
        return new ActionFlow(folder, ActionFlow.NOON, ActionSettings.of(List.of(rules)));
    }

    @Test
    void shouldActOnWhatMeetsTheCondition() {
        try (var flow = flow(
                ActionRule.of("page", "mail", "priority == \"URGENT\" && \"urgent\" in queues", "pager"),
                ActionRule.of("ticket", "mail", "topic == \"outage\"", "tickets"),
                ActionRule.of("lamp", "machine", "kind == \"FAULT\" && peak > 0.8", "lamp"))) {
            flow.urgentMail("m1");
            flow.mail("m2", Priority.LOW);
            flow.alert("a1", AlertState.RAISED);

            assertThat(flow.actions("pager")).extracting(Action::getRecord).containsExactly("m1");
            assertThat(flow.actions("tickets")).extracting(Action::getRecord).containsExactly("m1", "m2");
            assertThat(flow.actions("lamp")).extracting(Action::getRecord).containsExactly("a1");
            assertThat(flow.undecided()).isEmpty();
        }
    }

    @Test
    void shouldTellSinksAboutTheRecord() {
        try (var flow = flow(ActionRule.of("page", "mail", "true", "pager"))) {
            flow.urgentMail("m1");

            Action action = flow.actions("pager").get(0);
            assertThat(action.getId()).matches("[0-9a-f]{32}");
            assertThat(action.getName()).isEqualTo("page");
            assertThat(action.getStream()).isEqualTo("mail");
            assertThat(action.getTitle()).isEqualTo("Subject of m1");
            assertThat(action.getSeverity()).isEqualTo(Priority.URGENT);
            assertThat(action.getRecordKey()).isEqualTo("thread of m1");
            assertThat(action.getCount()).isEqualTo(1);
            assertThat(action.getCreatedAt()).isEqualTo(ActionFlow.NOON);
            assertThat(action.getFields())
                    .containsEntry("id", "m1")
                    .containsEntry("priority", "URGENT")
                    .containsEntry("topic", "outage")
                    .containsEntry("topics", "outage=0.9, billing=0.1")
                    .containsEntry("queues", "urgent")
                    .containsEntry("sender", "customer@example.org")
                    .containsKeys("source", "subject");
        }
    }

    @Test
    void shouldActOnceOnEachAlertWhateverChangesOfIt() {
        try (var flow = flow(ActionRule.of("lamp", "machine", "true", "lamp"))) {
            flow.alert("a1", AlertState.RAISED);
            flow.alert("a1", AlertState.UPDATED);
            flow.alert("a2", AlertState.RAISED);
            flow.alert("a1", AlertState.CLEARED);

            assertThat(flow.actions("lamp")).extracting(Action::getRecord).containsExactly("a1", "a2");
        }
    }

    @Test
    void shouldNotActOnWhatIsOld() {
        try (var flow = flow(ActionRule.of("page", "mail", "true", "pager"))) {
            flow.send(flow.mail("old")
                    .setReceivedAt(ActionFlow.NOON.minus(Duration.ofHours(25)))
                    .build());
            flow.send(flow.mail("fresh")
                    .setReceivedAt(ActionFlow.NOON.minus(Duration.ofHours(23)))
                    .build());
            flow.send(flow.mail("future")
                    .setReceivedAt(Instant.parse("9999-01-01T00:00:00Z"))
                    .build());

            assertThat(flow.actions("pager")).extracting(Action::getRecord).containsExactly("fresh", "future");
        }
    }

    @Test
    void shouldDecideTheOtherActionsIfAConditionFails() {
        try (var flow = flow(
                ActionRule.of("broken", "mail", "topics[\"nothing\"] > 0.5", "pager"),
                ActionRule.of("whole", "mail", "true", "pager"))) {
            flow.urgentMail("m1");

            assertThat(flow.actions("pager")).extracting(Action::getName).containsExactly("whole");
            assertThat(flow.undecided()).singleElement().satisfies(letter -> {
                assertThat(letter.getStage()).isEqualTo(Stage.POLICY);
                assertThat(letter.getMessage()).contains("action 'broken'").contains("nothing");
                assertThat(letter.getPosition().getTopic()).isEqualTo("mail.scored");
            });
        }
    }

    @Test
    void shouldGoOnAfterWhatCannotBeRead() {
        try (var flow = flow(ActionRule.of("page", "mail", "true", "pager"))) {
            flow.sendBytes(ActionFlow.TOPICS.mailScored(), "key", new byte[] {0, 1, 2});
            flow.sendBytes(ActionFlow.TOPICS.mailScored(), null, null);
            flow.sendBytes(ActionFlow.TOPICS.deskEvents(), "key", new byte[] {7});
            flow.urgentMail("m1");

            assertThat(flow.undecided()).extracting(letter -> letter.getStage()).containsOnly(Stage.DECODE);
            assertThat(flow.actions("pager")).hasSize(1);
        }
    }

    @Test
    void shouldRefuseAConditionThatAsksForWhatIsNotThere() {
        assertThatThrownBy(() -> flow(ActionRule.of("page", "mail", "prioritty == \"URGENT\"", "pager")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("action 'page'")
                .hasMessageContaining("prioritty")
                .hasMessageContaining("allowed is a CEL expression");
    }

    @Test
    void shouldGoOnAfterWhatIsTooLarge() {
        try (var flow = flow(ActionRule.of("page", "mail", "true", "pager"))) {
            flow.send(flow.mail("long").setSubject("x".repeat(900_000)).build());
            flow.send(flow.mail("x".repeat(501)).build());
            flow.send(flow.mail("many").setReasonDetails(many()).build());
            flow.urgentMail("m1");

            assertThat(flow.actions("pager")).extracting(Action::getRecord).containsExactly("long", "m1");
            assertThat(flow.undecided())
                    .extracting(letter -> letter.getMessage())
                    .satisfiesExactly(
                            message -> assertThat(message).contains("id of 501 characters: allowed are 1 to 500"),
                            message -> assertThat(message)
                                    .contains("action 'page' of")
                                    .contains("allowed are 100000"));
        }
    }

    private static List<Reason> many() {
        return Collections.nCopies(1_000, new Reason("code", Map.of(), "y".repeat(200)));
    }

    @Test
    void shouldNeedNoStreamForWhatPeopleDo() {
        var environment = new ActionEnvironment(
                ActionFlow.TOPICS, new AvroSerdes(new FixedRegistry()), new SimpleMeterRegistry(), Clock.systemUTC());

        var topology = ActionTopology.build(ActionSettings.of(List.of()), List.of(), environment);

        assertThat(topology.describe().toString()).contains("desk.events").doesNotContain("mail.scored");
    }
}
