package dev.vorrang.scoring.machine.judge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vorrang.schemas.AlertState;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.LongFunction;

/** A machine that is judged for days, and what came out. */
abstract class JudgedDays {

    static final long START = 1_788_307_200_000L;
    static final long HOUR = 3_600_000;
    static final long DAY = 24 * HOUR;
    static final List<String> PUMP = List.of("current", "flow", "pressure", "temperature", "vibration");

    final Random random = new Random(7);
    final List<Judgement.Change> changes = new ArrayList<>();
    final List<Double> scores = new ArrayList<>();
    final List<float[]> shares = new ArrayList<>();
    MachineJudge judge = new MachineJudge();
    long time = START;
    double warmth;

    void run(long until, long period, List<String> sensors, LongFunction<double[]> values) {
        for (; time < START + until; time += period) {
            Judgement judgement = judge.add(time, sensors, values.apply(time - START), Pause.NONE);
            changes.addAll(judgement.changes());
            scores.add(judgement.score());
            shares.add(judgement.shares());
        }
    }

    void run(long until, long period, LongFunction<Double> value) {
        run(until, period, List.of("x"), at -> new double[] {value.apply(at)});
    }

    double noise(double deviation) {
        return deviation * random.nextGaussian();
    }

    List<AlertState> states() {
        return changes.stream().map(Judgement.Change::state).toList();
    }

    Judgement.Change raised() {
        assertThat(changes).isNotEmpty();
        return changes.get(0);
    }

    static boolean works(long at) {
        return at % DAY >= 6 * HOUR && at % DAY < 22 * HOUR;
    }

    /** A pump in two shifts, whose load wanders. */
    double[] pump(long at) {
        double load = works(at) ? 0.8 + 0.15 * Math.sin(at / 7e6) + noise(0.01) : 0;
        warmth += ((load > 0 ? 45 * load : 0) - warmth) / 150;
        return new double[] {
            Math.max(0, 12 * load + (load > 0 ? noise(0.1) : 0)),
            Math.max(0, 40 * load + (load > 0 ? noise(0.4) : 0)),
            Math.max(0, 6 * load * load + (load > 0 ? noise(0.04) : 0)),
            20 + warmth + noise(0.1),
            0.1 + 2 * load + noise(0.05)
        };
    }

    static double[] with(double[] values, int sensor, double value) {
        values[sensor] = value;
        return values;
    }
}
