package dev.vorrang.scoring.machine;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * The contexts in which a sensor has been: prototypes of its value, averages and spread. Tells how far a context is from the nearest
 * of them; what is far from all becomes a prototype itself, in place of the one that was met least (leader clustering; Hartigan,
 * Clustering Algorithms, 1975). For one thread.
 */
final class ContextMemory {

    /** Numbers in a context. */
    static final int WIDTH = 6;

    static final int BYTES = ContextMemory.MOST * (WIDTH + 1) * 4 + 4 + 8;

    private static final int MOST = 32;
    private static final double LEARNING_RATE = 0.05;
    private static final float FADING = 0.9998f;

    private final float[][] prototypes = new float[MOST][WIDTH];
    private final float[] met = new float[MOST];
    private int count;
    /** A context that is farther from all prototypes than this is new; it follows how far contexts usually are. */
    private double radius = 0.3;

    /** @return how far the context is from what is known, 0 for the first; it is known from now on */
    double distance(double[] context) {
        int nearest = -1;
        double least = Double.MAX_VALUE;
        for (int i = 0; i < count; i++) {
            double sum = 0;
            for (int k = 0; k < WIDTH; k++) {
                double off = context[k] - prototypes[i][k];
                sum += off * off;
            }
            if (sum < least) {
                least = sum;
                nearest = i;
            }
        }
        double distance = nearest < 0 ? 0 : Math.sqrt(least);
        if (nearest < 0 || distance > radius && count < MOST) {
            put(count++, context, 1);
        } else if (distance > radius * 1.5) {
            put(leastMet(), context, 1 + medianMet());
            radius *= 1.05;
        } else {
            approach(nearest, context);
            radius *= distance < radius / 2 ? 0.9995 : 1;
        }
        for (int i = 0; i < count; i++) {
            met[i] *= FADING;
        }
        return distance;
    }

    private void put(int place, double[] context, float times) {
        for (int k = 0; k < WIDTH; k++) {
            prototypes[place][k] = (float) context[k];
        }
        met[place] = times;
    }

    private void approach(int place, double[] context) {
        for (int k = 0; k < WIDTH; k++) {
            prototypes[place][k] += LEARNING_RATE * (context[k] - prototypes[place][k]);
        }
        met[place]++;
    }

    private int leastMet() {
        int least = 0;
        for (int i = 1; i < count; i++) {
            least = met[i] < met[least] ? i : least;
        }
        return least;
    }

    private float medianMet() {
        float[] sorted = Arrays.copyOf(met, count);
        Arrays.sort(sorted);
        return sorted[count / 2];
    }

    void write(DataOutput out) throws IOException {
        out.writeInt(count);
        out.writeDouble(radius);
        for (int i = 0; i < count; i++) {
            out.writeFloat(met[i]);
            for (float number : prototypes[i]) {
                out.writeFloat(number);
            }
        }
    }

    void read(DataInput in) throws IOException {
        count = StateChecks.check(in.readInt(), MOST, "number of contexts");
        radius = in.readDouble();
        for (int i = 0; i < count; i++) {
            met[i] = in.readFloat();
            for (int k = 0; k < WIDTH; k++) {
                prototypes[i][k] = in.readFloat();
            }
        }
    }
}
