package dev.vorrang.scoring.machine.judge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vorrang.schemas.AlertKind;
import dev.vorrang.schemas.AlertState;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A pump of five sensors that works in shifts, whose open alerts somebody takes as normal. */
class AcceptedStateTest {

    private static final List<String> PUMP = List.of("current", "flow", "pressure", "temperature", "vibration");
    private static final int PRESSURE = 2;
    private static final int VIBRATION = 4;
    private static final long START = 1_788_307_200_000L;
    private static final long STEP = 20_000;
    private static final long HOUR = 3_600_000;
    private static final long DAY = 24 * HOUR;

    private final Random random = new Random(11);
    private final List<Judgement.Change> changes = new ArrayList<>();
    private final MachineJudge judge = new MachineJudge();
    private final double[] offset = new double[PUMP.size()];
    private boolean stuck;
    private long time = START;
    private double load = 0.8;

    private void run(long until) {
        for (; time < START + until; time += STEP) {
            changes.addAll(judge.add(time, PUMP, sample(), Pause.NONE).changes());
        }
    }

    private double[] sample() {
        long ofDay = (time - START) % DAY;
        boolean works = ofDay >= 6 * HOUR && ofDay < 22 * HOUR;
        load += 0.02 * (0.8 - load) + 0.01 * random.nextGaussian();
        double speed = works ? load : 0;
        var values = new double[] {10 * speed, 30 * speed, 6 * speed, 20 + 15 * speed, 2 * speed};
        for (int i = 0; i < values.length; i++) {
            values[i] += values[i] * 0.01 * random.nextGaussian() + (works ? offset[i] : 0);
        }
        if (stuck) {
            values[VIBRATION] = 1.5;
        }
        return values;
    }

    private List<Judgement.Change> accept() {
        return judge.accept(PUMP, change -> true);
    }

    @BeforeEach
    void know() {
        run(4 * DAY);
        assertThat(changes).isEmpty();
    }

    @Test
    void shouldJudgeByTheNewStateOnceItIsAccepted() {
        run(4 * DAY + 8 * HOUR);
        offset[PRESSURE] = 0.8;
        run(4 * DAY + 14 * HOUR);
        assertThat(changes).extracting(Judgement.Change::about).containsOnly("pressure");

        List<Judgement.Change> accepted = accept();
        changes.clear();
        run(8 * DAY + 8 * HOUR);

        assertThat(accepted).singleElement().satisfies(change -> {
            assertThat(change.state()).isEqualTo(AlertState.CLEARED);
            assertThat(change.about()).isEqualTo("pressure");
        });
        assertThat(changes).as("is normal now").isEmpty();

        offset[PRESSURE] = 0;
        run(8 * DAY + 20 * HOUR);

        assertThat(changes).as("the state of before is not").isNotEmpty().allSatisfy(change -> assertThat(
                        change.about())
                .isEqualTo("pressure"));
    }

    @Test
    void shouldRaiseTheSameAgainWhereNobodyAccepts() {
        run(4 * DAY + 8 * HOUR);
        offset[PRESSURE] = 0.8;
        run(4 * DAY + 14 * HOUR);
        changes.clear();

        assertThat(judge.accept(PUMP, change -> false)).isEmpty();

        run(5 * DAY);
        assertThat(changes).extracting(Judgement.Change::state).doesNotContain(AlertState.CLEARED);
    }

    @Test
    void shouldNotRaiseAgainWhatWasNone() {
        run(4 * DAY + 8 * HOUR);
        offset[PRESSURE] = 0.8;
        run(4 * DAY + 9 * HOUR);
        assertThat(changes).hasSize(1);
        offset[PRESSURE] = 0;
        run(4 * DAY + 9 * HOUR + HOUR / 4);

        accept();
        changes.clear();
        run(5 * DAY + 8 * HOUR);
        offset[PRESSURE] = 0.8;
        run(5 * DAY + 9 * HOUR);
        offset[PRESSURE] = 0;
        run(6 * DAY);

        assertThat(changes).isEmpty();
    }

    @Test
    void shouldFindAnotherFaultAfterwards() {
        run(4 * DAY + 8 * HOUR);
        offset[PRESSURE] = 0.8;
        run(4 * DAY + 14 * HOUR);
        accept();
        changes.clear();
        run(5 * DAY + 8 * HOUR);
        offset[VIBRATION] = 0.4;
        run(5 * DAY + 20 * HOUR);

        assertThat(changes).extracting(Judgement.Change::about).containsOnly("vibration");
    }

    @Test
    void shouldTakeAStuckSensorAsNormal() {
        run(4 * DAY + 8 * HOUR);
        stuck = true;
        run(4 * DAY + 14 * HOUR);
        assertThat(changes).extracting(Judgement.Change::kind).contains(AlertKind.STUCK_SENSOR);

        assertThat(accept()).extracting(Judgement.Change::kind).contains(AlertKind.STUCK_SENSOR);
        changes.clear();
        run(6 * DAY);

        assertThat(changes).extracting(Judgement.Change::kind).doesNotContain(AlertKind.STUCK_SENSOR);
    }
}
