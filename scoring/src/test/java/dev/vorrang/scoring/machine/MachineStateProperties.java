package dev.vorrang.scoring.machine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vorrang.schemas.SensorReading;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Restarts, and how steps fall into batches, change nothing of what is said of a machine. */
class MachineStateProperties {

    private static final int READINGS = 300;

    @Property(tries = 60)
    void shouldGoOnAfterARestartAsIfNothingHadBeen(@ForAll long seed, @ForAll boolean sampled) throws IOException {
        var straight = new Press(settings(sampled), new Averages());
        var restarted = new Press(settings(sampled), new Averages());
        var random = new Random(seed);
        for (SensorReading reading : Readings.of(Press.NAME, seed, READINGS)) {
            straight.read(reading);
            restarted.read(reading);
            if (random.nextInt(10) == 0) {
                restarted.restart();
            }
        }

        assertThat(restarted.scores).isEqualTo(straight.scores);
        assertThat(restarted.alerts).isEqualTo(straight.alerts);
        assertThat(restarted.snapshot()).isEqualTo(straight.snapshot());
    }

    @Property(tries = 60)
    void shouldSayTheSameHoweverStepsFallIntoBatches(@ForAll long seed, @ForAll @IntRange(min = 2, max = 64) int size) {
        var single = new Press(settings(false), new Averages());
        var batched = new Press(settings(false), new Averages());
        Deque<PendingStep> batch = new ArrayDeque<>();
        for (SensorReading reading : Readings.of(Press.NAME, seed, READINGS)) {
            single.read(reading);
            batched.accept(reading).ifPresent(batch::add);
            if (batch.size() == size) {
                batch.forEach(batched::conclude);
                batch.clear();
            }
        }
        batch.forEach(batched::conclude);

        assertThat(batched.scores).isEqualTo(single.scores);
        assertThat(batched.alerts).isEqualTo(single.alerts);
    }

    private static MachineSettings settings(boolean sampled) {
        var intake = IntakeSettings.defaults().withLongestGap(Duration.ofSeconds(30));
        return new MachineSettings(
                sampled ? intake.withPeriod(Duration.ofMillis(500)) : intake, AlertSettings.defaults());
    }
}
