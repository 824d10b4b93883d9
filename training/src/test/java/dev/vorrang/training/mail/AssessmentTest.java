package dev.vorrang.training.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.vorrang.scoring.mail.MailText;
import dev.vorrang.scoring.mail.model.MailCard;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AssessmentTest {

    private static final LabelledMails DATA =
            new LabelledMails(List.of(), Map.of("topic", List.of("a", "b")), List.of("mails.csv", "strangers.csv"));

    /** Answers from unsure to sure, one in ten of them wrong. */
    private static Assessment answers(int count) {
        Assessment assessment = Assessment.none(DATA);
        for (int i = 0; i < count; i++) {
            add(assessment, 0, i % 10 == 0 ? 1 : 0, (1 + i) * 6f / count);
        }
        return assessment;
    }

    private static Assessment withStrangers(int count) {
        Assessment assessment = answers(count);
        for (int i = 0; i < count; i++) {
            add(assessment, 1, LabelledMail.OUTSIDE, 9);
        }
        return assessment;
    }

    private static void add(Assessment assessment, int dataSet, int label, float logit) {
        var mail = new LabelledMail(new MailText("", ""), dataSet, new int[] {label});
        assessment.add(List.of(mail), new float[][][] {{{logit, 0}}});
    }

    private static MailCard.Head head(Assessment assessment, double precision) {
        return assessment.heads(DATA, precision).get("topic");
    }

    @Test
    void shouldNotCountStrangersInTemperatureLossOrFigures() {
        Assessment alone = answers(200);
        Assessment both = withStrangers(200);
        assertThat(head(both, 0.9).temperature()).isEqualTo(head(alone, 0.9).temperature());
        assertThat(both.loss()).isEqualTo(alone.loss());
        assertThat(both.figures(DATA, both.heads(DATA, 0.9))).singleElement().satisfies(figure -> {
            assertThat(figure.data()).isEqualTo("mails.csv");
            assertThat(figure.rows()).isEqualTo(200);
            assertThat(figure.accuracy()).isEqualTo(0.9);
        });
    }

    @Test
    void shouldAbstainAgainstStrangersAlsoWhereThereWereNone() {
        MailCard.Head head = head(withStrangers(200), 0.5);
        assertThat(head.threshold()).isPositive();
        assertThat(withStrangers(200)
                        .figures(DATA, Map.of("topic", head))
                        .get(0)
                        .abstained())
                .isEqualTo(0.045);
        assertThat(head(answers(200), 0.5).threshold()).isEqualTo(head.threshold());
    }

    @Test
    void shouldAbstainMoreForAHigherPrecision() {
        assertThat(head(answers(200), 0.99).threshold())
                .isGreaterThan(head(answers(200), 0.9).threshold());
    }

    @Test
    void shouldStateThePrecisionThatIsReachedAsTheMeanOfTheDataSets() {
        Assessment assessment = Assessment.none(DATA);
        for (int i = 0; i < 100; i++) {
            add(assessment, 0, i % 10 == 0 ? 1 : 0, 5);
        }
        for (int i = 0; i < 20; i++) {
            add(assessment, 1, i % 2, 5);
        }

        assertThat(head(assessment, 0.99).precision()).hasValue(0.7);
    }

    @Test
    void shouldNotBeMadeSurerByFewRows() {
        var fewRight = Assessment.none(DATA);
        var manyRight = Assessment.none(DATA);
        for (int i = 0; i < 100; i++) {
            add(i < 49 ? fewRight : manyRight, 0, 0, 1);
            add(manyRight, 0, 0, 1);
        }
        assertThat(head(fewRight, 0.9).temperature()).isEqualTo(1);
        assertThat(head(manyRight, 0.9).temperature()).isLessThan(0.2);
    }

    @Test
    void shouldAnswerWhatIsAsSureAsASoftmaxInSinglePrecisionCanBe() {
        var right = Assessment.none(DATA);
        for (int i = 0; i < 200; i++) {
            add(right, 0, 0, 9);
        }

        assertThat(head(right, 0.9).threshold()).isBetween(0.99, (double) Math.nextDown(Math.nextDown(1f)));
    }

    @Test
    void shouldNotAbstainWithoutAnyRow() {
        MailCard.Head head = head(Assessment.none(DATA), 0.9);
        assertThat(head.temperature()).isEqualTo(1);
        assertThat(head.threshold()).isZero();
        assertThat(head.precision()).isEmpty();
    }

    @Test
    void shouldAverageTheLossOverDataSets() {
        Assessment assessment = Assessment.none(DATA);
        var losses = new ArrayList<Double>();
        for (int i = 0; i < 60; i++) {
            add(assessment, i < 50 ? 0 : 1, i % 3 == 0 ? 1 : 0, 1);
        }
        double temperature = head(assessment, 0.9).temperature();
        var right = new Calibration.Answer(new float[] {1, 0}, 0);
        var wrong = new Calibration.Answer(new float[] {1, 0}, 1);
        // Wrong are 17 of the 50 rows of the first set, and 3 of the 10 of the second.
        losses.add(0.34 * wrong.loss(temperature) + 0.66 * right.loss(temperature));
        losses.add(0.3 * wrong.loss(temperature) + 0.7 * right.loss(temperature));
        assertThat(assessment.loss()).isCloseTo((losses.get(0) + losses.get(1)) / 2, within(1e-9));
    }
}
