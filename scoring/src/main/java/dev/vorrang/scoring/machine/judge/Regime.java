package dev.vorrang.scoring.machine.judge;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/**
 * What is normal for a machine while it moves, or while it stands: the regressions of its sensors on each other, how far they usually are
 * from them, and how far they have been on each horizon. Blocks are learned as means of five minutes, and two hours late, so that a
 * fault is known by then and is not learned. For one thread.
 */
final class Regime {

    private static final double UNIT_MS = 300_000;
    private static final double DELAY_MS = 7_200_000;
    private static final double MEMORY_MS = 21 * 86_400_000.0;
    /** Units after which the means of a running state are known well enough to judge by. */
    private static final int MATURE_UNITS = 12;
    /** By so much over the units of its state a residual is larger, as the state's means are not certain. */
    private static final double YOUNG = 6;
    /** Units of five minutes that count as one where the past is concerned, which changes slowly. */
    private static final double LEVERAGE = 12;
    /** In place of running states, where it has learned of other machines; no state has this number. */
    private static final int OF_OTHERS = 1 << 31;

    private final ResidualScales scales = new ResidualScales();
    private CrossSensorModel model;
    private double[][] deviations = new double[ResidualScales.HORIZONS][0];
    /** The same before the last row, while that may be taken back; half as exact, to keep the state small. */
    private float[][] before = new float[ResidualScales.HORIZONS][0];

    private boolean mayTakeBack;
    private double[] newest = {};
    private final double[] leverage = new double[ResidualScales.HORIZONS];
    private CrossSensorModel.Regression[] regressions;
    private double[] unit = {};
    private int unitBlocks;
    private final Deque<Unit> waiting = new ArrayDeque<>();
    private int learnedFrom;

    private record Unit(int state, float[] row) {}

    /** Begins with what others have learned of residuals and of how sensors follow each other; no running state is known yet. */
    void begin(List<Regime> others) {
        var learned = others.stream().filter(other -> other.model.solved()).toList();
        if (!learned.isEmpty()) {
            model.begin(learned.stream().map(other -> other.model).toList());
            scales.begin(learned.stream().map(Regime::scales).toList());
            learnedFrom = OF_OTHERS;
        }
    }

    /** Takes over how large residuals were of others that began so, too. */
    void calibrate(List<Regime> others) {
        var learned = others.stream().filter(other -> other.model.solved()).toList();
        if (!learned.isEmpty() && model.solved()) {
            scales.begin(learned.stream().map(Regime::scales).toList());
        }
    }

    /** Forgets how far sensors are off at the moment. */
    void rest() {
        for (double[] average : deviations) {
            Arrays.fill(average, 0);
        }
        mayTakeBack = false;
        interrupt();
    }

    ResidualScales scales() {
        return scales;
    }

    /** The row of a block. */
    float[] row(double[] values, long time, double elapsedMs) {
        return model.row(values, time, elapsedMs);
    }

    /** Whether enough is known of a state to judge by. */
    boolean mature(int state) {
        return model.solved() && model.count(state) >= MATURE_UNITS;
    }

    /** Whether it has learned of these states alone, and of one at least. */
    boolean knowsOnly(int states) {
        return learnedFrom != 0 && (learnedFrom & ~states) == 0;
    }

    /** Forgets a state, whose number another one has now. */
    void forget(int state) {
        model.reset(state);
        waiting.removeIf(each -> each.state() == state);
        learnedFrom &= ~(1 << state);
    }

    /** Begins a new unit of learning, for the state has changed. */
    void interrupt() {
        unitBlocks = 0;
        Arrays.fill(unit, 0);
    }

    /** Takes back the last row that averages of deviations were moved on to, unless something else has changed them since. */
    void takeBack() {
        for (int horizon = 0; mayTakeBack && horizon < deviations.length; horizon++) {
            for (int i = 0; i < deviations[horizon].length; i++) {
                deviations[horizon][i] = before[horizon][i];
            }
        }
        mayTakeBack = false;
    }

    /** Moves the averages of deviations on to a row. */
    void follow(float[] row, int state, double blockMs, boolean[] faulty) {
        model.deviate(row, state, newest);
        mayTakeBack = true;
        for (int horizon = 0; horizon < deviations.length; horizon++) {
            double weight = -Math.expm1(-blockMs / ResidualScales.HORIZONS_MS[horizon]);
            double[] average = deviations[horizon];
            for (int i = 0; i < average.length; i++) {
                before[horizon][i] = (float) average[i];
                average[i] += weight * (newest[i] - average[i]);
            }
            leverage[horizon] = Math.sqrt(1 + LEVERAGE * model.leverage(average, faulty));
        }
    }

    /** The regression of a sensor on the others but those that are faulty. */
    CrossSensorModel.Regression regression(int sensor, boolean[] faulty) {
        return model.regression(sensor, faulty);
    }

    /** The same for all sensors, kept until something changes. */
    CrossSensorModel.Regression[] regressions(boolean[] faulty) {
        if (regressions == null) {
            regressions = new CrossSensorModel.Regression[faulty.length];
            for (int i = 0; i < regressions.length; i++) {
                regressions[i] = model.regression(i, faulty);
            }
        }
        return regressions;
    }

    /** Other sensors are faulty now. */
    void faultsChanged() {
        regressions = null;
    }

    /** Average residual of a sensor on a horizon. */
    double residual(CrossSensorModel.Regression regression, int horizon) {
        return regression.residual(deviations[horizon]);
    }

    /** Its usual size there, in this state at this time. */
    double scale(CrossSensorModel.Regression regression, int sensor, int horizon, int state, Known known) {
        return scales.scale(sensor, horizon, known.level(), known.usual(), known.blockMs())
                * regression.factor()
                * widening(horizon, state);
    }

    /** By how much a residual may be larger now than where all is well known. */
    private double widening(int horizon, int state) {
        return (1 + YOUNG / Math.max(1, model.count(state))) * leverage[horizon];
    }

    /** Learns how large the residuals of a sensor are. */
    void learnScale(CrossSensorModel.Regression regression, int sensor, int state, Known known, boolean suspect) {
        var residuals = new double[ResidualScales.HORIZONS];
        var widenings = new double[residuals.length];
        for (int horizon = 0; horizon < residuals.length; horizon++) {
            residuals[horizon] = residual(regression, horizon);
            widenings[horizon] = widening(horizon, state);
        }
        scales.learn(sensor, residuals, widenings, known, suspect);
    }

    /**
     * What is known of a sensor beside its residuals.
     *
     * @param level largest level that was normal
     * @param usual usual residual of a block where the machine moves, 0 while little is known
     */
    record Known(double level, double usual, double blockMs) {}

    /**
     * Forgets how far a sensor has been off, and what waits to be learned of that time.
     *
     * @param faulty sensors that are faulty, that one among them
     */
    void settle(int sensor, boolean[] faulty) {
        if (model.solved()) {
            // As the others would have it: 0 would be off wherever they are not at their means.
            CrossSensorModel.Regression regression = regressions(faulty)[sensor];
            for (double[] average : deviations) {
                average[sensor] -= regression.residual(average);
                model.forgetPast(sensor, average);
            }
        }
        mayTakeBack = false;
        waiting.forEach(each -> model.leaveOut(sensor, each.row()));
        interrupt();
    }

    /** Takes as normal by how much a sensor is off. */
    void shift(int sensor, double by) {
        model.shift(sensor, by);
    }

    /** Learns from a row, in time. */
    void learn(float[] row, int state, double blockMs, boolean[] faulty) {
        learnedFrom |= 1 << state;
        for (int i = 0; i < unit.length; i++) {
            unit[i] += row[i];
        }
        int blocks = (int) Math.max(1, Math.round(UNIT_MS / blockMs));
        if (++unitBlocks < blocks) {
            return;
        }
        var mean = new float[unit.length];
        for (int i = 0; i < mean.length; i++) {
            mean[i] = (float) (unit[i] / unitBlocks);
        }
        interrupt();
        boolean changed;
        if (model.count(state) < MATURE_UNITS) {
            changed = model.learn(mean, state, faulty);
        } else {
            waiting.add(new Unit(state, mean));
            boolean due = waiting.size() > Math.ceil(DELAY_MS / (blocks * blockMs));
            Unit next = due ? waiting.poll() : null;
            changed = due && model.learn(next.row(), next.state(), faulty);
        }
        if (changed) {
            regressions = null;
        }
    }

    void grow(int sensors, double blockMs) {
        if (model == null) {
            model = new CrossSensorModel((int) Math.ceil(MEMORY_MS / Math.max(UNIT_MS, blockMs)));
        }
        model.grow(sensors);
        scales.grow(sensors);
        deviations = new double[ResidualScales.HORIZONS][model.width()];
        before = new float[ResidualScales.HORIZONS][model.width()];
        mayTakeBack = false;
        newest = new double[model.width()];
        unit = new double[model.width()];
        unitBlocks = 0;
        waiting.clear();
        regressions = null;
    }

    void write(DataOutput out) throws IOException {
        scales.write(out);
        model.write(out);
        for (double[] average : deviations) {
            for (double value : average) {
                out.writeDouble(value);
            }
        }
        out.writeBoolean(mayTakeBack);
        for (int horizon = 0; mayTakeBack && horizon < before.length; horizon++) {
            StateIo.write(out, before[horizon]);
        }
        for (double value : unit) {
            out.writeDouble(value);
        }
        out.writeInt(unitBlocks);
        out.writeInt(waiting.size());
        for (Unit each : waiting) {
            out.writeInt(each.state());
            StateIo.write(out, each.row());
        }
        out.writeInt(learnedFrom);
    }

    /**
     * Reads into one that has grown to as many sensors.
     *
     * @param version of the judgement; up to 5 no row could be taken back
     */
    void read(DataInput in, int version) throws IOException {
        scales.read(in);
        model.read(in);
        for (double[] average : deviations) {
            for (int i = 0; i < average.length; i++) {
                average[i] = in.readDouble();
            }
        }
        mayTakeBack = version > 5 && in.readBoolean();
        for (int horizon = 0; mayTakeBack && horizon < before.length; horizon++) {
            before[horizon] = StateIo.readFloats(in);
        }
        for (int i = 0; i < unit.length; i++) {
            unit[i] = in.readDouble();
        }
        unitBlocks = in.readInt();
        int units = StateIo.checked(in.readInt());
        for (int i = 0; i < units; i++) {
            waiting.add(new Unit(in.readInt(), StateIo.readFloats(in)));
        }
        learnedFrom = in.readInt();
    }
}
