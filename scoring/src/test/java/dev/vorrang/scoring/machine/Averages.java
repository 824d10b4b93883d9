package dev.vorrang.scoring.machine;

import dev.vorrang.schemas.ModelRef;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A model that needs no TensorFlow: the score of a step is how far its load is from the mean of the steps before, and the
 * memory smooths it. It knows nothing of a machine before the third step.
 */
public class Averages implements MachineModel {

    @Override
    public ModelRef reference() {
        return new ModelRef("averages", "1");
    }

    @Override
    public List<float[]> apply(List<ModelInput> inputs) {
        return inputs.stream()
                .map(input -> new float[] {Math.abs(input.values()[0] - input.values()[1])})
                .toList();
    }

    @Override
    public ModelInput probe() {
        return new ModelInput(new float[3], 1);
    }

    @Override
    public void check(float[] output) {
        if (!Float.isFinite(output[0])) {
            throw new IllegalStateException("output " + output[0] + ": allowed is a number");
        }
    }

    @Override
    public ModelMemory memory() {
        return new Memory();
    }

    @Override
    public void close() {
        // Holds nothing.
    }

    private static final class Memory implements ModelMemory {

        private double sum;
        private int steps;
        private double smoothed;

        @Override
        public Optional<ModelInput> observe(Step step) {
            int load = step.sensors().indexOf("load");
            boolean missing = load < 0 || load >= step.values().length || Double.isNaN(step.values()[load]);
            double value = missing ? 0 : step.values()[load];
            float mean = steps == 0 ? 0 : (float) (sum / steps);
            sum += value;
            steps++;
            return steps < 3
                    ? Optional.empty()
                    : Optional.of(new ModelInput(
                            new float[] {(float) value, mean, step.sensors().size()}, 1));
        }

        @Override
        public Finding absorb(float[] output) {
            smoothed = smoothed / 2 + output[0];
            var shares = new float[1];
            Arrays.fill(shares, 1f);
            return new Finding.Anomaly(smoothed / (1 + smoothed), 0.9, List.of("load"), shares);
        }

        @Override
        public void write(DataOutput out) throws IOException {
            out.writeDouble(sum);
            out.writeInt(steps);
            out.writeDouble(smoothed);
        }

        @Override
        public void read(DataInput in) throws IOException {
            sum = in.readDouble();
            steps = in.readInt();
            smoothed = in.readDouble();
        }
    }
}
