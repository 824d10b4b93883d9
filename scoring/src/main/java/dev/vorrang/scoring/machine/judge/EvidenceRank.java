package dev.vorrang.scoring.machine.judge;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;

/**
 * How rare evidence is among all that a machine showed lately while nothing was wrong: in the last third of the time, at least a day, at
 * most two weeks, for evidence is stronger while the machine is learned. For one thread.
 */
final class EvidenceRank {

    private static final int BINS = 96;
    private static final double PER_OCTAVE = 8;
    private static final double LOWEST = -7;
    private static final double SHORTEST_MEMORY_MS = 86_400_000.0;
    private static final double MEMORY_MS = 14 * SHORTEST_MEMORY_MS;
    private static final int MEMORY_SHARE = 3;
    /** Blocks that what others showed counts for. */
    private static final float BEGINNING = 1_440;
    /** A score that one in a hundred is to have; as many do. */
    private static final double HIGH = 0.99;

    private static final double CORRECTION = 0.05;
    private static final double MAX_TIMES = 30;

    private final float[] counts = new float[BINS];
    private float total;
    private double knownMs;
    /** How many times as frequent as those before, by their number, later ones as strong are. */
    private double times = 1;

    /** Begins with what others showed, which counts for a day. */
    void begin(List<EvidenceRank> others) {
        for (EvidenceRank other : others) {
            for (int i = 0; i < BINS; i++) {
                counts[i] += other.total > 0 ? BEGINNING * other.counts[i] / other.total / others.size() : 0;
            }
        }
        for (float count : counts) {
            total += count;
        }
        knownMs = total > 0 ? SHORTEST_MEMORY_MS : 0;
    }

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
        double rate = times * (above + 0.5) / (total + 1);
        // What raises an alert is high, and higher the further beyond the limit it is.
        return Math.max(0, 1 - (evidence < 1 ? rate : Math.min(rate, (1 - HIGH) / (evidence * evidence))));
    }

    void learn(double evidence, double blockMs) {
        double off = (score(evidence) >= HIGH ? 1 : 0) - (1 - HIGH);
        times = Math.max(1 / MAX_TIMES, Math.min(MAX_TIMES, times * Math.exp(CORRECTION * off)));
        knownMs += blockMs;
        double memory = Math.min(MEMORY_MS, Math.max(SHORTEST_MEMORY_MS, knownMs / MEMORY_SHARE));
        double kept = total * blockMs > memory ? 1 - blockMs / memory : 1;
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
        out.writeDouble(knownMs);
        out.writeDouble(times);
    }

    /** @param version of the judgement; of version 1 it is not known for how long the machine was */
    void read(DataInput in, int version) throws IOException {
        System.arraycopy(StateIo.readFloats(in), 0, counts, 0, BINS);
        total = in.readFloat();
        knownMs = version > 1 ? in.readDouble() : MEMORY_SHARE * MEMORY_MS;
        times = version > 3 ? in.readDouble() : 1;
    }
}
