package dev.vorrang.scoring.demand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vorrang.schemas.SeriesKey;
import dev.vorrang.scoring.demand.model.DemandPeriod;
import dev.vorrang.scoring.demand.model.DemandPrediction;
import java.io.EOFException;
import java.io.IOException;
import java.io.UTFDataFormatException;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** What is stored of an item is what is read of it, whatever came. */
class ItemStateProperties {

    private static final int KEPT = 20;
    private static final List<String> NAMES = List.of("promotion", "price");
    private static final SeriesKey KEY = SeriesKey.of("lamp", "north");
    private static final DemandCalendar CALENDAR = DemandCalendar.of(DemandPeriod.DAY, ZoneOffset.UTC);

    @Property(tries = 300)
    void shouldReadWhatWasWritten(@ForAll long seed, @ForAll @IntRange(min = 0, max = 60) int steps)
            throws IOException {
        ItemState state = state(new Random(seed), steps);

        ItemState read = copy(state, KEPT);

        assertThat(read.head()).isEqualTo(state.head());
        assertThat(read.storedSeries()).isEqualTo(state.storedSeries());
        var window = state.series().window(CALENDAR, 3);
        assertThat(read.series().window(CALENDAR, 3).quantities()).isEqualTo(window.quantities());
        assertThat(Arrays.deepEquals(read.series().window(CALENDAR, 3).known(), window.known()))
                .isTrue();
    }

    @Property(tries = 100)
    void shouldKeepTheNewestWhenLessIsKept(@ForAll long seed, @ForAll @IntRange(min = 1, max = 60) int steps)
            throws IOException {
        ItemState state = state(new Random(seed), steps);

        Series shorter = copy(state, 5).series();

        float[] all = state.series().window(CALENDAR, 3).quantities();
        assertThat(shorter.end()).isEqualTo(state.series().end());
        assertThat(shorter.window(CALENDAR, 3).quantities())
                .isEqualTo(Arrays.copyOfRange(all, Math.max(0, all.length - 5), all.length));
    }

    @Property(tries = 300)
    void shouldRefuseDamagedBytesWithoutRunningOutOfMemory(@ForAll long seed, @ForAll @IntRange(max = 400) int at) {
        var random = new Random(seed);
        byte[] head = state(random, 30).head();
        byte[] series = state(random, 30).storedSeries();
        head[at % head.length] = (byte) random.nextInt();
        series[at % series.length] = (byte) random.nextInt();
        byte[] cut = Arrays.copyOf(series, random.nextInt(series.length));

        readOrRefuse(() -> ItemState.read(KEY, head, new Series(KEPT, NAMES, 0)));
        readOrRefuse(() -> Series.read(Stored.opened(series), KEPT, NAMES, 1_000));
        assertThatThrownBy(() -> Series.read(Stored.opened(cut), KEPT, NAMES, 1_000))
                .isInstanceOf(IOException.class);
    }

    private interface Reading {
        void read() throws IOException;
    }

    private static void readOrRefuse(Reading reading) {
        try {
            reading.read();
        } catch (IOException e) {
            // Cut short, or with a number that none could be.
            assertThat(e)
                    .satisfiesAnyOf(
                            cut -> assertThat(cut).isInstanceOf(EOFException.class),
                            wrong -> assertThat(wrong).isInstanceOf(UTFDataFormatException.class),
                            wrong -> assertThat(wrong).hasMessageContaining("allowed is"));
        }
    }

    private static ItemState copy(ItemState state, int kept) throws IOException {
        Series series = Series.read(Stored.opened(state.storedSeries()), kept, NAMES, 1_000);
        return ItemState.read(KEY, state.head(), series);
    }

    private static ItemState state(Random random, int steps) {
        var state = new ItemState(KEY, new Series(KEPT, NAMES, 100));
        state.beginAt(100);
        for (int step = 0; step < steps; step++) {
            long end = state.series().end();
            switch (random.nextInt(7)) {
                case 0 -> state.add(end + random.nextInt(3), random.nextInt(5) / 3.0);
                case 1 -> state.close(random.nextBoolean() ? Double.NaN : 0);
                case 2 -> state.closeAs(random.nextInt(1_000) * (random.nextBoolean() ? 1 : 0.1));
                case 3 -> state.note("line-" + random.nextInt(20));
                case 4 -> state.know(end + random.nextInt(5), Map.of("price", random.nextDouble()));
                case 5 -> correct(state, end - 1 - random.nextInt(10), random.nextDouble());
                default -> forecast(state, random);
            }
        }
        return state;
    }

    private static void correct(ItemState state, long index, double quantity) {
        if (state.series().reaches(index)) {
            state.correct(index, quantity, any -> 0);
        }
    }

    private static void forecast(ItemState state, Random random) {
        state.nextRevision();
        float mean = random.nextFloat();
        var prediction = new DemandPrediction(new float[][] {{0, mean}, {0, mean}}, new float[] {mean, mean});
        var expected = Expectation.of(state.series().end(), new float[] {0.1f, 0.9f}, prediction, new float[] {3});
        state.expect(Optional.of(expected));
        state.alerts()
                .soFar(DemandAlertSettings.defaults(), expected, state.series().end(), random.nextInt(20));
    }
}
