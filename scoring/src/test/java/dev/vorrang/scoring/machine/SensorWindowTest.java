package dev.vorrang.scoring.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class SensorWindowTest {

    private static final List<String> CHANNELS = List.of("heat", "oil");
    private static final float[] MEANS = {50, 3};

    private final SensorWindow window = window();

    @Test
    void shouldPutValuesInTheModelsOrderWhateverTheMachines() {
        add(window, List.of("oil", "extra", "heat"), 4, 99, 60);

        assertThat(window.values()).containsExactly(60, 4, 60, 4, 60, 4);
        assertThat(window.steps()).isEqualTo(1);
    }

    @Test
    void shouldRepeatTheLastValueAndBeginWithTheMean() {
        add(window, List.of("heat"), 60);
        add(window, List.of("heat", "oil"), Double.NaN, 4);
        add(window, List.of("heat", "oil"), 61, Double.NaN);

        assertThat(window.values()).containsExactly(60, 3, 60, 4, 61, 4);
    }

    @Test
    void shouldHoldTheLastRowsOldestFirst() {
        for (int i = 1; i <= 8; i++) {
            add(window, CHANNELS, i, 10 * i);
        }

        assertThat(window.values()).containsExactly(6, 60, 7, 70, 8, 80);
        assertThat(window.steps()).isEqualTo(3);
    }

    @Test
    void shouldGoOnAsItWasWhereverItIsWritten() throws IOException {
        SensorWindow straight = window();
        SensorWindow written = window();
        for (int i = 1; i <= 10; i++) {
            var sensors = i < 4 ? List.of("heat") : List.of("heat", "new", "oil");
            var values = i < 4 ? new double[] {i} : new double[] {i % 3 == 0 ? Double.NaN : i, 7, 10.0 * i};
            add(straight, sensors, values);
            add(written, sensors, values);
            SensorWindow copy = window();
            copy.read(new DataInputStream(new ByteArrayInputStream(bytes(written))));
            written = copy;

            assertThat(written.values()).as("step %d", i).isEqualTo(straight.values());
        }
    }

    @Test
    void shouldRefuseWhatIsDamagedAndWhatIsEmpty() {
        var damaged = new DataInputStream(new ByteArrayInputStream(new byte[] {0, 0, 0, 9, 0, 0, 0, 1}));

        assertThatIOException().isThrownBy(() -> window.read(damaged)).withMessageContaining("is 9, allowed is 0 to 2");
        assertThatIllegalStateException().isThrownBy(() -> window().values());
    }

    private static SensorWindow window() {
        return new SensorWindow(3, CHANNELS, MEANS);
    }

    private static void add(SensorWindow window, List<String> sensors, double... values) {
        window.add(new Step("id", 0, sensors, values, List.of()));
    }

    private static byte[] bytes(SensorWindow window) throws IOException {
        var bytes = new ByteArrayOutputStream();
        window.write(new DataOutputStream(bytes));
        return bytes.toByteArray();
    }
}
