package dev.vorrang.scoring.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.vorrang.schemas.Automatic;
import dev.vorrang.scoring.mail.MailPrediction.Head;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class PriorityPolicyProperties {

    private static final double CLOSE = 1e-6;

    private final PriorityPolicy policy = PriorityPolicy.of(PrioritySettings.defaults());

    @Property
    void shouldStayBetweenZeroAndOneWithReasonsInOrder(
            @ForAll("probabilities") float[] topics,
            @ForAll Automatic automatic,
            @ForAll @DoubleRange(min = 0, max = 1) double negative,
            @ForAll @IntRange(max = 1000) int repeats) {
        var mail = Mails.mail().setAutomatic(automatic).build();

        var decision = policy.judge(mail, prediction(topics, negative), repeats);

        assertThat(decision.score()).isBetween(0f, 1f);
        assertThat(strengths(decision)).isSortedAccordingTo(Collections.reverseOrder());
    }

    @Property
    void shouldRiseWithNegativeSentiment(
            @ForAll("probabilities") float[] topics,
            @ForAll @DoubleRange(min = 0, max = 1) double one,
            @ForAll @DoubleRange(min = 0, max = 1) double other) {
        assertThat(score(topics, Math.min(one, other), 1))
                .isLessThanOrEqualTo(above(score(topics, Math.max(one, other), 1)));
    }

    @Property
    void shouldRiseWithRepeats(
            @ForAll("probabilities") float[] topics,
            @ForAll @IntRange(max = 20) int one,
            @ForAll @IntRange(max = 20) int other) {
        assertThat(score(topics, 0.5, Math.min(one, other)))
                .isLessThanOrEqualTo(above(score(topics, 0.5, Math.max(one, other))));
    }

    @Property
    void shouldRiseWhenProbabilityMovesToAMoreUrgentTopic(
            @ForAll("probabilities") float[] topics, @ForAll @DoubleRange(min = 0, max = 1) double share) {
        var moved = topics.clone();
        float part = (float) (moved[1] * share);
        // From praise to emergency.
        moved[1] -= part;
        moved[3] += part;

        assertThat(score(topics, 0.5, 0)).isLessThanOrEqualTo(above(score(moved, 0.5, 0)));
    }

    @Property
    void shouldNotJumpWhenProbabilitiesMoveALittle(
            @ForAll("probabilities") float[] topics, @ForAll @DoubleRange(min = 0, max = 0.01) double step) {
        var moved = topics.clone();
        float part = (float) Math.min(moved[0], step);
        moved[0] -= part;
        moved[2] += part;

        assertThat(score(moved, 0.5, 0)).isCloseTo(score(topics, 0.5, 0), within((float) (step + CLOSE)));
    }

    @Property
    void shouldLetTheModelsPriorityMoveTheScoreByHalfAtMost(
            @ForAll("probabilities") float[] topics,
            @ForAll @DoubleRange(min = 0, max = 1) double negative,
            @ForAll @DoubleRange(min = 0, max = 1) double one,
            @ForAll @DoubleRange(min = 0, max = 1) double other) {
        var labels = List.of("very_low", "critical");
        var scores = List.of(one, other).stream()
                .map(critical -> Mails.head(labels, (float) (1 - critical), critical.floatValue()))
                .map(head -> new MailPrediction(
                        prediction(topics, negative).topic(),
                        prediction(topics, negative).sentiment(),
                        Optional.of(head)))
                .map(prediction ->
                        policy.judge(Mails.mail().build(), prediction, 0).score())
                .toList();

        assertThat(scores.get(0)).isCloseTo(scores.get(1), within(0.5f + (float) CLOSE));
    }

    @Property
    void shouldNotDependOnTheOrderOfSignals(
            @ForAll @Size(max = 8) List<@DoubleRange(min = -1, max = 1) Double> weights, @ForAll long seed) {
        var shuffled = new ArrayList<Integer>();
        for (int i = 0; i < weights.size(); i++) {
            shuffled.add(i);
        }
        var inOrder = signals(weights, shuffled);
        Collections.shuffle(shuffled, new Random(seed));
        var other = signals(weights, shuffled);

        assertThat(other.score()).isCloseTo(inOrder.score(), within(CLOSE)).isBetween(0.0, 1.0);
        assertThat(other.reasons()).containsExactlyInAnyOrderElementsOf(inOrder.reasons());
    }

    @Provide
    Arbitrary<float[]> probabilities() {
        return Arbitraries.floats()
                .between(0, 1)
                .list()
                .ofSize(Mails.TOPICS.size())
                .map(PriorityPolicyProperties::normalised);
    }

    private float score(float[] topics, double negative, int repeats) {
        return policy.judge(Mails.mail().build(), prediction(topics, negative), repeats)
                .score();
    }

    private static float above(float score) {
        return (float) (score + CLOSE);
    }

    private static MailPrediction prediction(float[] topics, double negative) {
        Head sentiment = Mails.head(Mails.SENTIMENTS, (float) negative, (float) (1 - negative), 0);
        return new MailPrediction(
                Optional.of(Mails.head(Mails.TOPICS, topics)), Optional.of(sentiment), Optional.empty());
    }

    private static Signals signals(List<Double> weights, List<Integer> order) {
        var signals = new Signals();
        order.forEach(i -> signals.add(MailReason.RULE, "signal " + i, Map.of(), weights.get(i)));
        return signals;
    }

    private static List<Double> strengths(PriorityDecision decision) {
        return decision.sentences().stream()
                .filter(reason -> reason.matches(".* [+-]\\d\\.\\d\\d"))
                .map(reason -> Math.abs(Double.parseDouble(reason.substring(reason.lastIndexOf(' ') + 1))))
                .toList();
    }

    private static float[] normalised(List<Float> weights) {
        float sum = 0;
        for (float weight : weights) {
            sum += weight;
        }
        var probabilities = new float[weights.size()];
        for (int i = 0; i < probabilities.length; i++) {
            probabilities[i] = sum > 0 ? weights.get(i) / sum : 1f / probabilities.length;
        }
        return probabilities;
    }
}
