package dev.vorrang.training.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.vorrang.scoring.mail.MailText;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FeatureWeightsTest {

    private static final List<int[]> FEATURES = List.of(new int[] {1, 1, 2}, new int[] {2}, new int[] {12, 2});
    private static final List<LabelledMail> MAILS = Stream.of(0, 1, 1)
            .map(label -> new LabelledMail(new MailText("", ""), 0, new int[] {label}))
            .toList();
    private static final FeatureWeights WEIGHTS = FeatureWeights.of(MAILS, FEATURES, 10, List.of(2));

    @Test
    void shouldWeighARowByItsRarityAndItsInformation() {
        // Row 1 is in one of three mails; row 2, which feature 12 is sent to as well, in all of them, and so tells
        // nothing.
        double information = new FeatureInformation(MAILS, FEATURES, 10, 0, 2).of(1);
        assertThat(WEIGHTS.of(1))
                .isCloseTo((float) ((1 + Math.log(4.0 / 2)) * Math.cbrt(0.02 + information)), within(1e-6f));
        assertThat(WEIGHTS.of(2)).isCloseTo((float) Math.cbrt(0.02), within(1e-6f));
        assertThat(WEIGHTS.of(3)).isZero();
    }

    @Test
    void shouldAddUpTheInformationOnAllHeads() {
        List<LabelledMail> twice = MAILS.stream()
                .map(mail -> new LabelledMail(mail.text(), 0, new int[] {mail.labels()[0], mail.labels()[0]}))
                .toList();
        double information = new FeatureInformation(MAILS, FEATURES, 10, 0, 2).of(1);
        assertThat(FeatureWeights.of(twice, FEATURES, 10, List.of(2, 2)).of(1))
                .isCloseTo((float) ((1 + Math.log(4.0 / 2)) * Math.cbrt(0.02 + 2 * information)), within(1e-6f));
    }

    @Test
    void shouldMeasureTheLengthOfAMail() {
        double one = WEIGHTS.of(1);
        double two = WEIGHTS.of(2);
        assertThat(WEIGHTS.norm(new int[] {1, 1, 2, 5}))
                .isCloseTo((float) Math.sqrt(2 * one * one + two * two), within(1e-6f));
        assertThat(WEIGHTS.norm(new int[] {5})).isEqualTo(1);
        assertThat(WEIGHTS.norm(new int[0])).isEqualTo(1);
    }

    @Test
    void shouldFeedAMailWithALengthOfOne() {
        try (var fed = new FedMails(List.of(new int[] {1, 2}, new int[0], new int[] {5}), WEIGHTS, 10)) {
            assertThat(fed.size().getInt()).isEqualTo(3);
            assertThat(fed.mails().getInt(2)).isEqualTo(2);
            double first = fed.weights().getFloat(0);
            double second = fed.weights().getFloat(1);
            assertThat(first * first + second * second).isCloseTo(1, within(1e-6));
            assertThat(fed.weights().getFloat(2)).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 5_000, 100_000, 600_000})
    void shouldCountDifferentFeaturesToTwoPercent(int count) {
        var random = new Random(6);
        int[] features = random.ints(count, 0, TextFeatures.NUMBERS).distinct().toArray();
        // Each mail has them all: features that repeat count once.
        assertThat(FeatureWeights.different(Stream.of(features, features)))
                .isCloseTo(features.length, Percentage.withPercentage(2));
    }
}
