package dev.vorrang.training.plant;

import dev.vorrang.scoring.machine.judge.MachineJudge;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * Counts the alerts that {@link MachineJudge} raises at machines without a fault that work in shifts, three weeks long, a reading each
 * 30 s: one machine of each type and each kind of shifts for a seed. {@code java -cp … dev.vorrang.training.plant.ShiftTrial FIRST_SEED
 * LAST_SEED}.
 */
final class ShiftTrial {

    private static final Instant START = Instant.parse("2026-03-02T00:00:00Z");
    private static final Duration PERIOD = Duration.ofSeconds(30);
    private static final int DAYS = 21;
    private static final int EARLY_DAYS = 3;
    private static final List<MachineRhythm.Shifts> SHIFTS =
            List.of(MachineRhythm.Shifts.DAY, MachineRhythm.Shifts.TWO, MachineRhythm.Shifts.THREE);

    private ShiftTrial() {}

    /** The machine of a type with such shifts. */
    static SimulatedMachine machine(MachineType type, MachineRhythm.Shifts shifts, long seed) {
        var random = new Random(seed * 1_000 + type.ordinal() * 10 + shifts.ordinal());
        var rhythm = new MachineRhythm(shifts, START.getEpochSecond(), new Random(random.nextLong()));
        return new SimulatedMachine(
                type + "-" + shifts, type, rhythm, List.of(), new Hall(seed), START, PERIOD, random.nextLong());
    }

    public static void main(String[] arguments) {
        int machines = 0;
        int early = 0;
        int late = 0;
        for (long seed = Long.parseLong(arguments[0]); seed <= Long.parseLong(arguments[1]); seed++) {
            for (MachineType type : MachineType.values()) {
                for (MachineRhythm.Shifts shifts : SHIFTS) {
                    SimulatedMachine machine = machine(type, shifts, seed);
                    var detector = new JudgeDetector(machine.sensors());
                    machines++;
                    for (long i = 0; i < Duration.ofDays(DAYS).dividedBy(PERIOD); i++) {
                        for (var alert : detector.add(machine.next().orElseThrow())) {
                            boolean isEarly = alert.time().isBefore(START.plus(Duration.ofDays(EARLY_DAYS)));
                            early += isEarly ? 1 : 0;
                            late += isEarly ? 0 : 1;
                            System.out.println(machine.name() + " " + alert);
                        }
                    }
                }
            }
        }
        System.out.printf(
                Locale.ROOT,
                "%d machines: %.3f alerts a machine-day in days 0 to 2, %.3f later%n",
                machines,
                early / (1.0 * machines * EARLY_DAYS),
                late / (1.0 * machines * (DAYS - EARLY_DAYS)));
    }
}
