package dev.vorrang.training.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class FeatureScaleTest {

    private static final List<float[]> ROWS =
            List.of(new float[] {100, 0.001f, 7}, new float[] {104, 0.003f, 7}, new float[] {108, 0.005f, 7});

    @Test
    void shouldGiveEachFeatureTheMeanZeroAndTheDeviationOne() {
        List<float[]> scaled = ROWS.stream().map(FeatureScale.of(ROWS)::apply).toList();
        float edge = (float) Math.sqrt(1.5);
        assertThat(scaled.get(0)).containsExactly(new float[] {-edge, -edge, 0}, within(1e-4f));
        assertThat(scaled.get(1)).containsExactly(new float[] {0, 0, 0}, within(1e-4f));
        assertThat(scaled.get(2)).containsExactly(new float[] {edge, edge, 0}, within(1e-4f));
    }

    @Test
    void shouldMakeAHeadForFeaturesAsTheyAreThatAnswersTheSame() {
        var scale = FeatureScale.of(ROWS);
        var learnt = new LinearHead(new float[][] {{1, -2}, {0.5f, 3}, {4, 4}}, new float[] {0.1f, -0.7f});
        LinearHead served = scale.unscaled(learnt);
        for (float[] row : ROWS) {
            assertThat(logits(served, row)).containsExactly(logits(learnt, scale.apply(row)), within(1e-4f));
        }
    }

    private static float[] logits(LinearHead head, float[] row) {
        float[] logits = head.bias().clone();
        for (int feature = 0; feature < row.length; feature++) {
            for (int label = 0; label < logits.length; label++) {
                logits[label] += row[feature] * head.weights()[feature][label];
            }
        }
        return logits;
    }
}
