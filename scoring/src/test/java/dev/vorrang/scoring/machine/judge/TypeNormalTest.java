package dev.vorrang.scoring.machine.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.tuple;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a machine begins with that is of a type of which others are known. */
class TypeNormalTest {

    private static final long START = 1_788_307_200_000L;
    private static final long MINUTE = 60_000;
    private static final int DAY = 1_440;
    private static final List<String> SENSORS = List.of("load", "heat", "flow", "current");

    private static TypeNormal normal;

    /** Works from 6 to 22 o'clock, at a load that wanders; every machine has levels of its own. */
    private static double[] values(Random random, double[] wander, double level, int minute) {
        int hour = minute / 60 % 24;
        if (hour < 6 || hour >= 22) {
            return new double[] {0, 20 + 0.1 * random.nextGaussian(), 0, 0};
        }
        wander[0] += 0.1 * (0.05 * random.nextGaussian() - wander[0] * 0.1);
        double load = level * (1 + wander[0]);
        return new double[] {
            100 * load + 0.3 * random.nextGaussian(),
            20 + 50 * load + 0.2 * random.nextGaussian(),
            30 * load + 0.1 * random.nextGaussian(),
            10 * load + 0.05 * random.nextGaussian()
        };
    }

    private static List<double[]> recording(long seed, int days) {
        var random = new Random(seed);
        double level = 1 + 0.06 * random.nextGaussian();
        var wander = new double[1];
        var recording = new ArrayList<double[]>();
        for (int minute = 0; minute < days * DAY; minute++) {
            recording.add(values(random, wander, level, minute));
        }
        return recording;
    }

    private static List<Judgement> judge(MachineJudge judge, List<String> sensors, List<double[]> recording) {
        var judgements = new ArrayList<Judgement>();
        for (int minute = 0; minute < recording.size(); minute++) {
            judgements.add(judge.add(START + minute * MINUTE, sensors, recording.get(minute), Pause.NONE));
        }
        return judgements;
    }

    private static List<Judgement.Change> changes(List<Judgement> judgements) {
        return judgements.stream()
                .flatMap(judgement -> judgement.changes().stream())
                .toList();
    }

    private static double[] arranged(double[] values, int... places) {
        return Arrays.stream(places)
                .mapToDouble(place -> place < 0 ? 7 : values[place])
                .toArray();
    }

    @BeforeAll
    static void learn() {
        Map<String, MachineJudge> learned = new TreeMap<>();
        for (int machine = 1; machine <= 3; machine++) {
            var judge = new MachineJudge(SENSORS);
            for (int pass = 0; pass < 2; pass++) {
                judge(judge, SENSORS, recording(machine, 3));
                judge.rest();
            }
            learned.put("press-" + machine, judge);
        }
        normal = TypeNormal.of(MachineJudge.begin(List.copyOf(learned.values())), learned);
    }

    private static byte[] bytes(TypeNormal of) throws IOException {
        var bytes = new ByteArrayOutputStream();
        of.write(new DataOutputStream(bytes));
        return bytes.toByteArray();
    }

    private static byte[] bytes(MachineJudge of) throws IOException {
        var bytes = new ByteArrayOutputStream();
        of.write(new DataOutputStream(bytes));
        return bytes.toByteArray();
    }

    private static DataInputStream in(byte[] bytes) {
        return new DataInputStream(new ByteArrayInputStream(bytes));
    }

    @Test
    void shouldFindAFaultOnTheFirstDayOfANewMachineAndBeQuietBefore() {
        List<double[]> faulty = recording(9, 1);
        for (int minute = 16 * 60; minute < faulty.size(); minute++) {
            faulty.get(minute)[2] *= 0.93;
        }
        var known = changes(judge(normal.begin("press-9"), SENSORS, faulty));
        var unknown = changes(judge(new MachineJudge(), SENSORS, faulty));

        assertThat(unknown).as("without the others").isEmpty();
        assertThat(known).isNotEmpty();
        assertThat(known.get(0).about()).isEqualTo("flow");
        assertThat(known.get(0).time()).isBetween(START + 16 * 60 * MINUTE, START + 18 * 60 * MINUTE);
    }

    @Test
    void shouldKnowSensorsByTheirNames() {
        List<double[]> faulty = recording(9, 1);
        for (int minute = 16 * 60; minute < faulty.size(); minute++) {
            faulty.get(minute)[2] *= 0.93;
        }
        List<double[]> other =
                faulty.stream().map(values -> arranged(values, 3, -1, 2, 0, 1)).toList();
        var expected = judge(normal.begin("press-9"), SENSORS, faulty);
        var judged = judge(normal.begin("press-9"), List.of("current", "new", "flow", "load", "heat"), other);

        assertThat(changes(judged))
                .extracting(Judgement.Change::about, Judgement.Change::start, Judgement.Change::state)
                .isEqualTo(changes(expected).stream()
                        .map(each -> tuple(each.about(), each.start(), each.state()))
                        .toList());
        float[] shares = judged.get(judged.size() - 1).shares();
        assertThat(shares).hasSize(5);
    }

    @Test
    void shouldJudgeAMachineThatLacksASensor() {
        List<double[]> without = recording(9, 1).stream()
                .map(values -> arranged(values, 0, 1, 2))
                .toList();

        assertThat(changes(judge(normal.begin("press-9"), SENSORS.subList(0, 3), without)))
                .isEmpty();
    }

    @Test
    void shouldKnowANewSensorAfterARest() throws IOException {
        List<String> sensors = List.of("load", "heat", "flow", "voltage");
        MachineJudge rested = normal.begin("press-9");
        List<double[]> recording = recording(9, 1);
        judge(
                rested,
                sensors.subList(0, 3),
                recording.stream().map(values -> arranged(values, 0, 1, 2)).toList());
        rested.rest();
        var restarted = new MachineJudge();
        restarted.read(in(bytes(rested)));

        judge(rested, sensors, recording);
        judge(restarted, sensors, recording);

        assertThat(bytes(rested)).isEqualTo(bytes(restarted));
    }

    @Test
    void shouldGoOnTheSameAfterEachRestart() throws IOException {
        List<double[]> recording = recording(9, 1);
        MachineJudge straight = normal.begin("press-9");
        MachineJudge restarted = normal.begin("press-9");
        for (int minute = 0; minute < recording.size(); minute++) {
            long time = START + minute * MINUTE;
            if (minute % 97 == 0) {
                var again = new MachineJudge();
                again.read(in(bytes(restarted)));
                restarted = again;
            }
            Judgement one = straight.add(time, SENSORS, recording.get(minute), Pause.NONE);
            Judgement other = restarted.add(time, SENSORS, recording.get(minute), Pause.NONE);
            assertThat(other.score()).isEqualTo(one.score());
            assertThat(other.shares()).isEqualTo(one.shares());
            assertThat(other.changes()).isEqualTo(one.changes());
        }
        assertThat(bytes(restarted)).isEqualTo(bytes(straight));
    }

    @Test
    void shouldBeReadAsItWasWritten() throws IOException {
        TypeNormal read = TypeNormal.read(in(bytes(normal)));

        assertThat(bytes(read)).isEqualTo(bytes(normal));
        assertThat(read.machines()).containsExactly("press-1", "press-2", "press-3");
        assertThat(bytes(read.begin("press-2"))).isNotEqualTo(bytes(read.begin("press-9")));
    }

    @Test
    void shouldRefuseWhatIsDamaged() throws IOException {
        byte[] bytes = bytes(normal);
        for (int length = 0; length < bytes.length; length += 997) {
            int cut = length;
            assertThatIOException().isThrownBy(() -> TypeNormal.read(in(Arrays.copyOf(bytes, cut))));
        }
        byte[] later = bytes.clone();
        later[3] = 9;
        assertThatIOException()
                .isThrownBy(() -> TypeNormal.read(in(later)))
                .withMessageContaining("version 9, allowed is 1");
    }
}
