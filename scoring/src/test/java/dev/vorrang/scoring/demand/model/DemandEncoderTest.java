package dev.vorrang.scoring.demand.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.vorrang.scoring.demand.model.DemandEncoder.Encoded;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DemandEncoderTest {

    private static final LocalDateTime ORIGIN = LocalDateTime.parse("2026-03-02T00:00");
    private static final DemandFrame DAYS = DemandFrame.of(DemandPeriod.DAY, 3);

    private final DemandEncoder encoder = new DemandEncoder(DAYS, 0, true, 5);

    @Test
    void shouldKnowNoUnit() {
        float[] small = orders(100, 1);
        float[] large = small.clone();
        for (int t = 0; t < large.length; t++) {
            large[t] *= 1024;
        }

        Encoded ofSmall = encoder.encode(DemandWindow.of(small, ORIGIN, 3));
        Encoded ofLarge = encoder.encode(DemandWindow.of(large, ORIGIN, 3));

        assertThat(ofLarge.series()).containsExactly(ofSmall.series(), within(1e-4f));
        for (int step = 0; step < 3; step++) {
            assertThat(ofLarge.steps()[step]).containsExactly(ofSmall.steps()[step], within(1e-4f));
            assertThat(ofLarge.candidates()[step]).containsExactly(ofSmall.candidates()[step], within(1e-4f));
        }
        assertThat(ofLarge.scale()).isEqualTo(1024 * ofSmall.scale(), within(1e-3));
    }

    @Test
    void shouldReadNoFurtherBackThanItsContext() {
        float[] all = orders(DAYS.context() + 50, 2);
        float[] last = Arrays.copyOfRange(all, 50, all.length);

        assertThat(encoder.encode(DemandWindow.of(all, ORIGIN, 3)))
                .usingRecursiveComparison()
                .isEqualTo(encoder.encode(DemandWindow.of(last, ORIGIN, 3)));
    }

    @Test
    void shouldEncodeHistoriesOfAnyLength() {
        for (int length = 0; length < 30; length++) {
            assertFinite(encoder.encode(DemandWindow.of(orders(length, length), ORIGIN, 3)));
        }
        assertFinite(encoder.encode(DemandWindow.of(new float[] {Float.NaN, Float.NaN}, ORIGIN, 3)));
    }

    @Test
    void shouldStartFromTheTypicalQuantityWithoutHistory() {
        Encoded empty = encoder.encode(DemandWindow.of(new float[0], ORIGIN, 3));

        assertThat(empty.level()).isEqualTo(5);
        assertThat(empty.demand(0)).isEqualTo(5);
    }

    @Test
    void shouldExpectNothingOfAnItemThatNeverHadDemand() {
        Encoded nothing = encoder.encode(DemandWindow.of(new float[40], ORIGIN, 3));

        assertThat(nothing.demand(7)).isZero();
        assertFinite(nothing);
    }

    @Test
    void shouldForecastNothingNegativeWhereDemandCannotBe() {
        float[] returns = {3, -1, 2, 0, 4};
        var free = new DemandEncoder(DAYS, 0, false, 5);

        assertThat(encoder.encode(DemandWindow.of(returns, ORIGIN, 3)).demand(-100))
                .isZero();
        assertThat(free.encode(DemandWindow.of(returns, ORIGIN, 3)).demand(-100))
                .isNegative();
        assertThat(free.encode(DemandWindow.of(orders(20, 3), ORIGIN, 3)).demand(-100))
                .isZero();
    }

    @Test
    void shouldTakeDemandToTheUnitOfTheGraphAndBack() {
        Encoded encoded = encoder.encode(DemandWindow.of(orders(50, 4), ORIGIN, 3));

        assertThat(encoded.demand(encoded.answer(17))).isEqualTo(17, within(1e-4f));
    }

    @Test
    void shouldRefuseWindowsOfAnotherShape() {
        assertThatThrownBy(() -> encoder.encode(new DemandWindow(new float[5], ORIGIN, new float[5][0])))
                .hasMessage("known has 5 periods, expected 8: history and horizon");
        assertThatThrownBy(() -> encoder.encode(new DemandWindow(new float[1], ORIGIN, new float[4][2])))
                .hasMessage("known has 2 values in a period, expected 0");
        assertThatThrownBy(() -> encoder.encode(DemandWindow.of(new float[5], null, 3)))
                .hasMessage("origin is missing, and the model counts by DAY");
        assertThatThrownBy(() -> encoder.encode(DemandWindow.of(new float[] {Float.POSITIVE_INFINITY}, ORIGIN, 3)))
                .hasMessageContaining("quantity is Infinity");
        assertThatThrownBy(() -> new DemandEncoder(DAYS, 1, true, 5)
                        .encode(new DemandWindow(new float[0], ORIGIN, new float[][] {{0}, {0}, {1 / 0f}})))
                .hasMessageContaining("known is Infinity");
    }

    private static void assertFinite(Encoded encoded) {
        assertFinite(encoded.series());
        for (int step = 0; step < encoded.steps().length; step++) {
            assertFinite(encoded.steps()[step]);
            assertFinite(encoded.candidates()[step]);
        }
    }

    private static void assertFinite(float[] values) {
        for (float value : values) {
            assertThat(value).isFinite();
        }
    }

    private static float[] orders(int periods, long seed) {
        var random = new Random(seed);
        var orders = new float[periods];
        for (int t = 0; t < periods; t++) {
            orders[t] = random.nextInt(t % 7 == 0 ? 20 : 6);
        }
        return orders;
    }
}
