package dev.vorrang.scoring.machine.judge;

import dev.vorrang.schemas.AlertState;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Finds sensors that are off: whose residuals against the other sensors exceed what they usually are and ever were, on one of several
 * horizons, in a running state that is known. Sensors that explain the residuals of all others make an open anomaly; where no third of
 * them does, the machine does something new, and no sensor is to blame. For one thread.
 */
final class AnomalyJudge {

    private static final int HORIZONS = ResidualScales.HORIZONS;
    /** While so little is known, machines with one or two sensors may have new running states. */
    private static final double LEARNING_MS = 86_400_000;
    /** What shows up later than this is another fault. */
    private static final long JOIN_MS = 4 * 3_600_000;

    private static final int FEW_SENSORS = 3;
    /** Horizon of a residual that is known well enough and is not of before. */
    private static final int NOW = 1;

    /** Blocks after a search for sensors to blame that found none. */
    private static final int SEARCH_PAUSE = 10;
    /** Evidence from which a sensor's residuals are learned slowly. */
    private static final double SUSPECT = 0.5;

    private static final double MOST_EVIDENCE = 1e9;

    private final RunningRegimes regimes = new RunningRegimes();
    private final List<FaultGroup> groups = new ArrayList<>();
    private int sensors;
    private boolean[] faulty = {};
    private boolean[] excluded = {};
    private boolean judged;
    private double[] levels = {};
    private long last = Long.MIN_VALUE;
    private double knownMs;
    private final SensorEvidence evidence = new SensorEvidence();
    private final Recurrence recurrence = new Recurrence();
    private int searchPause;

    /** A change of an open anomaly; it is shared and goes on to change. */
    record Change(AlertState state, FaultGroup group) {}

    /** Begins with what others have learned. */
    void begin(List<AnomalyJudge> others, long blockMs) {
        grow(others.get(0).sensors, blockMs);
        regimes.begin(others.stream().map(other -> other.regimes).toList());
        for (AnomalyJudge other : others) {
            for (int i = 0; i < sensors; i++) {
                levels[i] += other.levels[i] / others.size();
            }
        }
    }

    /**
     * Takes over how large residuals were of others that began so, too, while nothing was wrong with them: what was called an anomaly
     * then is a way of machines that are new.
     */
    void calibrate(List<AnomalyJudge> others) {
        regimes.calibrate(others.stream().map(other -> other.regimes).toList());
        others.forEach(other -> other.groups.forEach(
                group -> other.recurrence.over(group.sensors.get(0), group.standing, group.largest())));
        recurrence.begin(others.stream().map(other -> other.recurrence).toList());
    }

    /** Forgets what is of the moment, once all is cleared. */
    void rest() {
        regimes.rest();
        last = Long.MIN_VALUE;
        for (int i = 0; i < sensors; i++) {
            evidence.restart(i);
            evidence.restore(i, 0);
        }
    }

    /** What the machine does, and what is normal then. */
    RunningRegimes regimes() {
        return regimes;
    }

    /** Largest usual level of each sensor. Not to be changed. */
    double[] levels() {
        return levels;
    }

    /** Of the last block that was judged. */
    SensorEvidence evidence() {
        return evidence;
    }

    /** Whether the last block was judged. */
    boolean judged() {
        return judged;
    }

    /** Sensors that are not to be relied on, and not to be blamed, from now on. */
    void exclude(boolean[] sensorsToExclude) {
        excluded = sensorsToExclude;
    }

    private void tellFaulty() {
        var now = new boolean[sensors];
        System.arraycopy(excluded, 0, now, 0, Math.min(excluded.length, sensors));
        groups.forEach(group -> group.sensors.forEach(sensor -> now[sensor] = true));
        if (!Arrays.equals(now, faulty)) {
            faulty = now;
            regimes.faultsChanged();
        }
    }

    boolean anyOpen() {
        return !groups.isEmpty();
    }

    /**
     * Judges a block.
     *
     * @param origins of the sensors
     */
    List<Change> add(BlockMeans.Block block, float[] origins, long blockMs) {
        double[] values = block.values();
        grow(values.length, blockMs);
        tellFaulty();
        judged = false;
        double elapsed = last == Long.MIN_VALUE ? Double.POSITIVE_INFINITY : Math.max(blockMs, block.end() - last);
        last = block.end();
        knownMs += blockMs;
        recurrence.pass(blockMs);
        regimes.enter(values, origins, faulty, sensors >= FEW_SENSORS || knownMs < LEARNING_MS);
        if (regimes.begun() != RunningStates.NONE) {
            groups.forEach(group -> group.states &= ~(1 << regimes.begun()));
        }
        noteLevels(values, origins);
        float[] row = regimes.row(values, block.end(), elapsed);
        if (!regimes.settled()) {
            return List.of();
        }
        Regime regime = regimes.current();
        var changes = new ArrayList<Change>();
        judged = regime.mature(regimes.state());
        if (judged) {
            judge(regime, row, blockMs, changes);
        }
        regime.learn(row, regimes.state(), blockMs, faulty);
        return changes;
    }

    private void noteLevels(double[] values, float[] origins) {
        for (int i = 0; i < sensors; i++) {
            if (!Double.isNaN(values[i]) && !faulty[i]) {
                levels[i] = Math.max(levels[i], Math.abs(origins[i] + values[i]));
            }
        }
    }

    private Regime.Known known(int sensor, double blockMs) {
        return new Regime.Known(levels[sensor], regimes.usual(sensor), blockMs);
    }

    private double evidence(Regime regime, CrossSensorModel.Regression of, int sensor, int horizon, double blockMs) {
        double scale = regime.scale(of, sensor, horizon, regimes.state(), known(sensor, blockMs));
        double limit = Math.max(
                scale * regime.scales().limit(sensor, horizon, blockMs),
                recurrence.limit(sensor, regimes.isStanding(), horizon));
        double evidence = Math.abs(regime.residual(of, horizon)) / limit;
        // A value beyond all measure leaves no number behind.
        return Double.isNaN(evidence) ? 0 : Math.min(MOST_EVIDENCE, evidence);
    }

    private void judge(Regime regime, float[] row, double blockMs, List<Change> changes) {
        regime.follow(row, regimes.state(), blockMs, faulty);
        CrossSensorModel.Regression[] regressions = regime.regressions(faulty);
        boolean raise = evidence.look(
                row, faulty, (sensor, horizon) -> evidence(regime, regressions[sensor], sensor, horizon, blockMs));
        searchPause = Math.max(0, searchPause - 1);
        if (raise && searchPause == 0) {
            raise(regime, row, blockMs, changes);
        }
        watch(regime, row, blockMs, changes);
        learnScales(regime, row, blockMs);
    }

    private void learnScales(Regime regime, float[] row, double blockMs) {
        CrossSensorModel.Regression[] regressions = regime.regressions(faulty);
        for (int i = 0; i < sensors; i++) {
            if (!faulty[i] && !Float.isNaN(row[i])) {
                boolean suspect = evidence.most()[i] > SUSPECT;
                regime.learnScale(regressions[i], i, regimes.state(), known(i, blockMs), suspect);
            }
        }
    }

    private void raise(Regime regime, float[] row, double blockMs, List<Change> changes) {
        var search = new CulpritSearch(faulty, row, (mask, sensor) -> {
            var regression = regime.regression(sensor, mask);
            double most = 0;
            for (int horizon = 0; horizon < HORIZONS; horizon++) {
                most = Math.max(most, evidence(regime, regression, sensor, horizon, blockMs));
            }
            return most;
        });
        List<Integer> found = search.find();
        if (found.isEmpty()) {
            searchPause = SEARCH_PAUSE;
            return;
        }
        FaultGroup group = groups.stream()
                .filter(each -> last - each.start < JOIN_MS)
                .findFirst()
                .orElse(null);
        boolean fresh = group == null;
        if (fresh) {
            group = new FaultGroup(last, regimes.isStanding(), evidence.strongestHorizon(found.get(0)));
            groups.add(group);
        }
        for (int sensor : found) {
            group.add(sensor);
            group.note(group.sensors.size() - 1, evidence.most()[sensor], last);
            regime.scales().discard(sensor);
        }
        group.states |= 1 << regimes.state();
        if (fresh) {
            group.reportedAt(last);
            changes.add(new Change(AlertState.RAISED, group));
        }
        tellFaulty();
    }

    /** What is open. Shared, and goes on to change. */
    List<FaultGroup> open() {
        return List.copyOf(groups);
    }

    /**
     * Takes an open anomaly as normal. Where its first sensor is still off, its sensors are expected to read from now on what they read
     * now; else it was none, and they may be so far off again.
     */
    void accept(FaultGroup group, double blockMs) {
        Regime regime = regimes.of(group.standing);
        CrossSensorModel.Regression[] regressions = regime.regressions(faulty);
        var off = new double[group.sensors.size()];
        for (int place = 0; place < off.length; place++) {
            off[place] = regime.residual(regressions[group.sensors.get(place)], NOW);
        }
        boolean lasts = group.isThere(Math.abs(off[0]));
        for (int place = 0; place < off.length; place++) {
            int sensor = group.sensors.get(place);
            if (lasts) {
                regime.shift(sensor, off[place]);
            } else {
                regime.scales().accept(sensor, group.evidence.get(place), blockMs);
            }
        }
        groups.remove(group);
        release(group);
        tellFaulty();
    }

    /** Clears what is open. */
    List<Change> clear() {
        List<Change> changes = groups.stream()
                .map(group -> new Change(AlertState.CLEARED, group))
                .toList();
        changes.forEach(change -> release(change.group()));
        groups.clear();
        tellFaulty();
        return changes;
    }

    private void watch(Regime regime, float[] row, double blockMs, List<Change> changes) {
        for (var each = groups.iterator(); each.hasNext(); ) {
            FaultGroup group = each.next();
            boolean over = group.standing == regimes.isStanding()
                    ? isOver(group, regime, row, blockMs)
                    : group.isForgotten(blockMs);
            if (over) {
                each.remove();
                release(group);
                recurrence.over(group.sensors.get(0), group.standing, group.largest());
                changes.add(new Change(AlertState.CLEARED, group));
            } else if (last - group.reported >= JOIN_MS / 4 && group.hasGrown()) {
                group.reportedAt(last);
                changes.add(new Change(AlertState.UPDATED, group));
            }
        }
        tellFaulty();
    }

    /** Whether the first sensor is back, in a state in which it was off. */
    private boolean isOver(FaultGroup group, Regime regime, float[] row, double blockMs) {
        int first = group.sensors.get(0);
        if (Float.isNaN(row[first])) {
            return false;
        }
        group.note(evidence.most(), last);
        var regression = regime.regressions(faulty)[first];
        return group.isOver(
                regimes.state(),
                horizon -> Math.abs(regime.residual(regression, horizon)),
                horizon -> regime.scale(regression, first, horizon, regimes.state(), known(first, blockMs)),
                blockMs);
    }

    private void release(FaultGroup group) {
        for (int sensor : group.sensors) {
            // What waits to be learned of the other regime is mostly of before the fault.
            regimes.of(group.standing).settle(sensor, faulty);
            evidence.restart(sensor);
        }
    }

    private void grow(int count, double blockMs) {
        if (count > sensors) {
            sensors = count;
            faulty = Arrays.copyOf(faulty, count);
            levels = Arrays.copyOf(levels, count);
            evidence.grow(count);
            recurrence.grow(count);
            regimes.grow(count, blockMs);
        }
    }

    void write(DataOutput out) throws IOException {
        out.writeInt(sensors);
        if (sensors == 0) {
            return;
        }
        regimes.write(out);
        out.writeInt(groups.size());
        for (FaultGroup group : groups) {
            group.write(out);
        }
        for (int i = 0; i < sensors; i++) {
            out.writeBoolean(faulty[i]);
            out.writeDouble(levels[i]);
            out.writeDouble(evidence.most()[i]);
        }
        evidence.writeStreaks(out);
        regimes.writeState(out);
        out.writeLong(last);
        out.writeDouble(knownMs);
        out.writeDouble(evidence.strongest());
        out.writeBoolean(judged);
        out.writeInt(searchPause);
        recurrence.write(out);
    }

    /** @param version of the judgement */
    void read(DataInput in, double blockMs, int version) throws IOException {
        int count = StateIo.checked(in.readInt());
        if (count == 0) {
            return;
        }
        grow(count, blockMs);
        regimes.read(in, version);
        int open = StateIo.checked(in.readInt());
        for (int i = 0; i < open; i++) {
            groups.add(FaultGroup.read(in, version));
        }
        for (int i = 0; i < sensors; i++) {
            faulty[i] = in.readBoolean();
            levels[i] = in.readDouble();
            evidence.restore(i, in.readDouble());
        }
        evidence.readStreaks(in);
        regimes.readState(in);
        last = in.readLong();
        knownMs = in.readDouble();
        // The strongest evidence, which follows from that of the sensors.
        in.readDouble();
        judged = in.readBoolean();
        searchPause = in.readInt();
        if (version > 1) {
            recurrence.read(in);
        }
    }
}
