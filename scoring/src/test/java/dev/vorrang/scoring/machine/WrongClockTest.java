package dev.vorrang.scoring.machine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vorrang.schemas.AlertKind;
import dev.vorrang.schemas.AlertState;
import dev.vorrang.schemas.MachineScore;
import dev.vorrang.schemas.MachineStatus;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Readings whose clock is wrong, seen as they come, or in a recording that says nothing of when they came. */
class WrongClockTest {

    private static final long SECOND = 1_000;
    private static final long MINUTE = 60 * SECOND;
    private static final long HOUR = 60 * MINUTE;
    private static final long DAY = 24 * HOUR;
    private static final long START = Instant.parse("2026-03-02T06:00:00Z").toEpochMilli();

    private final Press press = new Press(MachineSettings.defaults(), new Averages());
    private long number;

    @BeforeEach
    void know() {
        live(START, 10);
    }

    /** Readings a second apart, received when they were read. */
    private void live(long from, int count) {
        for (int i = 0; i < count; i++) {
            read(from + i * SECOND, from + i * SECOND);
        }
    }

    private void recorded(long from, int count) {
        for (int i = 0; i < count; i++) {
            read(from + i * SECOND, null);
        }
    }

    private void read(long time, Long receivedAt) {
        press.read(Press.builder(time, Map.of("load", 10.0))
                .setId("id-" + number++)
                .setReceivedAt(receivedAt == null ? null : Instant.ofEpochMilli(receivedAt))
                .build());
    }

    private List<MachineStatus> statuses(int from) {
        return press.scores.subList(from, press.scores.size()).stream()
                .map(MachineScore::getStatus)
                .toList();
    }

    @ParameterizedTest
    @ValueSource(longs = {5 * MINUTE, 2 * HOUR, 20 * HOUR, 3 * DAY, 365 * DAY})
    void shouldLeaveOutALiveReadingThatIsAheadAndGoOn(long ahead) {
        read(START + 10 * SECOND + ahead, START + 10 * SECOND);
        live(START + 11 * SECOND, 5);

        assertThat(press.scores.get(10).getStatus()).isEqualTo(MachineStatus.AHEAD);
        assertThat(press.scores.get(10).getAnomaly()).isNull();
        assertThat(press.scores.get(10).getNotes())
                .singleElement()
                .asString()
                .contains((ahead / 1000 + 1) + " s ahead");
        assertThat(statuses(11)).hasSize(5).containsOnly(MachineStatus.SCORED);
        assertThat(press.alerts).isEmpty();
    }

    @Test
    void shouldLeaveOutTheSecondReadingOfAMachineThatIsAhead() {
        var fresh = new Press(MachineSettings.defaults());
        for (long[] times : new long[][] {{0, 0}, {20 * HOUR, MINUTE}, {MINUTE, MINUTE}}) {
            fresh.read(Press.builder(START + times[0], Map.of("temp", 20.0))
                    .setReceivedAt(Instant.ofEpochMilli(START + times[1]))
                    .build());
        }

        assertThat(fresh.scores)
                .extracting(MachineScore::getStatus)
                .containsExactly(MachineStatus.SCORED, MachineStatus.AHEAD, MachineStatus.SCORED);
    }

    @ParameterizedTest
    @ValueSource(longs = {5 * MINUTE, 20 * HOUR, 3 * DAY, 365 * DAY})
    void shouldFlagAReadingOfARecordingThatIsAheadAndGoOn(long ahead) {
        recorded(START + 10 * SECOND, 10);
        read(START + 20 * SECOND + ahead, null);
        recorded(START + 21 * SECOND, 5);

        assertThat(press.scores.get(20).getNotes()).isNotEmpty();
        assertThat(press.scores.get(21).getNotes())
                .singleElement()
                .asString()
                .contains("the readings before were " + (ahead / 1000 - 1) + " s ahead");
        assertThat(statuses(21)).hasSize(5).containsOnly(MachineStatus.SCORED);
    }

    @Test
    void shouldGoOnAfterTwoReadingsThatAreAheadByDifferentTimes() {
        read(START + 20 * HOUR, null);
        read(START + 3 * DAY, null);
        recorded(START + 20 * SECOND, 5);

        assertThat(statuses(12)).hasSize(5).containsOnly(MachineStatus.SCORED);
    }

    @Test
    void shouldGoOnAtOnceAfterANightOrAWeekOff() {
        live(START + 12 * HOUR, 5);
        live(START + 7 * DAY, 5);
        recorded(START + 8 * DAY, 5);
        recorded(START + 15 * DAY, 5);

        assertThat(statuses(10)).hasSize(20).containsOnly(MachineStatus.SCORED);
        assertThat(press.scores.subList(10, 20))
                .allSatisfy(score -> assertThat(score.getNotes()).isEmpty());
    }

    @Test
    void shouldScoreABatchThatIsAheadOnceItIsConfirmedAndThenGoOn() {
        for (int i = 0; i < 50; i++) {
            read(START + 20 * HOUR + i * SECOND, START + 20 * SECOND);
        }
        live(START + 30 * SECOND, 20);

        assertThat(statuses(10).subList(0, StreamTime.CONFIRMING)).containsOnly(MachineStatus.AHEAD);
        assertThat(statuses(10 + StreamTime.CONFIRMING)).containsOnly(MachineStatus.SCORED);
    }

    @Test
    void shouldGoOnAfterABatchOfARecordingThatIsAhead() {
        recorded(START + 20 * HOUR, 50);
        recorded(START + 20 * SECOND, 20);

        assertThat(statuses(60)).hasSize(20).containsOnly(MachineStatus.SCORED);
    }

    @Test
    void shouldBelieveAClockThatStaysAhead() {
        for (int i = 0; i < 300; i++) {
            read(START + HOUR + (20 + i) * SECOND, START + (20 + i) * SECOND);
        }

        assertThat(statuses(10 + StreamTime.CONFIRMING)).hasSize(297).containsOnly(MachineStatus.SCORED);
    }

    @Test
    void shouldTellOfAClockThatStaysAheadUntilItIsSetRight() {
        for (int i = 0; i < 30; i++) {
            read(START + HOUR + (20 + i) * SECOND, START + (20 + i) * SECOND);
        }
        assertThat(press.alerts).singleElement().satisfies(alert -> {
            assertThat(alert.getKind()).isEqualTo(AlertKind.CLOCK);
            assertThat(alert.getState()).isEqualTo(AlertState.RAISED);
            assertThat(alert.getReasons()).singleElement().asString().contains("later than their receipt");
        });

        live(START + 50 * SECOND, 30);
        assertThat(press.alerts)
                .extracting(alert -> alert.getKind() + " " + alert.getState())
                .startsWith("CLOCK RAISED")
                .endsWith("CLOCK CLEARED")
                .doesNotContain("LATE_READINGS RAISED");
    }

    @Test
    void shouldSayNothingOfTheClocksOfARecordingOrOfOneThatIsAMinuteAhead() {
        recorded(START + 20 * HOUR, 50);
        for (int i = 0; i < 50; i++) {
            read(START + 21 * HOUR + i * SECOND, START + 21 * HOUR + i * SECOND - MINUTE);
        }

        assertThat(press.alerts).isEmpty();
    }

    @Test
    void shouldGoOnWhenAClockThatWasAheadIsSetRight() {
        var fresh = new Press(MachineSettings.defaults());
        for (int i = 0; i < 200; i++) {
            fresh.read(Press.builder(START + 20 * HOUR + i * SECOND, Map.of("load", 1.0))
                    .setReceivedAt(Instant.ofEpochMilli(START + i * SECOND))
                    .build());
        }
        fresh.read(Press.builder(START + 200 * SECOND, Map.of("load", 1.0))
                .setReceivedAt(Instant.ofEpochMilli(START + 200 * SECOND))
                .build());

        assertThat(fresh.scores).extracting(MachineScore::getStatus).containsOnly(MachineStatus.SCORED);
        assertThat(fresh.last().getNotes()).singleElement().asString().contains("71999 s ahead");
    }

    @Test
    void shouldKeepWhatIsKnownOfAMachineWhoseClockWasAYearAhead() {
        read(START + 365 * DAY, null);
        assertThat(press.last().getStatus()).isEqualTo(MachineStatus.WARMING_UP);
        recorded(START + 20 * SECOND, 1);

        assertThat(press.last().getStatus()).isEqualTo(MachineStatus.SCORED);
    }

    @Test
    void shouldTellAndGoOnWhenAClockIsFarBehindAndThenRight() {
        for (int i = 0; i < 15; i++) {
            read(START - 20 * HOUR + i * SECOND, START + (10 + i) * SECOND);
        }
        assertThat(statuses(10)).hasSize(15).containsOnly(MachineStatus.LATE);
        assertThat(press.alerts).singleElement().satisfies(alert -> {
            assertThat(alert.getKind()).isEqualTo(AlertKind.LATE_READINGS);
            assertThat(alert.getState()).isEqualTo(AlertState.RAISED);
            assertThat(alert.getReasons()).singleElement().asString().contains("clock");
        });

        live(START + 25 * SECOND, 30);
        assertThat(statuses(25)).hasSize(30).containsOnly(MachineStatus.SCORED);
        assertThat(press.alerts)
                .extracting(alert -> alert.getState())
                .contains(AlertState.CLEARED)
                .endsWith(AlertState.CLEARED);
    }

    @Test
    void shouldNotClearTheAlertWhileAFourthOfTheReadingsIsLate() {
        for (int i = 0; i < 40; i++) {
            boolean late = i < 15 || i % 4 == 0;
            read(late ? START - HOUR : START + (10 + i) * SECOND, START + (10 + i) * SECOND);
        }

        assertThat(press.alerts).extracting(alert -> alert.getState()).containsOnlyOnce(AlertState.RAISED);
        assertThat(press.alerts).extracting(alert -> alert.getState()).doesNotContain(AlertState.CLEARED);
    }

    @Test
    void shouldScoreTheRightOneOfTwoClocksAndTellOfTheOther() {
        for (int i = 0; i < 100; i++) {
            read(START + (10 + i) * SECOND, START + (10 + i) * SECOND);
            read(START + 2 * HOUR + (10 + i) * SECOND, START + (10 + i) * SECOND);
            read(START + 2 * HOUR + (10 + i) * SECOND, START + (10 + i) * SECOND);
        }

        assertThat(statuses(10)).containsOnly(MachineStatus.SCORED, MachineStatus.AHEAD);
        assertThat(statuses(10).stream().filter(MachineStatus.SCORED::equals)).hasSize(100);
        assertThat(press.alerts).extracting(alert -> alert.getKind()).contains(AlertKind.CLOCK);
    }

    @Test
    void shouldGoOnInStepsOfAPeriod() {
        var settings = new MachineSettings(
                IntakeSettings.defaults().withPeriod(Duration.ofSeconds(10)), AlertSettings.defaults());
        var sampled = new Press(settings);
        for (int i = 0; i < 60; i++) {
            boolean ahead = i == 30 || i == 45;
            sampled.read(Press.builder(START + i * SECOND + (ahead ? 20 * HOUR : 0), Map.of("load", 1.0))
                    .setReceivedAt(i < 40 ? Instant.ofEpochMilli(START + i * SECOND) : null)
                    .build());
        }

        assertThat(sampled.scores)
                .extracting(MachineScore::getStatus)
                .doesNotContain(MachineStatus.LATE)
                .containsOnlyOnce(MachineStatus.AHEAD);
        assertThat(sampled.scores)
                .extracting(score -> score.getTime().toEpochMilli())
                .contains(START, START + 10 * SECOND, START + 20 * SECOND, START + 30 * SECOND, START + 40 * SECOND);
    }

    @Test
    void shouldGoOnFromAStateOfVersion1() throws IOException {
        var old = new Press(MachineSettings.defaults(), new Averages());
        try (var snapshot = WrongClockTest.class.getResourceAsStream("state-1.bin")) {
            old.restore(snapshot.readAllBytes());
        }
        old.read(205, 500).read(206, 500).read(100, 10).read(72_000_000, 10).read(207, 10);

        assertThat(old.scores)
                .extracting(MachineScore::getStatus)
                .containsExactly(MachineStatus.SCORED, MachineStatus.LATE, MachineStatus.SCORED, MachineStatus.SCORED);
        assertThat(old.alerts).extracting(alert -> alert.getState()).doesNotContain(AlertState.RAISED);
    }

    @Test
    void shouldGoOnFromAStateOfVersion3() throws IOException {
        var old = new Press(MachineSettings.defaults(), new Averages());
        try (var snapshot = WrongClockTest.class.getResourceAsStream("state-3.bin")) {
            old.restore(snapshot.readAllBytes());
        }
        // Eight late ones are known; three more make it more than half of twenty.
        for (int i = 0; i < 3; i++) {
            old.read(START - HOUR + (10 + i) * SECOND, 10);
        }

        assertThat(old.scores).extracting(MachineScore::getStatus).containsOnly(MachineStatus.LATE);
        assertThat(old.alerts).extracting(alert -> alert.getKind()).containsExactly(AlertKind.LATE_READINGS);
    }
}
