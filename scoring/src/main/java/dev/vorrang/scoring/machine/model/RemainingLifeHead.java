package dev.vorrang.scoring.machine.model;

import dev.vorrang.scoring.machine.Finding;
import java.util.Arrays;

/**
 * Remaining useful life: {@code life}, {@code float32 [batch, 1 + levels]}, is the expected life, then its quantiles, in the unit of
 * the training target.
 */
public final class RemainingLifeHead implements WindowHead {

    /** Name of the graph's output. */
    public static final String OUTPUT = "life";

    private final double[] levels;

    RemainingLifeHead(MachineCard.RemainingLife life) {
        levels = life.levels().stream().mapToDouble(Double::doubleValue).toArray();
    }

    @Override
    public String output() {
        return OUTPUT;
    }

    @Override
    public int width() {
        return 1 + levels.length;
    }

    @Override
    public void check(float[] output) {
        boolean sound = output.length == width() && output[0] >= 0 && output[0] < Float.MAX_VALUE;
        for (int i = 1; i <= levels.length && sound; i++) {
            sound = output[i] >= (i == 1 ? 0 : output[i - 1]);
        }
        if (!sound) {
            throw new IllegalStateException("remaining life and quantiles " + Arrays.toString(output)
                    + ": allowed are numbers of 0 or more, the quantiles rising");
        }
    }

    @Override
    public Memory memory() {
        return output -> {
            check(output);
            var quantiles = new double[levels.length];
            for (int i = 0; i < quantiles.length; i++) {
                quantiles[i] = output[i + 1];
            }
            return new Finding.RemainingLife(output[0], levels, quantiles);
        };
    }
}
