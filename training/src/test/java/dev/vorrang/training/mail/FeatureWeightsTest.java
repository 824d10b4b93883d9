package dev.vorrang.training.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FeatureWeightsTest {

    private static final List<int[]> MAILS = List.of(new int[] {1, 1, 2}, new int[] {2}, new int[] {12, 2});

    @Test
    void shouldWeighARowByTheMailsThatHaveIt() {
        // Row 1 is in one of three mails; row 2, which feature 12 is sent to as well, in all of them.
        FeatureWeights weights = FeatureWeights.of(MAILS, 10);
        assertThat(weights.of(1)).isCloseTo((float) (1 + Math.log(4.0 / 2)), within(1e-6f));
        assertThat(weights.of(2)).isEqualTo(1);
        assertThat(weights.of(3)).isZero();
    }

    @Test
    void shouldMeasureTheLengthOfAMail() {
        FeatureWeights weights = FeatureWeights.of(MAILS, 10);
        double rare = 1 + Math.log(2);
        assertThat(weights.norm(new int[] {1, 1, 2, 5}))
                .isCloseTo((float) Math.sqrt(2 * rare * rare + 1), within(1e-6f));
        assertThat(weights.norm(new int[] {5})).isEqualTo(1);
        assertThat(weights.norm(new int[0])).isEqualTo(1);
    }

    @Test
    void shouldFeedAMailWithALengthOfOne() {
        try (var fed =
                new FedMails(List.of(new int[] {1, 2}, new int[0], new int[] {5}), FeatureWeights.of(MAILS, 10), 10)) {
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
        assertThat(FeatureWeights.different(List.of(features, features)))
                .isCloseTo(features.length, Percentage.withPercentage(2));
    }
}
