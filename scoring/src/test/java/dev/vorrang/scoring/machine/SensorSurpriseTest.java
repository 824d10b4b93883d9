package dev.vorrang.scoring.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

class SensorSurpriseTest {

    private static final long MINUTE_MS = 60_000;

    @Test
    void shouldFindASpikeMoreSurprisingThanAnythingBefore() {
        var random = new Random(1);
        float[] usual = sums(new SensorSurprise(), 1_000, row -> random.nextGaussian());
        random.setSeed(1);
        float[] spiked = sums(new SensorSurprise(), 1_000, row -> random.nextGaussian() + (row == 900 ? 12 : 0));
        assertThat(spiked[900]).isGreaterThan(2 * usual[900]);
        for (int row = 100; row < 900; row++) {
            assertThat(spiked[900]).isGreaterThan(spiked[row]);
        }
    }

    @Test
    void shouldSayTheSameWhateverTheUnit() {
        var random = new Random(2);
        float[] volts = sums(new SensorSurprise(), 500, row -> 5 + random.nextGaussian());
        random.setSeed(2);
        float[] microvolts = sums(new SensorSurprise(), 500, row -> 1e6 * (5 + random.nextGaussian()));
        for (int row = 0; row < 500; row++) {
            assertThat(microvolts[row]).isCloseTo(volts[row], offset(0.01f));
        }
    }

    @Test
    void shouldStayFiniteForSensorsThatAreFlatOrBinaryOrHuge() {
        IntToDoubleFunction flatThenAlive = row -> row < 300 ? 7 : row;
        IntToDoubleFunction binary = row -> row / 40 % 2;
        IntToDoubleFunction huge = row -> row % 50 == 0 ? -Float.MAX_VALUE : Float.MAX_VALUE;
        IntToDoubleFunction gaps = row -> row % 3 == 0 ? Double.NaN : Math.sin(row);
        for (IntToDoubleFunction sensor : new IntToDoubleFunction[] {flatThenAlive, binary, huge, gaps, row -> 0}) {
            for (float sum : sums(new SensorSurprise(), 600, sensor)) {
                assertThat(sum).isBetween(0f, 300f);
            }
        }
    }

    @Test
    void shouldSayNothingOfAMissingValueAndOfTheFirstOnes() {
        var surprise = new SensorSurprise();
        float[] first = new float[SensorSurprise.FEATURES];
        surprise.observe(3, 0, first, 0);
        assertThat(first).containsOnly(0);
        sums(surprise, 100, row -> row % 7);
        float[] missing = new float[SensorSurprise.FEATURES];
        surprise.observe(Double.NaN, 0, missing, 0);
        assertThat(missing).containsOnly(0);
    }

    @Test
    void shouldGoOnAsBeforeWhenRead() throws IOException {
        var random = new Random(3);
        var surprise = new SensorSurprise();
        sums(surprise, 5_000, row -> Math.sin(row / 50.0) + 0.1 * random.nextGaussian());
        var bytes = new ByteArrayOutputStream();
        surprise.write(new DataOutputStream(bytes));
        assertThat(bytes.size()).isLessThanOrEqualTo(SensorSurprise.BYTES);
        var read = new SensorSurprise();
        read.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())), false);
        random.setSeed(4);
        float[] goesOn = sums(surprise, 500, row -> random.nextGaussian());
        random.setSeed(4);
        assertThat(sums(read, 500, row -> random.nextGaussian())).isEqualTo(goesOn);
    }

    private static float[] sums(SensorSurprise surprise, int rows, IntToDoubleFunction sensor) {
        var sums = new float[rows];
        for (int row = 0; row < rows; row++) {
            var features = new float[SensorSurprise.FEATURES];
            surprise.observe(sensor.applyAsDouble(row), row * MINUTE_MS, features, 0);
            for (float feature : features) {
                sums[row] += feature;
            }
        }
        return sums;
    }
}
