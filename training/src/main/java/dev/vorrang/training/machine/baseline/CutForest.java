package dev.vorrang.training.machine.baseline;

import com.amazon.randomcutforest.RandomCutForest;
import com.amazon.randomcutforest.returntypes.DiVector;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.descriptive.SummaryStatistics;

/**
 * A random cut forest (Guha et al., "Robust Random Cut Forest Based Anomaly Detection on Streams", ICML 2016) over the last minutes of all
 * sensors together, each in standard deviations of the first minutes; it goes on learning. The size is its anomaly score; to blame is the
 * sensor with the largest part of it.
 */
public final class CutForest implements Baseline {

    private static final int TREES = 50;
    private static final int SAMPLES = 256;
    private static final int MINUTES = 4;
    private static final long SEED = 1;

    @Override
    public String name() {
        return "random cut forest";
    }

    @Override
    public List<Severity> severities(MinuteMeans means, int learning) {
        int sensors = means.values()[0].length;
        var forest = RandomCutForest.builder()
                .dimensions(MINUTES * sensors)
                .numberOfTrees(TREES)
                .sampleSize(SAMPLES)
                .randomSeed(SEED)
                .parallelExecutionEnabled(false)
                .build();
        var scales = new Scales(means, Math.min(learning, means.size()));
        var point = new float[MINUTES * sensors];
        var severities = new ArrayList<Severity>();
        for (int minute = 0; minute < means.size(); minute++) {
            System.arraycopy(point, sensors, point, 0, point.length - sensors);
            scales.put(means.values()[minute], point, point.length - sensors);
            if (minute >= learning) {
                severities.add(severity(means.millis()[minute], forest.getAnomalyAttribution(point), sensors));
            }
            if (minute >= MINUTES - 1) {
                forest.update(point);
            }
        }
        return severities;
    }

    private static Severity severity(long millis, DiVector parts, int sensors) {
        var bySensor = new double[sensors];
        for (int i = 0; i < parts.getDimensions(); i++) {
            bySensor[i % sensors] += parts.getHighLowSum(i);
        }
        int worst = IntStream.range(0, sensors)
                .reduce((one, other) -> bySensor[other] > bySensor[one] ? other : one)
                .orElse(0);
        return new Severity(millis, new double[] {parts.getHighLowSum()}, new int[] {worst});
    }

    /** Puts values into standard deviations of the first minutes; a sensor without a value keeps its last one. */
    private static final class Scales {

        private final double[] mean;
        private final double[] deviation;

        Scales(MinuteMeans means, int learning) {
            int sensors = means.values()[0].length;
            mean = new double[sensors];
            deviation = new double[sensors];
            for (int sensor = 0; sensor < sensors; sensor++) {
                int place = sensor;
                var statistics = new SummaryStatistics();
                IntStream.range(0, learning)
                        .mapToDouble(minute -> means.values()[minute][place])
                        .filter(Double::isFinite)
                        .forEach(statistics::addValue);
                mean[sensor] = statistics.getN() == 0 ? 0 : statistics.getMean();
                double spread = statistics.getN() < 2 ? 0 : statistics.getStandardDeviation();
                deviation[sensor] = spread > 0 ? spread : Math.max(1e-9, Math.abs(mean[sensor]));
            }
        }

        void put(double[] values, float[] point, int from) {
            for (int sensor = 0; sensor < values.length; sensor++) {
                if (Double.isFinite(values[sensor])) {
                    point[from + sensor] = (float) ((values[sensor] - mean[sensor]) / deviation[sensor]);
                }
            }
        }
    }
}
