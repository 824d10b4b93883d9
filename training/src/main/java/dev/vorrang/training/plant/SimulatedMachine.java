package dev.vorrang.training.plant;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** A machine of a simulated plant. It reads the same for the same seed, whatever is asked in between. For one thread. */
public final class SimulatedMachine {

    private static final double WANDER_TIME = 1_800;
    private static final double LEAK_TIME = 600;
    private static final double DAY = 86_400;

    private final String name;
    private final MachineType type;
    private final MachineRhythm rhythm;
    private final List<PlantFault> faults;
    private final Random random;
    private final Random faultRandom;
    private final Hall hall;
    private final double period;
    private final double[] base;
    private final double[] gain;
    private final double[][] ofProduct;
    private final double[] lagged;
    private final double[] wander;
    private final double[] stuckAt;
    private double dropping;
    private Instant time;
    private boolean begun;

    /**
     * What the sensors read at one moment.
     *
     * @param values in the order of {@link #sensors}, NaN for none
     */
    public record Values(Instant time, double[] values) {}

    SimulatedMachine(
            String name,
            MachineType type,
            MachineRhythm rhythm,
            List<PlantFault> faults,
            Hall hall,
            Instant start,
            Duration period,
            long seed) {
        this.name = name;
        this.type = type;
        this.rhythm = rhythm;
        this.faults = List.copyOf(faults);
        this.hall = hall;
        this.time = start;
        this.period = period.toMillis() / 1e3;
        this.random = new Random(seed);
        this.faultRandom = new Random(seed + 1);
        int count = type.sensors().size();
        base = new double[count];
        gain = new double[count];
        lagged = new double[count];
        wander = new double[count];
        stuckAt = new double[count];
        ofProduct = new double[rhythm.products()][count];
        for (int i = 0; i < count; i++) {
            base[i] = 1 + 0.06 * random.nextGaussian();
            gain[i] = 1 + 0.1 * random.nextGaussian();
            for (double[] product : ofProduct) {
                product[i] = random.nextInt(3) == 0 ? 0.04 * random.nextGaussian() : 0;
            }
        }
    }

    public String name() {
        return name;
    }

    public MachineType type() {
        return type;
    }

    public List<String> sensors() {
        return type.sensors().stream().map(SimulatedSensor::name).toList();
    }

    public List<PlantFault> faults() {
        return faults;
    }

    /** What it reads next, a period later; empty while it sends nothing. */
    public Optional<Values> next() {
        Instant now = time;
        time = time.plusMillis(Math.round(period * 1e3));
        double[] values = well(now);
        boolean silent = false;
        for (PlantFault fault : faults) {
            if (fault.activeAt(now)) {
                silent |= fault.type() == FaultType.SILENCE;
                spoil(values, fault, now);
            } else if (fault.type() == FaultType.STUCK) {
                int sensor = type.place(fault.sensors().get(0));
                stuckAt[sensor] = values[sensor];
            }
        }
        return silent ? Optional.empty() : Optional.of(new Values(now, values));
    }

    private double[] well(Instant now) {
        MachineRhythm.Mode mode = rhythm.moveTo(now.getEpochSecond(), period);
        double degrees = hall.degrees(now) - 20;
        var values = new double[lagged.length];
        double kept = Math.exp(-period / WANDER_TIME);
        for (int i = 0; i < values.length; i++) {
            SimulatedSensor sensor = type.sensors().get(i);
            wander[i] = wander[i] * kept + sensor.wander() * Math.sqrt(1 - kept * kept) * random.nextGaussian();
            double noise = sensor.noise() * random.nextGaussian();
            double target = target(i, sensor, mode);
            double share = begun && sensor.lag() > 0 ? -Math.expm1(-period / sensor.lag()) : 1;
            lagged[i] += share * (target - lagged[i]);
            double level = lagged[i] + sensor.hall() * degrees;
            boolean still = sensor.steady() && mode == MachineRhythm.Mode.STANDING;
            values[i] = rounded(still ? sensor.standing() : level + noise + wander[i], sensor);
        }
        begun = true;
        return values;
    }

    private double target(int i, SimulatedSensor sensor, MachineRhythm.Mode mode) {
        double target = sensor.target(mode, rhythm.load());
        if (mode == MachineRhythm.Mode.STANDING) {
            return target;
        }
        double above = (target - sensor.idle()) * gain[i] * (1 + ofProduct[rhythm.product()][i]);
        return (sensor.idle() + above) * base[i];
    }

    private static double rounded(double value, SimulatedSensor sensor) {
        return Math.rint(value / sensor.resolution()) * sensor.resolution();
    }

    private void spoil(double[] values, PlantFault fault, Instant now) {
        double seconds = Duration.between(fault.start(), now).toMillis() / 1e3;
        int first = fault.sensors().isEmpty() ? -1 : type.place(fault.sensors().get(0));
        boolean moves = first >= 0 && values[first] != 0;
        switch (fault.type()) {
            case LEAK -> {
                double leak = Math.min(1, seconds / LEAK_TIME);
                int flow = type.place(fault.sensors().get(1));
                values[first] *= 1 - 0.1 * leak;
                values[flow] *= 1 + 0.12 * leak;
            }
            case DRIFT ->
                values[first] += moves ? 0.2 * type.sensors().get(first).full() * seconds / (2 * DAY) : 0;
            case WEAR -> values[first] *= 1 + 1.5 * seconds / (3 * DAY);
            case SWAP -> {
                int second = type.place(fault.sensors().get(1));
                double value = values[first];
                values[first] = values[second];
                values[second] = value;
            }
            case CALIBRATION -> values[first] *= 1.06;
            case FAILURE -> values[first] *= 1.5;
            case STUCK -> values[first] = stuckAt[first];
            case DROPOUT -> {
                dropping = dropping > 0 ? dropping - period : faultRandom.nextInt(10) == 0 ? 40 : 0;
                values[first] = dropping > 0 ? Double.NaN : values[first];
            }
            case SPIKES -> {
                double size = type.sensors().get(first).full();
                values[first] += faultRandom.nextDouble() < 6 * period / 3_600 ? 0.5 * size : 0;
            }
            case SILENCE -> {}
        }
        if (first >= 0 && !Double.isNaN(values[first])) {
            values[first] = fault.type() == FaultType.STUCK
                    ? values[first]
                    : rounded(values[first], type.sensors().get(first));
        }
    }
}
