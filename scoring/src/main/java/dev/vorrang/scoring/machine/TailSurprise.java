package dev.vorrang.scoring.machine;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * How rare a distance is among those that came before: minus the decimal logarithm of the share that was as large. The distances
 * are counted in bins of half an octave; beyond the largest the share falls as its inverse (a Pareto tail), so that larger is
 * rarer still. What is long past fades. For one thread.
 */
final class TailSurprise {

    /** Size of the state, at most. */
    static final int BYTES = 2 + 40 * 4 + 2 * 8;

    private static final int BINS = 40;
    private static final int BINS_PER_OCTAVE = 2;
    /** Distance 1 lies in this bin. */
    private static final int BIN_OF_ONE = 16;

    private static final double LOG_OF_TWO = Math.log(2);
    private static final double LEAST = 1e-9;
    private static final double MEMORY = 4_000;
    private static final double KEPT_OF_LARGEST = Math.exp(-0.5 / MEMORY);
    private static final double MOST = 30;

    /** Rarer than one in thirty. */
    private static final double RARE = 1.5;

    private final double weightOfRare;
    private final float[] counts = new float[BINS];
    /** The bins from the first to before the end have counts; the others are empty, and cost no time. */
    private int first = BINS;

    private int end;
    private double total;
    private double largest;

    TailSurprise() {
        this(1);
    }

    /** @param weightOfRare how much a distance that is rare counts as one that came before, above 0, at most 1 */
    TailSurprise(double weightOfRare) {
        this.weightOfRare = weightOfRare;
    }

    /**
     * @param distance 0 or more
     * @return 0 to 30; the distance counts from now on
     */
    double of(double distance) {
        double place = BINS_PER_OCTAVE * Math.log(Math.max(distance, LEAST)) / LOG_OF_TWO + BIN_OF_ONE;
        place = Math.max(0, Math.min(BINS - 1e-6, place));
        int bin = (int) place;
        double above = counts[bin] * (bin + 1 - place);
        for (int i = bin + 1; i < end; i++) {
            above += counts[i];
        }
        // Half a case stands for those that have not been seen yet.
        double surprise = -Math.log10(Math.min(1, (above + 0.5) / (total + 1)));
        if (distance > largest && largest > 0 && above < 0.75) {
            surprise = Math.log10((total + 1) / 0.5) + Math.log10(distance / largest);
        }
        count(bin, distance, surprise > RARE ? weightOfRare : 1);
        return Math.min(MOST, surprise);
    }

    private void count(int bin, double distance, double weight) {
        if (total > MEMORY) {
            double kept = 1 - 1 / MEMORY;
            for (int i = first; i < end; i++) {
                counts[i] *= kept;
            }
            total *= kept;
            largest *= KEPT_OF_LARGEST;
        }
        add(bin, (float) weight);
        total += weight;
        largest += distance > largest ? weight * (distance - largest) : 0;
    }

    private void add(int bin, float weight) {
        counts[bin] += weight;
        first = Math.min(first, bin);
        end = Math.max(end, bin + 1);
    }

    void write(DataOutput out) throws IOException {
        out.writeByte(first);
        out.writeByte(end);
        for (int i = first; i < end; i++) {
            out.writeFloat(counts[i]);
        }
        out.writeDouble(total);
        out.writeDouble(largest);
    }

    /** @param allBins whether empty bins were written, too */
    void read(DataInput in, boolean allBins) throws IOException {
        int from = allBins ? 0 : in.readByte();
        int to = allBins ? BINS : in.readByte();
        if (from < 0 || to > BINS) {
            throw new IOException("damaged state: bins " + from + " to " + to + " of " + BINS);
        }
        for (int i = from; i < to; i++) {
            float count = in.readFloat();
            if (count != 0) {
                add(i, count);
            }
        }
        total = in.readDouble();
        largest = in.readDouble();
    }
}
