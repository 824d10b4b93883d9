package dev.vorrang.scoring.machine.model;

import dev.vorrang.scoring.machine.Finding;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is normal for the machines that the model was trained on: {@code levels}, {@code float32 [batch, 5 * sensors]}, are the levels
 * of the sensors over two spans, their variances, and what else speaks against each being normal. {@link AnomalyBaseline} makes an
 * anomaly of it, in the machine's memory, as the baseline depends on what was anomalous before; how often something normal is as
 * anomalous is the false-alarm rate.
 */
public final class AnomalyHead implements WindowHead {

    /** Name of the graph's output. */
    public static final String OUTPUT = "levels";

    private static final int VERSION = 2;

    private final MachineCard card;
    private final AnomalyBaseline.Settings settings;
    private final FalseAlarmRate rate;

    AnomalyHead(MachineCard card) {
        this.card = card;
        this.settings = AnomalyBaseline.Settings.of(card);
        this.rate = FalseAlarmRate.of(card);
    }

    /**
     * What the card needs.
     *
     * @param settings as the anomaly was calibrated with
     * @param anomaly degrees of anomaly that are left, rising
     * @param rates rate of normal steps that are as anomalous or more, falling, above 0 and at most 1
     * @throws IllegalArgumentException if they do not fit together
     */
    public static Map<String, List<Double>> parameters(
            AnomalyBaseline.Settings settings, List<Double> anomaly, List<Double> rates) {
        var parameters = new TreeMap<>(settings.parameters());
        parameters.putAll(FalseAlarmRate.parameters(anomaly, rates));
        return parameters;
    }

    private List<String> sensors() {
        return card.window().sensors();
    }

    @Override
    public String output() {
        return OUTPUT;
    }

    @Override
    public int width() {
        return AnomalyBaseline.OUTPUTS * sensors().size();
    }

    @Override
    public void check(float[] output) {
        AnomalyBaseline.check(output, sensors().size());
    }

    @Override
    public Memory memory() {
        return new Baseline();
    }

    private final class Baseline implements Memory {

        private final AnomalyBaseline baseline = new AnomalyBaseline(settings);

        @Override
        public Finding absorb(float[] output) {
            AnomalyBaseline.Taken taken = baseline.next(output);
            var shares = new float[taken.evidence().length];
            for (int i = 0; i < shares.length; i++) {
                shares[i] = taken.odd() > 0 ? (float) (taken.evidence()[i] / taken.odd()) : 1f / shares.length;
            }
            double score = 1 - rate.of(taken.left());
            return new Finding.Anomaly(score, card.anomaly().threshold(), sensors(), shares);
        }

        @Override
        public void write(DataOutput out) throws IOException {
            out.writeInt(VERSION);
            baseline.write(out);
        }

        @Override
        public void read(DataInput in) throws IOException {
            int version = in.readInt();
            if (version != VERSION) {
                throw new IOException("memory of an anomaly model has version " + version + ", allowed is " + VERSION);
            }
            baseline.read(in);
        }
    }
}
