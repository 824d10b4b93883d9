package dev.vorrang.scoring.machine.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.vorrang.schemas.AlertKind;
import dev.vorrang.schemas.AlertState;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a maintenance engineer expects of single sensors and of a machine of five, over days. */
class MachineJudgeTest extends JudgedDays {

    @Test
    void shouldFindSlowWearWithinHoursAndKeepItOpen() {
        run(5 * DAY, 10_000, at -> 1.6 * (1 + 1.5 * Math.max(0, at - 2 * DAY) / (3.0 * DAY)) + noise(0.06));

        assertThat(raised().kind()).isEqualTo(AlertKind.ANOMALY);
        assertThat(raised().time() - START).isBetween(2 * DAY, 2 * DAY + 8 * HOUR);
        assertThat(states()).doesNotContain(AlertState.CLEARED);
    }

    @Test
    void shouldKeepAFailureOpenUntilItIsOver() {
        run(3 * DAY, 10_000, at -> (at < 2 * DAY ? 60 : 100) + noise(1));

        assertThat(states()).startsWith(AlertState.RAISED).doesNotContain(AlertState.CLEARED);
        assertThat(raised().time() - START).isBetween(2 * DAY, 2 * DAY + HOUR / 2);

        run(3 * DAY + 3 * HOUR, 10_000, at -> 60 + noise(1));

        assertThat(states()).endsWith(AlertState.CLEARED);
    }

    /** It makes no running state of its own, whether the other sensors follow the machine at once or slowly. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 6})
    void shouldFindOneSensorOfAFewThatJumps(int sensors) {
        List<String> names = IntStream.range(0, sensors).mapToObj(i -> "s" + i).toList();
        run(2 * DAY, 60_000, names, at -> {
            boolean faulty = at >= 40 * HOUR && at < 43 * HOUR;
            var values = new double[sensors];
            for (int i = 0; i < sensors; i++) {
                double slow = i == 1 ? 6 * Math.sin(2 * Math.PI * at / DAY) : 0;
                values[i] = 60 + slow + noise(1) + (faulty && i == 0 ? 15 : 0);
            }
            return values;
        });

        assertThat(changes)
                .filteredOn(change -> change.state() != AlertState.UPDATED)
                .extracting(Judgement.Change::kind, Judgement.Change::about, Judgement.Change::state)
                .containsExactly(
                        tuple(AlertKind.ANOMALY, "s0", AlertState.RAISED),
                        tuple(AlertKind.ANOMALY, "s0", AlertState.CLEARED));
        assertThat(raised().time() - START).isBetween(40 * HOUR, 40 * HOUR + HOUR / 4);
    }

    /** Read each minute, so that each block is one noisy value; the only state that it ever was in for sure is standstill. */
    @Test
    void shouldFindAFaultOfAMachineWhoseSensorsScatter() {
        run(8 * DAY, 60_000, List.of("a", "b", "c", "d", "e"), at -> {
            boolean faulty = at >= 6 * DAY + 10 * HOUR;
            var values = new double[5];
            for (int i = 0; i < values.length; i++) {
                values[i] = works(at) ? 10 + i + noise(1) + (faulty && i == 2 ? 8 : 0) : 0;
            }
            return values;
        });

        assertThat(raised().time() - START).isBetween(6 * DAY + 10 * HOUR, 6 * DAY + 11 * HOUR);
        assertThat(changes)
                .filteredOn(change -> change.state() != AlertState.UPDATED)
                .extracting(Judgement.Change::kind, Judgement.Change::about, Judgement.Change::state)
                .containsExactly(tuple(AlertKind.ANOMALY, "c", AlertState.RAISED));
    }

    @Test
    void shouldFindALeakInAShiftAndNothingAtTheEndsOfShifts() {
        run(6 * DAY, 10_000, at -> {
            double level = at < 5 * DAY + 10 * HOUR ? 6.5 : 6.5 * 0.88;
            return works(at) ? level + noise(0.02) : Math.max(0, noise(0.003));
        });

        assertThat(states()).doesNotContain(AlertState.CLEARED);
        assertThat(raised().kind()).isEqualTo(AlertKind.ANOMALY);
        assertThat(raised().time() - START).isBetween(5 * DAY + 10 * HOUR, 5 * DAY + 11 * HOUR);
    }

    @Test
    void shouldFindASensorThatSticksWhileTheMachineWorks() {
        run(6 * DAY, 40_000, at -> {
            boolean stuck = at >= 4 * DAY + 10 * HOUR;
            return stuck ? 6.59 : works(at) ? Math.rint((6.5 + noise(0.05)) * 100) / 100 : 0;
        });

        assertThat(changes)
                .extracting(Judgement.Change::kind, Judgement.Change::state)
                .containsExactly(tuple(AlertKind.STUCK_SENSOR, AlertState.RAISED));
        assertThat(raised().time() - START).isBetween(4 * DAY + 10 * HOUR, 4 * DAY + 10 * HOUR + 1_200_000);
    }

    @Test
    void shouldTellOfSilence() {
        run(11 * HOUR, 10_000, at -> 20 + noise(0.2));
        long last = time - 10_000;
        time += 6 * HOUR;
        run(20 * HOUR, 10_000, at -> 20 + noise(0.2));

        assertThat(changes)
                .extracting(Judgement.Change::kind, Judgement.Change::state, Judgement.Change::start)
                .containsExactly(
                        tuple(AlertKind.SILENT, AlertState.RAISED, last),
                        tuple(AlertKind.SILENT, AlertState.CLEARED, last));
        assertThat(raised().time()).isEqualTo(last + 900_000);
    }

    @Test
    void shouldTellOfSilenceWhileItLasts() {
        run(2 * HOUR, 10_000, at -> 20 + noise(0.2));

        assertThat(judge.silentAfter(Pause.NONE)).contains(Duration.ofMinutes(15));
        assertThat(judge.silence(Pause.NONE)).hasValueSatisfying(change -> {
            assertThat(change.state()).isEqualTo(AlertState.RAISED);
            assertThat(change.time()).isEqualTo(time - 10_000 + 900_000);
        });
        assertThat(judge.silence(Pause.NONE)).isEmpty();
        time += 3 * HOUR;
        run(6 * HOUR, 10_000, at -> 20 + noise(0.2));
        assertThat(states()).containsExactly(AlertState.CLEARED);
    }

    @Test
    void shouldRaiseASecondAlertForASecondFault() {
        long first = 4 * DAY + 9 * HOUR;
        long second = first + 5 * HOUR;
        run(5 * DAY, 10_000, PUMP, at -> {
            double[] values = pump(at);
            values[3] += at < first ? 0 : 15;
            values[2] *= at < second ? 1 : 0.7;
            return values;
        });

        assertThat(changes)
                .filteredOn(change -> change.state() == AlertState.RAISED)
                .extracting(Judgement.Change::about)
                .containsExactly("temperature", "pressure");
    }

    @Test
    void shouldRaiseNothingAfterAFaultIsOver() {
        long fault = 4 * DAY + 9 * HOUR;
        run(7 * DAY, 10_000, PUMP, at -> {
            double[] values = pump(at);
            values[2] += at >= fault && at < fault + 5 * HOUR ? 1.2 : 0;
            return values;
        });

        assertThat(changes)
                .extracting(Judgement.Change::state)
                .startsWith(AlertState.RAISED)
                .endsWith(AlertState.CLEARED)
                .containsOnlyOnce(AlertState.RAISED);
    }

    @Test
    void shouldTellOfValuesThatComeAndGoAndOfSpikes() {
        long fault = 3 * DAY + 9 * HOUR;
        run(4 * DAY, 10_000, PUMP, at -> {
            double[] values = pump(at);
            if (at >= fault) {
                values[0] = random.nextInt(4) == 0 ? Double.NaN : values[0];
                values[4] = random.nextInt(50) == 0 ? values[4] + 3 : values[4];
            }
            return values;
        });

        assertThat(changes)
                .extracting(Judgement.Change::kind, Judgement.Change::state, Judgement.Change::about)
                .contains(
                        tuple(AlertKind.DROPOUT, AlertState.RAISED, "current"),
                        tuple(AlertKind.SPIKES, AlertState.RAISED, "vibration"));
        assertThat(raised().time() - START).isGreaterThan(fault);
    }

    @Test
    void shouldSayNothingOfAMachineThatIsWellAndRankItsScores() {
        run(12 * DAY, 30_000, PUMP, this::pump);

        assertThat(changes).isEmpty();
        int day = scores.size() / 12;
        assertThat(high(day, 3 * day)).isBetween(0.002, 0.014);
        assertThat(high(3 * day, 12 * day)).isBetween(0.007, 0.013);
    }

    @Test
    void shouldScoreHighAndBlameTheSensorWhileItIsStuck() {
        long stuck = 3 * DAY + 9 * HOUR;
        run(4 * DAY, 30_000, PUMP, at -> at < stuck ? pump(at) : with(pump(at), 1, 31.5));

        int found = (int) ((stuck + HOUR) / 30_000);
        int night = (int) ((3 * DAY + 21 * HOUR) / 30_000);
        assertThat(high(found, night)).isGreaterThan(0.99);
        assertThat(shares.subList(found, night)).allMatch(each -> each[1] >= 0.5f);
    }

    @Test
    void shouldTellLessOfWhatGoesAwayByItselfAgainAndAgain() {
        // Each afternoon somebody opens a valve for an hour, on which nothing that is read depends.
        run(14 * DAY, 60_000, PUMP, at -> {
            double[] values = pump(at);
            boolean open = at > 3 * DAY && at % DAY >= 15 * HOUR && at % DAY < 16 * HOUR;
            return open ? with(values, 2, values[2] - 1.2) : values;
        });
        assertThat(changes)
                .filteredOn(change ->
                        change.state() == AlertState.RAISED && change.about().equals("pressure"))
                .hasSize(3);

        changes.clear();
        run(15 * DAY, 60_000, PUMP, at -> with(pump(at), 2, 0.2 * pump(at)[2]));
        assertThat(raised().about()).isEqualTo("pressure");
    }

    /** Part of the scores from one to another that are .99 or more. */
    private double high(int from, int to) {
        return scores.subList(from, to).stream().filter(score -> score >= 0.99).count() / (double) (to - from);
    }
}
