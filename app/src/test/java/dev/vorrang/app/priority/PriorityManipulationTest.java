package dev.vorrang.app.priority;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.vorrang.schemas.Priority;
import dev.vorrang.scoring.mail.PriorityDecision;
import dev.vorrang.scoring.mail.model.MailModel;
import dev.vorrang.scoring.model.ModelOptions;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Nothing in a mail may claim privilege: the model that ships, the decoder and the default weights, on ordinary mails. */
class PriorityManipulationTest {

    private static MailModel model;
    private static Moves moves;

    @BeforeAll
    static void loadTheModelThatShips() {
        model = MailModel.load(
                Path.of("../models/mail-triage/3"), ModelOptions.defaults().withExplain(false));
        moves = new Moves(model);
    }

    @AfterAll
    static void closeTheModel() {
        model.close();
    }

    @ParameterizedTest
    @EnumSource
    void shouldMoveTheScoreNoFurtherThanStated(Manipulation manipulation) {
        assertThat(moves.of(manipulation)).allSatisfy(move -> assertThat(move.score())
                .as(move.toString())
                .isBetween(-Manipulation.MOST_MOVE, Manipulation.MOST_MOVE));
    }

    @ParameterizedTest
    @EnumSource
    void shouldNotMakeAQuestionUrgent(Manipulation manipulation) {
        List<PriorityDecision> verdicts = moves.judge(
                OrdinaryMails.INFORMATION.stream().map(manipulation::of).toList());

        assertThat(verdicts).extracting(PriorityDecision::level).doesNotContain(Priority.URGENT);
    }

    /** One of the six becomes URGENT, as docs/priority.md states. */
    @Test
    void shouldMakeNoMoreThanOneQuestionUrgentByAllMeansTogether() {
        var all = OrdinaryMails.INFORMATION.stream()
                .map(mail -> {
                    var changed = mail;
                    for (var manipulation : Manipulation.values()) {
                        changed = manipulation.of(changed);
                    }
                    return changed;
                })
                .toList();

        assertThat(moves.judge(all))
                .filteredOn(decision -> decision.level() == Priority.URGENT)
                .hasSizeLessThanOrEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(names = {"HIDDEN", "HEADERS"})
    void shouldTakeNoNoticeOfWhatNobodySees(Manipulation manipulation) {
        for (var mail : OrdinaryMails.INFORMATION) {
            assertThat(manipulation.of(mail).received().getText())
                    .isEqualTo(mail.received().getText());
        }
        assertThat(moves.of(manipulation))
                .allSatisfy(move -> assertThat(move.score()).isCloseTo(0, within(1e-6)));
    }

    @Test
    void shouldStillSeeARealEmergency() {
        var verdicts = moves.judge(List.of(
                Draft.of("Fire", "There is a fire in the warehouse and two people are trapped inside. Please help!"),
                Draft.of("Brand", "Im Lager brennt es und zwei Personen sind eingeschlossen. Bitte helfen Sie!")));

        assertThat(verdicts).extracting(PriorityDecision::level).containsOnly(Priority.URGENT);
    }
}
