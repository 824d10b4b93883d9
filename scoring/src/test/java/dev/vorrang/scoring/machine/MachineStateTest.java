package dev.vorrang.scoring.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.vorrang.schemas.MachineScore;
import dev.vorrang.schemas.MachineStatus;
import dev.vorrang.schemas.Quality;
import dev.vorrang.schemas.SensorReading;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class MachineStateTest {

    private static final MachineSettings EACH = MachineSettings.defaults();
    private static final MachineSettings SECONDS =
            new MachineSettings(IntakeSettings.defaults().withPeriod(Duration.ofSeconds(1)), AlertSettings.defaults());

    private final Press press = new Press(EACH, new Averages());

    @Test
    void shouldScoreOnceEnoughIsKnown() {
        press.read(1, 10).read(2, 10).read(3, 11);

        assertThat(press.scores)
                .extracting(MachineScore::getStatus)
                .containsExactly(MachineStatus.WARMING_UP, MachineStatus.WARMING_UP, MachineStatus.SCORED);
        assertThat(press.last().getAnomaly()).isEqualTo(0.5);
        assertThat(press.last().getSensors()).isEqualTo(Map.of("load", 1f));
    }

    @Test
    void shouldTellWhenTheReadingOfAScoreWasReceived() {
        press.read(Press.builder(1, Map.of("load", 10.0))
                .setReceivedAt(Instant.ofEpochMilli(42))
                .build());
        assertThat(press.last().getReceivedAt()).isEqualTo(Instant.ofEpochMilli(42));

        press.read(2, 10);
        assertThat(press.last().getReceivedAt()).isNull();
    }

    /** Flow and current follow the load; the pressure does until it falls. */
    private static SensorReading pump(long minute, long fault, Random noise) {
        double load = 10 + 2 * Math.sin(minute / 90.0) + 0.1 * noise.nextGaussian();
        double pressure = (minute < fault ? 1 : 0.8) * load + 0.05 * noise.nextGaussian();
        return Press.reading(
                minute * 60_000,
                Map.of("load", load, "flow", 4 * load + 0.2 * noise.nextGaussian(), "pressure", pressure));
    }

    @Test
    void shouldPublishWhatTheJudgementSaysOnceItKnowsTheMachine() throws IOException {
        var noise = new Random(5);
        var sameNoise = new Random(5);
        var restarted = new Press(EACH, new Averages());
        long fault = 3_000;
        for (long minute = 0; minute < fault + 60; minute++) {
            press.read(pump(minute, fault, noise));
            restarted.read(pump(minute, fault, sameNoise));
            if (minute % 397 == 0) {
                restarted.restart();
            }
        }

        assertThat(press.scores.subList(0, 50))
                .allMatch(score -> !score.getSensors().containsKey("flow"));
        assertThat(press.scores.subList(1_000, (int) fault))
                .filteredOn(score -> score.getAnomaly() >= 0.99)
                .hasSizeLessThan(30);
        assertThat(press.last().getAnomaly()).isGreaterThan(0.99);
        assertThat(press.last().getSensors().get("pressure")).isGreaterThan(0.5f);
        assertThat(restarted.scores).isEqualTo(press.scores);
    }

    @Test
    void shouldPassOverAReadingThatComesTwice() {
        var once = Press.reading(1, Map.of("load", 10.0));
        press.read(once).read(once);

        assertThat(press.scores).hasSize(1);
    }

    @Test
    void shouldSayThatAReadingIsLateAndLearnNothingFromIt() {
        press.read(1, 10).read(5, 10).read(3, 99).read(6, 11);

        assertThat(press.scores.get(2).getStatus()).isEqualTo(MachineStatus.LATE);
        assertThat(press.scores.get(2).getAnomaly()).isNull();
        assertThat(press.last().getAnomaly()).isEqualTo(0.5);
    }

    @Test
    void shouldLeaveOutWhatIsNoFiniteNumber() {
        for (double bad : new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 1e39}) {
            var fresh = new Press(EACH, new Averages()).read(1, bad);

            assertThat(fresh.last().getNotes())
                    .containsExactly("load: " + bad + " is no finite number and was left out");
        }
    }

    @Test
    void shouldTakeNullForMissingAndNotForZero() {
        var values = new HashMap<String, Double>();
        values.put("load", null);
        var step = press.accept(Press.reading(1, values)).orElseThrow().step();

        assertThat(step.sensors()).containsExactly("load");
        assertThat(step.values()).containsExactly(Double.NaN);
        assertThat(step.notes()).isEmpty();
    }

    @Test
    void shouldLeaveOutValuesOfBadQualityAndOfAnotherUnit() {
        var bar = Press.builder(1, Map.of("oil", 3.0)).setUnits(Map.of("oil", "bar"));
        var psi = Press.builder(2, Map.of("oil", 43.5)).setUnits(Map.of("oil", "psi"));
        var bad = Press.builder(3, Map.of("oil", 3.0)).setQuality(Map.of("oil", Quality.BAD));

        assertThat(press.accept(bar.build()).orElseThrow().step().values()).containsExactly(3.0);
        var other = press.accept(psi.build()).orElseThrow().step();
        assertThat(other.values()).containsExactly(Double.NaN);
        assertThat(other.notes()).containsExactly("oil: unit psi instead of bar, left out");
        assertThat(press.accept(bad.build()).orElseThrow().step().values()).containsExactly(Double.NaN);
    }

    @Test
    void shouldKeepTheNumberOfASensorWhenOthersCome() {
        press.read(Press.reading(1, Map.of("load", 1.0)));
        var step = press.accept(Press.reading(2, Map.of("heat", 2.0)))
                .orElseThrow()
                .step();

        assertThat(step.sensors()).containsExactly("load", "heat");
        assertThat(step.values()).containsExactly(Double.NaN, 2.0);
    }

    @Test
    void shouldRefuseNamesThatNoStateCouldKeep() {
        var longName = Press.builder(1, Map.of("x".repeat(201), 1.0)).setId("1").build();
        assertThat(press.accept(longName).orElseThrow().step().sensors()).isEmpty();
        assertThatThrownBy(() -> new MachineState("", EACH, List.of())).hasMessageContaining("allowed are 1 to 200");
        assertThatThrownBy(() -> press.accept(
                        Press.builder(2, Map.of()).setMachine("other").build()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'other'");
    }

    @Test
    void shouldMakeOneStepOfThePeriodsReadings() {
        var sampled = new Press(SECONDS);
        assertThat(sampled.accept(Press.reading(1_100, Map.of("load", 1.0)))).isEmpty();
        assertThat(sampled.accept(Press.reading(1_900, Map.of("load", 3.0)))).isEmpty();
        assertThat(sampled.accept(Press.reading(1_500, Map.of("heat", 7.0)))).isEmpty();
        var step = sampled.accept(Press.reading(2_000, Map.of("load", 9.0)))
                .orElseThrow()
                .step();

        assertThat(step.time()).isEqualTo(1_000);
        assertThat(step.values()).containsExactly(2.0, 7.0);
        assertThat(sampled.accept(Press.reading(1_999, Map.of("load", 1.0)))
                        .orElseThrow()
                        .unscored())
                .contains(MachineStatus.LATE);
    }

    @Test
    void shouldTakeAMachineForNewAfterALongSilence() {
        long later = Duration.ofDays(31).toMillis();
        press.read(1, 10).read(2, 10).read(3, 10).read(later, 50);

        assertThat(press.last().getStatus()).isEqualTo(MachineStatus.WARMING_UP);
        assertThat(press.last().getNotes())
                .containsExactly("after 2678399 s without readings the machine is taken as new");
    }

    @Test
    void shouldConcludeAStepThatWasPendingWhenTheMachineBecameNew() {
        press.read(1, 10).read(2, 10);
        var before = press.accept(Press.reading(3, Map.of("load", 11.0))).orElseThrow();
        var after = press.accept(Press.reading(Duration.ofDays(40).toMillis(), Map.of("load", 50.0)))
                .orElseThrow();
        press.conclude(before);
        press.conclude(after);

        assertThat(press.scores.get(2).getAnomaly()).isEqualTo(0.5);
        assertThat(press.last().getStatus()).isEqualTo(MachineStatus.WARMING_UP);
    }

    /** What version 2 had of a machine after the first 30 readings of {@link Press#calm}, which it knew by {@link Averages}. */
    @Test
    void shouldReadAStateOfVersion2AndSayThatItHasNoJudgement() throws IOException {
        byte[] old;
        try (var hex = getClass().getResourceAsStream("/machine-state-2.hex")) {
            old = HexFormat.of().parseHex(new String(hex.readAllBytes(), StandardCharsets.US_ASCII).strip());
        }
        var log = (Logger) LoggerFactory.getLogger(MachineState.class);
        var lines = new ListAppender<ILoggingEvent>();
        lines.start();
        log.addAppender(lines);
        log.setLevel(Level.INFO);
        try {
            press.restore(old);
        } finally {
            log.setLevel(null);
            log.detachAppender(lines);
        }
        press.calm(30, 33);
        var straight = new Press(EACH, new Averages());
        straight.calm(0, 33);

        assertThat(lines.list)
                .singleElement()
                .extracting(ILoggingEvent::getFormattedMessage)
                .asString()
                .contains("'press-5' is of version 2");
        assertThat(press.scores).isEqualTo(straight.scores.subList(30, 33));
        press.restart();
        press.calm(33, 34);
        assertThat(press.last().getStatus()).isEqualTo(MachineStatus.SCORED);
    }

    @Test
    void shouldRefuseADamagedSnapshot() {
        press.calm(0, 30);
        byte[] snapshot = press.snapshot();

        for (int length : new int[] {0, 3, 10, snapshot.length / 2, snapshot.length - 1}) {
            assertThatIOException()
                    .isThrownBy(() -> MachineState.restore(
                            Arrays.copyOf(snapshot, length),
                            MachineProfile.of(EACH),
                            List.of(new Averages()),
                            IdPages.inMemory()));
        }
        assertThatIOException()
                .isThrownBy(() -> MachineState.restore(
                        snapshot, MachineProfile.of(SECONDS), List.of(new Averages()), IdPages.inMemory()))
                .withMessageContaining("a period of 0 ms, the settings say 1000 ms");
    }
}
