package dev.vorrang.scoring.machine.judge;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** How rare evidence is among all that a machine showed while nothing was wrong, of the last two weeks. For one thread. */
final class EvidenceRank {

    private static final int BINS = 96;
    private static final double PER_OCTAVE = 8;
    private static final double LOWEST = -7;
    private static final double MEMORY_MS = 14 * 86_400_000.0;

    private final float[] counts = new float[BINS];
    private float total;

    private static double place(double evidence) {
        double octave = Math.log(Math.max(evidence, 1e-9)) / Math.log(2);
        return Math.max(0, Math.min(BINS - 1e-6, (octave - LOWEST) * PER_OCTAVE));
    }

    /** One minus the part of all that was as strong, 0 to below 1. */
    double score(double evidence) {
        double place = place(evidence);
        int bin = (int) place;
        double above = counts[bin] * (bin + 1 - place);
        for (int i = bin + 1; i < BINS; i++) {
            above += counts[i];
        }
        // Half a case stands for what has not been seen yet.
        return Math.max(0, 1 - (above + 0.5) / (total + 1));
    }

    void learn(double evidence, double blockMs) {
        double kept = total * blockMs > MEMORY_MS ? 1 - blockMs / MEMORY_MS : 1;
        if (kept < 1) {
            for (int i = 0; i < BINS; i++) {
                counts[i] *= (float) kept;
            }
        }
        counts[(int) place(evidence)]++;
        total = (float) (total * kept + 1);
    }

    void write(DataOutput out) throws IOException {
        StateIo.write(out, counts);
        out.writeFloat(total);
    }

    void read(DataInput in) throws IOException {
        System.arraycopy(StateIo.readFloats(in), 0, counts, 0, BINS);
        total = in.readFloat();
    }
}
