package dev.vorrang.connectors.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The task and the broker that the program brings. */
class EmbeddedMqttSourceTest extends MqttSourceContract {

    @Override
    Broker start(Path folder) {
        return new EmbeddedBroker(folder);
    }

    @Override
    boolean keepsToTheReceiveMaximum() {
        return true;
    }

    @Test
    void shouldHaveNoMoreUnderWayThanTheReceiveMaximum() throws Exception {
        var config = config(MqttSettings.RECEIVE_MAXIMUM, "5");
        subscribe(config);
        publish(1, 12);
        try (var run = new MqttTaskRun(config, offsets)) {
            run.take(5);
            assertThat(run.poll()).isZero();
            run.commit(3).take(8);
            assertThat(run.poll()).isZero();
            run.commit(5).take(12);
            assertThat(run.texts()).containsExactlyInAnyOrderElementsOf(readings(1, 12));
        }
    }
}
