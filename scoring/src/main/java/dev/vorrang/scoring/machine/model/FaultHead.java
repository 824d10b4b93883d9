package dev.vorrang.scoring.machine.model;

import dev.vorrang.scoring.machine.Finding;

/** Faults and conditions: {@code fault}, {@code float32 [batch, labels]}, is the probability of each. */
public record FaultHead(MachineCard.Fault labels) implements WindowHead {

    /** Name of the graph's output. */
    public static final String OUTPUT = "fault";

    /** How far the probabilities may be from adding up to one. */
    private static final double SUM_TOLERANCE = 1e-3;

    @Override
    public String output() {
        return OUTPUT;
    }

    @Override
    public int width() {
        return labels.labels().size();
    }

    @Override
    public void check(float[] output) {
        double sum = 0;
        for (float probability : output) {
            sum += probability;
        }
        // Written so that NaN fails it too.
        if (!(Math.abs(sum - 1) <= SUM_TOLERANCE)) {
            throw new IllegalStateException("probabilities of faults add up to " + sum + " instead of 1");
        }
    }

    @Override
    public Memory memory() {
        return output -> {
            check(output);
            return new Finding.Fault(labels.labels(), labels.normal(), output);
        };
    }
}
