package dev.vorrang.scoring.machine.judge;

import com.google.common.primitives.Booleans;
import dev.vorrang.schemas.AlertKind;
import dev.vorrang.schemas.AlertState;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.function.Predicate;

/** Judges up to {@value CrossSensorModel#MAX_SENSORS} sensors of a machine by what they read. For one thread. */
final class GroupJudge {

    private static final int MAX_BLAMED = 5;

    private final BlockMeans blocks = new BlockMeans();
    private final AnomalyJudge anomalies = new AnomalyJudge();
    private final EvidenceRank rank = new EvidenceRank();
    private final StuckWatch stuck = new StuckWatch();
    private final DropoutWatch dropouts = new DropoutWatch();
    private final SpikeWatch spikes = new SpikeWatch();
    private final SensorAlerts stuckAlerts = new SensorAlerts(AlertKind.STUCK_SENSOR);
    private final SensorAlerts dropoutAlerts = new SensorAlerts(AlertKind.DROPOUT);
    private final SensorAlerts spikeAlerts = new SensorAlerts(AlertKind.SPIKES);
    private boolean[] unreliable = {};
    private float[] shares = {};
    private boolean warm;
    private double score;

    /** Begins with what others have learned of the same sensors. */
    void begin(List<GroupJudge> others) {
        long blockMs =
                others.stream().mapToLong(other -> other.blocks.length()).max().orElse(0);
        anomalies.begin(others.stream().map(other -> other.anomalies).toList(), blockMs);
        rank.begin(others.stream().map(other -> other.rank).toList());
        dropouts.begin(others.stream().map(other -> other.dropouts).toList());
        spikes.begin(others.stream().map(other -> other.spikes).toList());
        warm = others.stream().anyMatch(other -> other.warm);
    }

    /** Takes over how large residuals were of others that began so, too. */
    void calibrate(List<GroupJudge> others) {
        anomalies.calibrate(others.stream().map(other -> other.anomalies).toList());
    }

    /** Forgets what is of the moment, once all is cleared. */
    void rest() {
        blocks.rest();
        anomalies.rest();
        stuck.rest();
        dropouts.rest();
        spikes.rest();
        Arrays.fill(unreliable, false);
        score = 0;
    }

    /** Usual time between two samples in ms; 0 while it is not known. */
    long interval() {
        return blocks.interval();
    }

    /**
     * Takes a sample.
     *
     * @param elapsed time since the sample before, in ms, without a silence
     */
    Judgement add(long time, long elapsed, List<String> sensors, double[] values) {
        var changes = new ArrayList<Judgement.Change>();
        watch(time, sensors, values, elapsed, changes);
        BlockMeans.Block block = blocks.add(time, values);
        if (block != null) {
            anomalies.exclude(unreliable);
            for (AnomalyJudge.Change change : anomalies.add(block, blocks.origins(), blocks.length())) {
                changes.add(anomaly(change, sensors, block.end()));
            }
            if (anomalies.regimes().begun() != RunningStates.NONE) {
                stuck.reset(anomalies.regimes().begun());
            }
            rank();
        }
        if (shares.length < values.length) {
            shares = shares(new double[values.length]);
        }
        return new Judgement(warm, score, shares, changes);
    }

    /** Clears all alerts. */
    List<Judgement.Change> clear(long time, List<String> sensors) {
        var changes = new ArrayList<Judgement.Change>();
        for (AnomalyJudge.Change change : anomalies.clear()) {
            changes.add(anomaly(change, sensors, time));
        }
        for (int i = 0; i < unreliable.length; i++) {
            stuckAlerts.set(i, sensors.get(i), false, time, time, changes);
            dropoutAlerts.set(i, sensors.get(i), false, time, time, changes);
            spikeAlerts.set(i, sensors.get(i), false, time, time, changes);
        }
        score = 0;
        return changes;
    }

    /** Takes as normal what is open and chosen, and tells that it is cleared. */
    List<Judgement.Change> accept(long time, List<String> sensors, Predicate<Judgement.Change> chosen) {
        var changes = new ArrayList<Judgement.Change>();
        for (FaultGroup group : anomalies.open()) {
            Judgement.Change cleared = anomaly(new AnomalyJudge.Change(AlertState.CLEARED, group), sensors, time);
            if (chosen.test(cleared)) {
                anomalies.accept(group, blocks.length());
                changes.add(cleared);
            }
        }
        for (int i = 0; i < unreliable.length; i++) {
            accept(stuckAlerts, stuck::accept, i, sensors.get(i), time, chosen, changes);
            accept(dropoutAlerts, dropouts::accept, i, sensors.get(i), time, chosen, changes);
            accept(spikeAlerts, spikes::accept, i, sensors.get(i), time, chosen, changes);
            unreliable[i] = stuck.stuck(i) || dropouts.open(i) || spikes.open(i);
        }
        return changes;
    }

    private static void accept(
            SensorAlerts alerts,
            IntConsumer watch,
            int sensor,
            String name,
            long time,
            Predicate<Judgement.Change> chosen,
            List<Judgement.Change> changes) {
        if (alerts.cleared(sensor, name, time).filter(chosen).isPresent()) {
            watch.accept(sensor);
            alerts.set(sensor, name, false, time, time, changes);
        }
    }

    private void watch(long time, List<String> sensors, double[] values, long elapsed, List<Judgement.Change> changes) {
        int state = anomalies.regimes().state();
        boolean standing = anomalies.regimes().isStanding();
        stuck.add(values, state, elapsed, interval(), standing);
        dropouts.add(values, elapsed);
        double[] levels = Arrays.copyOf(anomalies.levels(), values.length);
        spikes.add(values, levels, elapsed, anomalies.regimes().settled() && !standing);
        if (unreliable.length < values.length) {
            unreliable = Arrays.copyOf(unreliable, values.length);
        }
        for (int i = 0; i < values.length; i++) {
            unreliable[i] = stuck.stuck(i) || dropouts.open(i) || spikes.open(i);
            stuckAlerts.set(i, sensors.get(i), stuck.stuck(i), time - stuck.runMs(i), time, changes);
            dropoutAlerts.set(i, sensors.get(i), dropouts.open(i), time, time, changes);
            spikeAlerts.set(i, sensors.get(i), spikes.open(i), time, time, changes);
        }
    }

    private void rank() {
        boolean open = anomalies.anyOpen() || Booleans.contains(unreliable, true);
        if (!anomalies.judged()) {
            score = open ? score : 0;
            return;
        }
        warm = true;
        double[] evidence = evidence();
        double strongest = Arrays.stream(evidence).max().orElse(0);
        shares = shares(evidence);
        score = rank.score(strongest);
        if (!open) {
            rank.learn(strongest, blocks.length());
        }
    }

    /** Of each sensor at the last block that was judged; one that has an open alert and is off still is at its limit. */
    private double[] evidence() {
        double[] evidence = anomalies.evidence().most().clone();
        for (int i = 0; i < Math.min(evidence.length, unreliable.length); i++) {
            evidence[i] = unreliable[i] ? Math.max(1, evidence[i]) : evidence[i];
        }
        for (FaultGroup group : anomalies.open()) {
            int first = group.sensors.get(0);
            evidence[first] = group.isSeen() ? Math.max(1, evidence[first]) : evidence[first];
        }
        return evidence;
    }

    /** A new array, for judgements share it. */
    private static float[] shares(double[] evidence) {
        var shares = new float[evidence.length];
        double sum = 0;
        for (double each : evidence) {
            sum += each * each;
        }
        for (int i = 0; i < shares.length; i++) {
            shares[i] = (float) (sum > 0 ? evidence[i] * evidence[i] / sum : 1.0 / shares.length);
        }
        return shares;
    }

    private Judgement.Change anomaly(AnomalyJudge.Change change, List<String> sensors, long time) {
        FaultGroup group = change.group();
        var blamed = new LinkedHashMap<String, Float>();
        int count = Math.min(MAX_BLAMED, group.sensors.size());
        // The sensor that explains most comes first, whatever the others' evidence.
        double first =
                group.evidence.stream().mapToDouble(Double::doubleValue).max().orElse(1);
        double sum = first;
        for (int i = 1; i < count; i++) {
            sum += group.evidence.get(i);
        }
        for (int i = 0; i < count; i++) {
            double own = i == 0 ? first : group.evidence.get(i);
            blamed.put(sensors.get(group.sensors.get(i)), (float) (own / Math.max(sum, 1e-9)));
        }
        return new Judgement.Change(
                AlertKind.ANOMALY,
                change.state(),
                sensors.get(group.sensors.get(0)),
                group.start,
                time,
                Math.max(score, rank.score(group.peak)),
                group.peakTime,
                blamed);
    }

    void write(DataOutput out) throws IOException {
        blocks.write(out);
        anomalies.write(out);
        rank.write(out);
        stuck.write(out);
        dropouts.write(out);
        spikes.write(out);
        stuckAlerts.write(out);
        dropoutAlerts.write(out);
        spikeAlerts.write(out);
        out.writeInt(unreliable.length);
        for (boolean each : unreliable) {
            out.writeBoolean(each);
        }
        out.writeBoolean(warm);
        out.writeDouble(score);
        StateIo.write(out, shares);
    }

    /** @param version of the judgement */
    void read(DataInput in, int version) throws IOException {
        blocks.read(in);
        anomalies.read(in, blocks.length(), version);
        rank.read(in, version);
        stuck.read(in);
        dropouts.read(in);
        spikes.read(in);
        stuckAlerts.read(in);
        dropoutAlerts.read(in);
        spikeAlerts.read(in);
        unreliable = new boolean[StateIo.checked(in.readInt())];
        for (int i = 0; i < unreliable.length; i++) {
            unreliable[i] = in.readBoolean();
        }
        warm = in.readBoolean();
        score = in.readDouble();
        shares = version > 3 ? StateIo.readFloats(in) : shares;
    }
}
