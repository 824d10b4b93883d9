package dev.vorrang.scoring.machine.judge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import java.util.function.LongFunction;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The state of a judgement: written and read again, after values that are out of measure, and how large it is. */
class MachineJudgeStateTest extends JudgedDays {

    @Test
    void shouldGiveFiniteNumbersWhereSensorsAreFaultyForLong() {
        // Two sensors are off for days while the others, on which they depend, grow quieter.
        run(6 * DAY, 60_000, PUMP, at -> {
            double[] values = pump(at);
            boolean off = at > DAY && at % (2 * DAY) < 1.5 * DAY;
            values = off ? with(with(values, 0, values[0] + 40), 1, values[1] - 3) : values;
            return at > 2 * DAY ? with(values, 2, 5 + 0.01 * values[2]) : values;
        });

        assertThat(scores).allMatch(score -> score >= 0 && score <= 1);
        assertThat(changes).isNotEmpty().allSatisfy(change -> {
            assertThat(change.peak()).isBetween(0.0, 1.0);
            assertThat(change.sensors().values()).allMatch(share -> share >= 0 && share <= 1);
        });
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e15, 1e20, Float.MAX_VALUE})
    void shouldGoOnAfterValuesBeyondAllMeasure(double value) {
        run(3 * DAY, 60_000, PUMP, at -> {
            double[] values = pump(at);
            values = at % (7 * HOUR) < 180_000 ? with(values, 1, value) : values;
            return at % DAY < 3 * HOUR ? with(values, 2, value * (at / 60_000 % 7)) : values;
        });

        assertThat(scores).hasSize(3 * 24 * 60).allMatch(score -> score >= 0 && score <= 1);
        assertThat(changes).allSatisfy(change -> {
            assertThat(change.peak()).isBetween(0.0, 1.0);
            assertThat(change.sensors().values()).allMatch(share -> share >= 0 && share <= 1);
        });
    }

    @Test
    void shouldGoOnFromAStateAsIfNothingHadBeen() throws IOException {
        long fault = 2 * DAY + 10 * HOUR;
        LongFunction<double[]> values = at -> {
            double[] read = pump(at);
            return at < fault ? read : with(read, 2, 0.6 * read[2]);
        };
        var seed = new Random(3);
        run(3 * DAY, 60_000, PUMP, values);
        var whole = List.copyOf(scores);
        var wholeChanges = List.copyOf(changes);

        judge = new MachineJudge();
        random.setSeed(7);
        warmth = 0;
        time = START;
        scores.clear();
        changes.clear();
        while (time < START + 3 * DAY) {
            run(Math.min(3 * DAY, time - START + seed.nextInt((int) (8 * HOUR))), 60_000, PUMP, values);
            judge = restored(judge);
        }

        assertThat(scores).isEqualTo(whole);
        assertThat(changes).isEqualTo(wholeChanges).isNotEmpty();
    }

    /** {@code judgement-2.gz}: three sensors that follow one load, a sample each 5 min from 1970 on, 1,000 of them. */
    @Test
    void shouldGoOnFromAStateOfVersion2() throws IOException {
        try (var in = new GZIPInputStream(MachineJudgeStateTest.class.getResourceAsStream("judgement-2.gz"))) {
            judge.read(new DataInputStream(in));
        }
        var sensors = List.of("load", "flow", "pressure");
        for (int i = 1_000; i < 1_100; i++) {
            double load = 10 + 2 * Math.sin(i / 30.0);
            double pressure = i < 1_050 ? load : 0.6 * load;
            Judgement judgement = judge.add(i * 300_000L, sensors, new double[] {load, 4 * load, pressure}, Pause.NONE);
            assertThat(judgement.warm()).isTrue();
            assertThat(judgement.shares()).hasSize(3);
            if (i > 1_052) {
                assertThat(judgement.shares()[2]).isGreaterThan(0.5f);
            }
        }
    }

    private static MachineJudge restored(MachineJudge judge) throws IOException {
        var bytes = new ByteArrayOutputStream();
        judge.write(new DataOutputStream(bytes));
        var restored = new MachineJudge();
        restored.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
        return restored;
    }

    @Test
    void shouldKeepAMachineOfTwentySensorsSmall() throws IOException {
        List<String> names = IntStream.range(0, 20).mapToObj(i -> "s" + i).toList();
        run(2 * DAY, 60_000, names, at -> {
            var values = new double[20];
            for (int i = 0; i < values.length; i++) {
                values[i] = works(at) ? 10 + i + noise(1) : 0;
            }
            return values;
        });

        var bytes = new ByteArrayOutputStream();
        judge.write(new DataOutputStream(bytes));
        assertThat(bytes.size()).isLessThan(64 * 1_024);
    }
}
