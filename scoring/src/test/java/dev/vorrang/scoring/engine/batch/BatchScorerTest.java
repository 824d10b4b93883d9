package dev.vorrang.scoring.engine.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class BatchScorerTest {

    private static final int PROBE = -1;

    private final List<List<Integer>> calls = new ArrayList<>();

    @Property(tries = 300)
    void shouldBlameExactlyTheGuiltyAndScoreTheRestInOrder(
            @ForAll @Size(max = 80) List<@IntRange(max = 1000) Integer> inputs,
            @ForAll Set<@IntRange(max = 1000) Integer> guilty) {
        var scorer = new BatchScorer<>(failingFor(guilty), PROBE, 1_000);

        var outcomes = scorer.score(inputs);

        assertThat(outcomes).hasSameSizeAs(inputs);
        for (int i = 0; i < inputs.size(); i++) {
            if (guilty.contains(inputs.get(i))) {
                assertThat(outcomes.get(i)).isInstanceOf(Outcome.Failed.class);
                assertThat(((Outcome.Failed<String>) outcomes.get(i)).cause()).hasMessage("guilty");
            } else {
                assertThat(outcomes.get(i)).isEqualTo(new Outcome.Scored<>("score " + inputs.get(i)));
            }
        }
    }

    @Test
    void shouldCallOnceForAGoodBatch() {
        new BatchScorer<>(failingFor(Set.of()), PROBE, 10).score(List.of(1, 2, 3));

        assertThat(calls).containsExactly(List.of(1, 2, 3));
    }

    @Test
    void shouldFindOneGuiltyInFewCalls() {
        new BatchScorer<>(failingFor(Set.of(77)), PROBE, 10)
                .score(IntStream.range(0, 256).boxed().toList());

        assertThat(calls).hasSizeLessThan(3 * 8 + 5);
    }

    @Test
    void shouldScoreAllWhenOnlyTheSizeOfTheBatchIsToBlame() {
        BatchFunction<Integer, String> small = inputs -> {
            if (inputs.size() > 3) {
                throw new IllegalStateException("out of memory");
            }
            return inputs.stream().map(input -> "score " + input).toList();
        };

        var outcomes = new BatchScorer<>(small, PROBE, 1).score(List.of(1, 2, 3, 4, 5, 6, 7, 8, 9));

        assertThat(outcomes).hasSize(9).allMatch(Outcome.Scored.class::isInstance);
    }

    @Test
    void shouldBlameNobodyWhenTheModelIsBroken() {
        BatchFunction<Integer, String> broken = inputs -> {
            calls.add(inputs);
            throw new IllegalStateException("device lost");
        };
        var scorer = new BatchScorer<>(broken, PROBE, 10);

        assertThatThrownBy(() -> scorer.score(List.of(1, 2, 3)))
                .isInstanceOf(ModelFailingException.class)
                .hasMessageContaining("device lost");
        assertThat(calls).as("the batch and the probe").hasSize(2);
    }

    @Test
    void shouldTakeTheModelForBrokenWhenTooManyInARowFailAlthoughTheProbeDoesNot() {
        var everything = Set.copyOf(IntStream.range(0, 100).boxed().toList());
        var scorer = new BatchScorer<>(failingFor(everything), PROBE, 5);
        for (int i = 0; i < 5; i++) {
            assertThat(scorer.score(List.of(i)).get(0)).isInstanceOf(Outcome.Failed.class);
        }

        assertThatThrownBy(() -> scorer.score(List.of(5)))
                .isInstanceOf(ModelFailingException.class)
                .hasMessageContaining("6 records in a row");
        assertThatThrownBy(() -> scorer.score(List.of(5)))
                .as("and stays so until it scores again")
                .isInstanceOf(ModelFailingException.class);
        scorer.score(List.of(200));
        assertThat(scorer.score(List.of(5)).get(0)).isInstanceOf(Outcome.Failed.class);
    }

    @Test
    void shouldForgiveAFailureThatPasses() {
        var failures = new int[] {1};
        BatchFunction<Integer, String> flaky = inputs -> {
            if (failures[0]-- > 0) {
                throw new IllegalStateException("once");
            }
            return inputs.stream().map(input -> "score " + input).toList();
        };

        assertThat(new BatchScorer<>(flaky, PROBE, 10).score(List.of(1)))
                .containsExactly(new Outcome.Scored<>("score 1"));
    }

    @Test
    void shouldRefuseAModelThatGivesAnotherNumberOfScores() {
        var scorer = new BatchScorer<Integer, String>(inputs -> List.of("one", "two"), PROBE, 10);

        assertThatThrownBy(() -> scorer.score(List.of(1, 2, 3)))
                .isInstanceOf(ModelFailingException.class)
                .hasMessageContaining("2 scores for 1 records");
    }

    @Test
    void shouldProbeWithTheInputThatWasLastScored() {
        var scorer = new BatchScorer<>(failingFor(Set.of(9)), PROBE, 10);
        scorer.score(List.of(1, 2));

        scorer.score(List.of(9));

        assertThat(calls).containsExactly(List.of(1, 2), List.of(9), List.of(2), List.of(9));
    }

    private BatchFunction<Integer, String> failingFor(Set<Integer> guilty) {
        return inputs -> {
            calls.add(inputs);
            if (inputs.stream().anyMatch(guilty::contains)) {
                throw new IllegalArgumentException("guilty");
            }
            return inputs.stream().map(input -> "score " + input).toList();
        };
    }
}
