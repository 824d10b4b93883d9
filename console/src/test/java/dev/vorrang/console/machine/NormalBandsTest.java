package dev.vorrang.console.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class NormalBandsTest {

    private static final long MIDNIGHT = 20_000L * 24;

    @Test
    void shouldKnowNoBandOfTooLittle() {
        var bands = new NormalBands();
        bands.add(MIDNIGHT, hour(10), minute -> false);

        assertThat(bands.finished().low("flow", MIDNIGHT)).isNull();
        assertThat(bands.low("other", MIDNIGHT)).isNull();
    }

    @Test
    void shouldBeTheMiddleOfWhatWasUsual() {
        var bands = new NormalBands();
        for (int i = 0; i < 10; i++) {
            bands.add(MIDNIGHT + i, hour(10), minute -> false);
        }
        bands.finished();

        // Of each hour: 10.0, 10.1 … 15.9.
        assertThat(bands.low("flow", MIDNIGHT)).isCloseTo(10, within(0.11));
        assertThat(bands.high("flow", MIDNIGHT)).isCloseTo(15.9, within(0.11));
    }

    @Test
    void shouldFollowTheHourOfTheDayOnceItIsKnown() {
        var bands = new NormalBands();
        for (int day = 0; day < 7; day++) {
            bands.add(MIDNIGHT + 24 * day, hour(10), minute -> false);
            bands.add(MIDNIGHT + 24 * day + 8, hour(100), minute -> false);
        }
        bands.finished();

        assertThat(bands.high("flow", MIDNIGHT)).isLessThan(16);
        assertThat(bands.low("flow", MIDNIGHT + 8)).isGreaterThanOrEqualTo(100);
        // Of this hour nothing is known but what the whole day was.
        assertThat(bands.low("flow", MIDNIGHT + 3)).isLessThan(11);
        assertThat(bands.high("flow", MIDNIGHT + 3)).isGreaterThan(105);
    }

    @Test
    void shouldLeaveOutWhatWasWrong() {
        var bands = new NormalBands();
        for (int i = 0; i < 10; i++) {
            bands.add(MIDNIGHT + i, hour(10), minute -> false);
        }
        HourBlock maintained = hour(5_000);
        for (int minute = 0; minute < 60; minute++) {
            maintained.setMaintenance(minute);
        }
        bands.add(MIDNIGHT + 10, maintained, minute -> false);
        bands.add(MIDNIGHT + 11, hour(9_000), minute -> minute >= (MIDNIGHT + 11) * 60);

        assertThat(bands.finished().high("flow", MIDNIGHT)).isLessThan(16);
    }

    private static HourBlock hour(double value) {
        var block = new HourBlock();
        for (int minute = 0; minute < 60; minute++) {
            block.add(minute, "flow", value + minute / 10.0);
        }
        return block;
    }
}
