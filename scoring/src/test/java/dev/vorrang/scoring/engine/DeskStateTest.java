package dev.vorrang.scoring.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vorrang.schemas.DeskEventType;
import dev.vorrang.schemas.DeskState;
import dev.vorrang.schemas.DeskStatus;
import dev.vorrang.scoring.action.ActionSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where a record stands after what people did. */
class DeskStateTest {

    @TempDir
    private Path folder;

    private ActionFlow flow;

    @BeforeEach
    void start() {
        flow = new ActionFlow(folder, ActionFlow.NOON, ActionSettings.of(List.of()));
    }

    @AfterEach
    void close() {
        flow.close();
    }

    @Test
    void shouldGiveARecordToWhoeverClaimsItFirst() {
        flow.desk("m1", DeskEventType.CLAIMED, "anna");
        flow.desk("m1", DeskEventType.CLAIMED, "ben");

        assertThat(flow.states()).singleElement().satisfies(state -> {
            assertThat(state.getStatus()).isEqualTo(DeskStatus.CLAIMED);
            assertThat(state.getHolder()).isEqualTo("anna");
            assertThat(state.getAcknowledgedBy()).isEqualTo("anna");
            assertThat(state.getEvents()).isEqualTo(1);
        });
        flow.desk("m1", DeskEventType.RELEASED, "ben");
        assertThat(flow.states()).as("only its holder gives it back").isEmpty();
        flow.desk("m1", DeskEventType.RELEASED, "anna");
        flow.desk("m1", DeskEventType.CLAIMED, "ben");
        assertThat(flow.states()).extracting(DeskState::getHolder).containsExactly(null, "ben");
    }

    @Test
    void shouldFinishAndReopen() {
        flow.desk("m1", DeskEventType.CLAIMED, "anna");
        flow.desk("m1", DeskEventType.DONE, "ben");
        flow.desk("m1", DeskEventType.CLAIMED, "carla");
        flow.desk("m1", DeskEventType.REOPENED, "carla");
        flow.desk("m1", DeskEventType.CLAIMED, "carla");

        assertThat(flow.states())
                .extracting(DeskState::getStatus)
                .containsExactly(DeskStatus.CLAIMED, DeskStatus.DONE, DeskStatus.OPEN, DeskStatus.CLAIMED);
    }

    @Test
    void shouldCountAnEventOnceAcrossRestarts() {
        var comment = flow.event("m1", DeskEventType.COMMENTED, "anna")
                .setComment("called back")
                .build();
        flow.send(comment);
        flow.send(comment);
        flow.restart();
        flow.send(comment);

        assertThat(flow.states()).isEmpty();
        flow.desk("m1", DeskEventType.COMMENTED, "anna");
        assertThat(flow.states()).extracting(DeskState::getComments).containsExactly(2);
    }

    @Test
    void shouldKeepTheLastCorrectionOfEachField() {
        flow.send(flow.event("m1", DeskEventType.CORRECTED, "anna")
                .setCorrections(Map.of("topic", "billing", "priority", "LOW"))
                .build());
        flow.send(flow.event("m1", DeskEventType.CORRECTED, "ben")
                .setCorrections(Map.of("topic", "outage"))
                .build());

        assertThat(flow.states())
                .last()
                .extracting(DeskState::getCorrections)
                .isEqualTo(Map.of("topic", "outage", "priority", "LOW"));
    }

    @Test
    void shouldRefuseWhatIsNotValid() {
        flow.send(flow.event("m1", DeskEventType.CLAIMED, "").build());
        flow.send(flow.event("m1", DeskEventType.UNKNOWN, "anna").build());
        flow.send(flow.event("m1", DeskEventType.CLAIMED, "anna")
                .setId("x".repeat(101))
                .build());

        assertThat(flow.states()).isEmpty();
        assertThat(flow.undecided())
                .extracting(letter -> letter.getMessage())
                .satisfiesExactly(
                        message -> assertThat(message).contains("who of 0 characters"),
                        message -> assertThat(message).contains("type UNKNOWN"),
                        message -> assertThat(message).contains("id of 101 characters: allowed are 1 to 100"));
    }

    @Test
    void shouldForgetARecordWhenNothingHappenedForLong() {
        flow.desk("m1", DeskEventType.CLAIMED, "anna");
        assertThat(flow.states()).hasSize(1);
        for (int day = 0; day < 31; day++) {
            flow.clock.advance(Duration.ofDays(1));
            flow.tick();
            flow.pass(Duration.ofMinutes(31));
        }

        assertThat(flow.states()).containsOnlyNulls().hasSize(1);
        assertThat(flow.stored("action-records")).isEmpty();
    }
}
