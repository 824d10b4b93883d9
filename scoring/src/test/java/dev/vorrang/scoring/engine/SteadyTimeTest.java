package dev.vorrang.scoring.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.common.utils.Time;
import org.junit.jupiter.api.Test;

class SteadyTimeTest {

    @Test
    void shouldBeginNowAndNeverGoBack() {
        long before = Time.SYSTEM.milliseconds();
        var time = new SteadyTime();
        long last = time.milliseconds();

        assertThat(last).isBetween(before, before + 60_000);
        for (int i = 0; i < 100_000; i++) {
            long next = time.milliseconds();
            assertThat(next).isGreaterThanOrEqualTo(last);
            last = next;
        }
    }
}
