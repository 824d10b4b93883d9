package dev.vorrang.scoring.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vorrang.schemas.ModelRef;
import dev.vorrang.scoring.engine.Prediction;
import dev.vorrang.scoring.engine.batch.BatchSettings;
import dev.vorrang.scoring.engine.batch.ModelFailingException;
import dev.vorrang.scoring.engine.batch.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StepScorerTest {

    private static final float POISON = 13;
    private static final BatchSettings BATCH = BatchSettings.defaults().withFailureLimit(5);

    @Test
    void shouldGiveTheOutputsOfTheModelsThatWereAsked() {
        var scorer = new StepScorer(List.of(new Adding(1), new Adding(10)), BATCH);

        var outcomes =
                scorer.predict(List.of(step(1f, 2f), step(3f, null), step(null, null), List.of(), step(null, 4f)));

        assertThat(outcomes.stream().map(StepScorerTest::outputs))
                .containsExactly(List.of(2f, 12f), List.of(4f), List.of(), List.of(), List.of(14f));
    }

    @Test
    void shouldFailTheStepsThatOneModelFailsFor() {
        var scorer = new StepScorer(List.of(new Adding(1), new Adding(10)), BATCH);

        var outcomes = scorer.predict(List.of(step(1f, 2f), step(1f, POISON), step(POISON, 2f), step(2f, 3f)));

        assertThat(outcomes.get(1)).isInstanceOf(Outcome.Failed.class);
        assertThat(((Outcome.Failed<Prediction<List<float[]>>>) outcomes.get(2)).cause())
                .hasMessage("poison");
        assertThat(outputs(outcomes.get(0))).containsExactly(2f, 12f);
        assertThat(outputs(outcomes.get(3))).containsExactly(3f, 13f);
    }

    @Test
    void shouldFindOutAModelThatAlwaysFailsWhileOthersScore() {
        var broken = new Adding(10);
        broken.broken = true;
        var scorer = new StepScorer(List.of(new Adding(1), broken), BATCH);

        assertThatThrownBy(() -> scorer.predict(List.of(step(1f, null), step(1f, 2f))))
                .isInstanceOf(ModelFailingException.class)
                .hasMessageContaining("device lost");
        scorer.predict(List.of(step(1f, null), step(null, null)));
        assertThatThrownBy(() -> scorer.predict(List.of(step(1f, 2f))))
                .as("also after steps that do not ask it")
                .isInstanceOf(ModelFailingException.class);
    }

    @Test
    void shouldTakeAModelForBrokenThatGivesNoScores() {
        var model = new Adding(Float.NaN);
        var scorer = new StepScorer(List.of(model), BATCH);

        assertThatThrownBy(() -> scorer.predict(List.of(step(1f), step(2f))))
                .isInstanceOf(ModelFailingException.class)
                .hasMessageContaining("NaN");
    }

    @Test
    void shouldFailOnlyTheStepThatGetsNoScore() {
        var scorer = new StepScorer(List.of(new Adding(1)), BATCH);

        var outcomes = scorer.predict(List.of(step(1f), step(Float.NaN), step(2f)));

        assertThat(outcomes.get(1)).isInstanceOf(Outcome.Failed.class);
        assertThat(outputs(outcomes.get(2))).containsExactly(3f);
    }

    @Test
    void shouldTakeAModelForBrokenThatFailsForTooManyInARow() {
        var scorer = new StepScorer(List.of(new Adding(1)), BATCH);
        var poison = IntStream.range(0, 6).mapToObj(i -> step(POISON)).toList();

        assertThatThrownBy(() -> scorer.predict(poison))
                .isInstanceOf(ModelFailingException.class)
                .hasMessageContaining("6 records in a row");
    }

    private static List<Optional<ModelInput>> step(Float... values) {
        var inputs = new ArrayList<Optional<ModelInput>>();
        for (Float value : values) {
            inputs.add(Optional.ofNullable(value).map(each -> new ModelInput(new float[] {each}, 1)));
        }
        return inputs;
    }

    private static List<Float> outputs(Outcome<Prediction<List<float[]>>> outcome) {
        return ((Outcome.Scored<Prediction<List<float[]>>>) outcome)
                .score().value().stream().map(output -> output[0]).toList();
    }

    /** Adds a number to the value of the input. */
    private static final class Adding implements MachineModel {

        private final float number;
        private boolean broken;

        Adding(float number) {
            this.number = number;
        }

        @Override
        public List<float[]> apply(List<ModelInput> inputs) {
            if (broken) {
                throw new IllegalStateException("device lost");
            }
            return inputs.stream()
                    .map(input -> {
                        if (input.values()[0] == POISON) {
                            throw new IllegalArgumentException("poison");
                        }
                        return new float[] {input.values()[0] + number};
                    })
                    .toList();
        }

        @Override
        public ModelInput probe() {
            return new ModelInput(new float[1], 1);
        }

        @Override
        public void check(float[] output) {
            if (!Float.isFinite(output[0])) {
                throw new IllegalStateException("output " + output[0] + ": allowed is a number");
            }
        }

        @Override
        public ModelRef reference() {
            return new ModelRef("adding", Float.toString(number));
        }

        @Override
        public ModelMemory memory() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void close() {
            // Holds nothing.
        }
    }
}
