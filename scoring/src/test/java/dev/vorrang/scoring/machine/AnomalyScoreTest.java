package dev.vorrang.scoring.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.vorrang.scoring.machine.judge.Judgement;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AnomalyScoreTest {

    private static final List<String> SENSORS = List.of("flow", "current", "pressure");

    private static Judgement judgement(boolean warm, double score, int sensors) {
        var shares = new float[sensors];
        shares[sensors - 1] = 1;
        return new Judgement(warm, score, shares, List.of());
    }

    private static Optional<Finding.Anomaly> model(double score) {
        return Optional.of(new Finding.Anomaly(score, 0.99, SENSORS, new float[] {1, 0, 0}));
    }

    private static AnomalyScore score(Judgement judgement, Optional<Finding.Anomaly> model) {
        return AnomalyScore.of(judgement, SENSORS, model).orElseThrow();
    }

    @Test
    void shouldBeTheModelsUntilEnoughIsKnown() {
        assertThat(score(judgement(false, 0, 3), model(0.7)).value()).isEqualTo(0.7);
        assertThat(AnomalyScore.of(judgement(false, 0, 3), SENSORS, Optional.empty()))
                .isEmpty();
    }

    @Test
    void shouldBeTheModelsWhereThereIsNothingToCompareWith() {
        assertThat(score(judgement(true, 0.999, 2), model(0.3)).value()).isEqualTo(0.3);
    }

    @Test
    void shouldBeTheJudgementsWithoutAModel() {
        var score = score(judgement(true, 0.97, 3), Optional.empty());

        assertThat(score.value()).isEqualTo(0.97);
        assertThat(score.shares()).containsExactly(0, 0, 1);
        assertThat(score.sensors()).isEqualTo(SENSORS);
    }

    @Test
    void shouldBeThatOfWhoeverIsSurer() {
        var judged = score(judgement(true, 0.999, 3), model(0.5));
        var spike = score(judgement(true, 0.5, 3), model(0.9999));

        assertThat(judged.value()).isCloseTo(0.99875, within(1e-9));
        assertThat(judged.shares()).containsExactly(0, 0, 1);
        assertThat(spike.value()).isCloseTo(0.9995, within(1e-9));
        assertThat(spike.shares()).containsExactly(1, 0, 0);
    }

    @Test
    void shouldCallOneInAHundredHighWhereBothDo() {
        var random = new Random(1);
        var scores = new double[100_000];
        Arrays.setAll(scores, step -> score(judgement(true, random.nextDouble(), 3), model(random.nextDouble()))
                .value());

        assertThat(Arrays.stream(scores).filter(score -> score >= 0.99).count()).isBetween(900L, 1_100L);
        assertThat(Arrays.stream(scores)).allMatch(score -> score >= 0 && score < 1);
    }
}
