package dev.vorrang.console.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class HourBlockTest {

    @Test
    void shouldKeepWhatItHas() {
        var block = new HourBlock();
        block.add(0, "flow", 1);
        block.add(0, "flow", 2);
        block.add(0, "flow", 6);
        block.add(59, "flow", -5);
        block.add(30, "once", 4);
        block.addAnomaly(59, 0.2);
        block.addAnomaly(59, 0.9);
        block.addAnomaly(59, 0.4);
        block.setMaintenance(59);

        HourBlock read = HourBlock.read(block.bytes());

        assertThat(read.sensors()).containsOnlyKeys("flow", "once");
        HourBlock.Column flow = read.sensors().get("flow");
        assertThat(flow.count(0)).isEqualTo(3);
        assertThat(flow.mean(0)).isCloseTo(3, within(1e-6f));
        assertThat(flow.low(0)).isEqualTo(1);
        assertThat(flow.high(0)).isEqualTo(6);
        assertThat(flow.count(1)).isZero();
        assertThat(flow.low(59)).isEqualTo(-5);
        assertThat(read.sensors().get("once").high(30)).isEqualTo(4);
        assertThat(read.anomaly(59)).isEqualTo(0.9f);
        assertThat(read.anomaly(0)).isNaN();
        assertThat(read.isMaintenance(59)).isTrue();
        assertThat(read.isMaintenance(58)).isFalse();
    }

    @Test
    void shouldGoOnAfterValuesBeyondAllMeasure() {
        var block = new HourBlock();
        block.add(0, "flow", Double.MAX_VALUE);
        block.add(0, "flow", -Double.MAX_VALUE);

        assertThat(block.sensors().get("flow").mean(0)).isFinite();
    }

    @Test
    void shouldBeBounded() {
        var block = new HourBlock();
        for (int i = 0; i < HourBlock.MAX_SENSORS + 10; i++) {
            block.add(0, "sensor " + i, i);
        }

        assertThat(block.sensors()).hasSize(HourBlock.MAX_SENSORS);
    }
}
