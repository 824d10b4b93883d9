package dev.vorrang.training.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.vorrang.training.mail.Calibration.Answer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CalibrationTest {

    /** Sure of itself with 0.9 at temperature 1, right in this many of ten. */
    private static List<Answer> answers(int rightOfTen) {
        var answers = new ArrayList<Answer>();
        float logit = (float) Math.log(9);
        for (int i = 0; i < 10; i++) {
            answers.add(new Answer(new float[] {logit, 0}, i < rightOfTen ? 0 : 1));
        }
        return answers;
    }

    @Test
    void shouldFindTheTemperatureAtWhichConfidenceIsAccuracy() {
        assertThat(Calibration.temperature(answers(9))).isCloseTo(1, within(1e-3));
        double temperature = Calibration.temperature(answers(7));
        assertThat(answers(7).get(0).confidence(temperature)).isCloseTo(0.7, within(1e-3));
    }

    @Test
    void shouldMeasureTheGapBetweenConfidenceAndAccuracy() {
        assertThat(Measures.calibrationError(answers(7), 1)).isCloseTo(0.2, within(1e-6));
        assertThat(Measures.calibrationError(answers(9), 1)).isCloseTo(0, within(1e-6));
    }

    @Test
    void shouldAbstainFromNothingWhenNineInTenAreRight() {
        assertThat(Calibration.threshold(answers(9), 1, 0.9)).isZero();
    }

    @Test
    void shouldAbstainFromTheLeastSureAnswersAndFromAFifthAtMost() {
        var answers = new ArrayList<Answer>();
        for (int i = 0; i < 100; i++) {
            // The ten least sure answers are wrong, the others right.
            answers.add(new Answer(new float[] {1 + i / 10f, 0}, i < 10 ? 1 : 0));
        }
        double threshold = Calibration.threshold(answers, 1, 0.9);
        assertThat(answers.stream().filter(answer -> answer.confidence(1) < threshold))
                .isEmpty();

        var worse = answers.stream()
                .map(answer -> new Answer(answer.logits(), answer.confidence(1) < 0.95 ? 1 : 0))
                .toList();
        double higher = Calibration.threshold(worse, 1, 0.9);
        assertThat(worse.stream().filter(answer -> answer.confidence(1) < higher))
                .hasSizeBetween(1, 20);
    }

    @Test
    void shouldAbstainJustAsOftenAsTheWantedPrecisionNeeds() {
        var answers = new ArrayList<Answer>();
        for (int i = 0; i < 100; i++) {
            // Of the ten least sure answers the odd ones are wrong: 95 in 100 are right.
            answers.add(new Answer(new float[] {1 + i / 10f, 0}, i < 10 && i % 2 == 1 ? 1 : 0));
        }
        // Without the first six, three of which were wrong, 92 of 94 are right, which is 0.979; without five 92 of 95.
        assertThat(withheld(answers, Calibration.threshold(answers, 1, 0.95))).isZero();
        assertThat(withheld(answers, Calibration.threshold(answers, 1, 0.975))).isEqualTo(6);
        assertThat(withheld(answers, Calibration.threshold(answers, 1, 1))).isEqualTo(10);
    }

    @Test
    void shouldAbstainOnFourAndAHalfPercentAgainstStrangers() {
        var answers = new ArrayList<Answer>();
        for (int i = 0; i < 200; i++) {
            answers.add(new Answer(new float[] {(i * 37 % 200 + 1) / 20f, 0}, 0));
        }
        for (double temperature : new double[] {0.5, 1, 3}) {
            double threshold = Calibration.thresholdAgainstStrangers(answers, temperature);
            assertThat(answers.stream().filter(answer -> answer.confidence(temperature) < threshold))
                    .hasSize(9);
        }
    }

    private static long withheld(List<Answer> answers, double threshold) {
        return answers.stream()
                .filter(answer -> answer.confidence(1) < threshold)
                .count();
    }

    @Test
    void shouldAverageF1OverTheLabelsThatOccur() {
        var answers = List.of(
                new Answer(new float[] {1, 0, 0}, 0),
                new Answer(new float[] {1, 0, 0}, 1),
                new Answer(new float[] {0, 1, 0}, 1));
        // Label 0: 2/(2+1) = 2/3; label 1: 2/(1+2) = 2/3; label 2 does not occur.
        assertThat(Measures.macroF1(answers)).isCloseTo(2.0 / 3, within(1e-9));
    }
}
