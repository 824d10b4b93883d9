package dev.vorrang.training.plant;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * A plant of simulated machines. The same settings give the same readings.
 *
 * @param seed of all that is by chance
 * @param start of the first reading, of a Monday by preference
 * @param length of the simulation
 * @param period between two readings of a machine
 * @param machines number of them, 1 or more
 * @param types kinds of machines, one after the other
 * @param faults faults, each of one machine, one after the other; no more than machines
 */
public record SimulatedPlant(
        long seed,
        Instant start,
        Duration length,
        Duration period,
        int machines,
        List<MachineType> types,
        List<FaultType> faults) {

    private static final Set<FaultType> OF_ANY_SENSOR = Set.of(
            FaultType.DRIFT,
            FaultType.CALIBRATION,
            FaultType.STUCK,
            FaultType.DROPOUT,
            FaultType.SPIKES,
            FaultType.FAILURE);
    private static final Duration SILENCE = Duration.ofHours(8);

    public SimulatedPlant {
        types = List.copyOf(types);
        faults = List.copyOf(faults);
        if (machines < 1 || types.isEmpty() || faults.size() > machines) {
            throw new IllegalArgumentException(machines + " machines of " + types.size() + " types with "
                    + faults.size() + " faults: allowed are one or more, and at most one fault a machine");
        }
    }

    /** Twenty machines of all kinds for a week, a reading each 10 s, with a fault of each kind but silence and failure from day 3 on. */
    public static SimulatedPlant week(long seed) {
        return new SimulatedPlant(
                seed,
                Instant.parse("2026-03-02T00:00:00Z"),
                Duration.ofDays(7),
                Duration.ofSeconds(10),
                20,
                List.of(MachineType.values()),
                List.of(
                        FaultType.LEAK,
                        FaultType.DRIFT,
                        FaultType.WEAR,
                        FaultType.SWAP,
                        FaultType.CALIBRATION,
                        FaultType.STUCK,
                        FaultType.DROPOUT,
                        FaultType.SPIKES));
    }

    /** The same with machines of these types alone. */
    public SimulatedPlant of(List<String> names) {
        var wanted = names.stream().map(MachineType::valueOf).toList();
        return new SimulatedPlant(seed, start, length, period, machines, wanted, faults);
    }

    /** Readings that a machine makes, those included that it does not send. */
    public int readings() {
        return (int) (length.toMillis() / period.toMillis());
    }

    /** The machines, each at its beginning. */
    public List<SimulatedMachine> build() {
        var hall = new Hall(seed);
        var random = new Random(seed);
        var built = new ArrayList<SimulatedMachine>();
        int offset = random.nextInt(types.size());
        for (int i = 0; i < machines; i++) {
            MachineType type = types.get((i + offset) % types.size());
            long own = random.nextLong();
            var shifts = MachineRhythm.Shifts.values()[random.nextInt(MachineRhythm.Shifts.values().length)];
            var rhythm = new MachineRhythm(shifts, start.getEpochSecond(), new Random(own));
            List<PlantFault> faulty =
                    i < faults.size() ? List.of(fault(faults.get(i), type, new Random(own + 2))) : List.of();
            String name = type.name().toLowerCase(java.util.Locale.ROOT) + "-" + (i + 1);
            built.add(new SimulatedMachine(name, type, rhythm, faulty, hall, start, period, own + 3));
        }
        return built;
    }

    /** In the second half of the simulation, on a working day at a time at which every shift works. */
    private PlantFault fault(FaultType fault, MachineType type, Random random) {
        long days = length.toDays();
        Instant begin = start.plus(Duration.ofDays(days * 3 / 7 + random.nextInt((int) Math.max(1, days * 2 / 7))))
                .plus(Duration.ofMinutes(60 * 8 + random.nextInt(180)));
        Instant end = start.plus(length);
        if (fault == FaultType.SILENCE) {
            end = begin.plus(SILENCE);
        }
        return new PlantFault(fault, begin, end, sensors(fault, type, random));
    }

    private static List<String> sensors(FaultType fault, MachineType type, Random random) {
        if (OF_ANY_SENSOR.contains(fault)) {
            var sensors = type.sensors().stream()
                    .filter(sensor -> sensor.gain() != 0)
                    .map(SimulatedSensor::name)
                    .toList();
            return List.of(sensors.get(random.nextInt(sensors.size())));
        }
        return switch (fault) {
            case LEAK -> type.leaking();
            case SWAP -> type.alike();
            case WEAR ->
                List.of(type.sensors().stream()
                        .map(SimulatedSensor::name)
                        .filter(name -> name.contains("vibration") || name.equals("fan_current"))
                        .findFirst()
                        .orElseThrow());
            default -> List.of();
        };
    }
}
