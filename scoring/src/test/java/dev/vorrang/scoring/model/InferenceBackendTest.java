package dev.vorrang.scoring.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vorrang.scoring.machine.model.MachineCard;
import dev.vorrang.scoring.machine.model.MachineModels;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** A model of this program that computes elsewhere. */
class InferenceBackendTest {

    private static final Path FOLDER = Path.of("../models/turbofan-rul/1");
    private static final ModelOptions NO_WARM_UP =
            new ModelOptions(List.of(), OptionalInt.of(1), OptionalInt.empty(), Optional.empty());

    private boolean closed;

    /** Gives a fixed row for each window; serves what its card says, or something else. */
    private InferenceBackend elsewhere(ModelCard.Signature signature, float[] row) {
        return new InferenceBackend() {
            @Override
            public String location() {
                return "model at http://elsewhere";
            }

            @Override
            public Map<String, ModelCard.Signature> signatures() {
                return Map.of(SERVING, signature);
            }

            @Override
            public Answer infer(String name, Map<String, ModelArray> inputs) {
                int batch = inputs.get("window").shape()[0];
                return new FixedAnswer(row, batch);
            }

            @Override
            public void warmUp(Runnable calls) {
                calls.run();
            }

            @Override
            public void close() {
                closed = true;
            }
        };
    }

    private record FixedAnswer(float[] row, int batch) implements InferenceBackend.Answer {

        @Override
        public int[] shape(String output) {
            return new int[] {batch, row.length};
        }

        @Override
        public float[] floats(String output) {
            float[] all = Arrays.copyOf(row, row.length * batch);
            for (int i = row.length; i < all.length; i++) {
                all[i] = row[i % row.length];
            }
            return all;
        }

        @Override
        public long[] longs(String output) {
            throw new IllegalStateException(output);
        }

        @Override
        public byte[] text(String output, int index) {
            throw new IllegalStateException(output);
        }

        @Override
        public void close() {}
    }

    @Test
    void shouldServeAModelThatComputesElsewhere() {
        var card = MachineCard.read(FOLDER);
        int width = Math.toIntExact(card.signature().outputs().get(0).shape().get(1));
        var row = new float[width];
        row[0] = 1;
        InferenceBackend.Opener opener = (folder, stated, options) -> elsewhere(card.signature(), row);

        try (var model = MachineModels.load(FOLDER, NO_WARM_UP, opener)) {
            assertThat(model.apply(List.of(model.probe(), model.probe()))).containsExactly(row, row);
        }
        assertThat(closed).isTrue();
    }

    @Test
    void shouldRefuseAndCloseWhatServesSomethingElse() {
        var other = new ModelCard.Signature(List.of(), List.of());

        assertThatThrownBy(() -> MachineModels.load(
                        FOLDER, NO_WARM_UP, (folder, stated, options) -> elsewhere(other, new float[0])))
                .isInstanceOf(ModelRefusedException.class)
                .hasMessageContaining("model at http://elsewhere: input 'steps' is missing in its graph");
        assertThat(closed).isTrue();
    }
}
