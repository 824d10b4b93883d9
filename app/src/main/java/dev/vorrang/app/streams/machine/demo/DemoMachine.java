package dev.vorrang.app.streams.machine.demo;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A simulated machine: each sensor swings about its level and is noisy, and what ails the machine is added. The same machine always
 * reads the same. For one thread.
 */
final class DemoMachine {

    /** Steps after which a machine that degrades is repaired, and so on. */
    private static final int CYCLE = 640;

    private static final int BEGINNING = 180;
    /** Steps in which it goes from well to worn out, and how much faster it goes at the end. */
    private static final double LIFE = 250;

    private static final double GROWTH = 3;

    private final String name;
    private final List<Sensor> sensors;
    private final double[] drift;
    private final Random random;
    private int step;

    /**
     * A sensor.
     *
     * @param level about which it swings
     * @param swing by so much
     * @param period in steps
     * @param noise standard deviation of the noise
     * @param ailment how it differs when something is wrong
     */
    private record Sensor(String name, double level, double swing, int period, double noise, Ailment ailment) {}

    /** What happens to a sensor. */
    private sealed interface Ailment {}

    private record None() implements Ailment {}

    /** The value rises by so much until the machine is worn out, and more if it goes on. */
    private record Rises(double by) implements Ailment {}

    /** It shows its last value from that step on. */
    private record Sticks(int from) implements Ailment {}

    private DemoMachine(String name, List<Sensor> sensors, long seed) {
        this.name = name;
        this.sensors = sensors;
        this.drift = new double[sensors.size()];
        this.random = new Random(seed);
    }

    /** The plant of a maker of cold rooms: five machines, of which pump-3 degrades, and press-5 has a sensor that sticks. */
    static List<DemoMachine> plant() {
        return List.of(compressor("compressor-1", 11), compressor("compressor-2", 12), pump(), foamer(), press());
    }

    private static DemoMachine compressor(String name, long seed) {
        return new DemoMachine(
                name,
                List.of(
                        well("pressure", 8.2, 0.3, 40, 0.05),
                        well("discharge_temperature", 74, 1.5, 110, 0.3),
                        well("current", 18.5, 0.6, 40, 0.15),
                        well("vibration", 2.1, 0.1, 25, 0.08)),
                seed);
    }

    private static DemoMachine pump() {
        return new DemoMachine(
                "pump-3",
                List.of(
                        well("flow", 41, 0.8, 60, 0.25),
                        well("current", 9.4, 0.2, 60, 0.06),
                        new Sensor("bearing_temperature", 52, 0.6, 150, 0.15, new Rises(14)),
                        new Sensor("vibration", 1.8, 0.08, 25, 0.06, new Rises(4.5))),
                13);
    }

    private static DemoMachine foamer() {
        return new DemoMachine(
                "foamer-4",
                List.of(
                        well("mixing_pressure", 142, 3, 80, 0.8),
                        well("component_temperature", 22.5, 0.3, 200, 0.05),
                        well("flow", 6.3, 0.2, 80, 0.04)),
                14);
    }

    private static DemoMachine press() {
        return new DemoMachine(
                "press-5",
                List.of(
                        well("force", 480, 20, 30, 4),
                        well("oil_temperature", 47, 0.8, 120, 0.1),
                        new Sensor("oil_pressure", 196, 6, 30, 1.2, new Sticks(BEGINNING + 60))),
                15);
    }

    private static Sensor well(String name, double level, double swing, int period, double noise) {
        return new Sensor(name, level, swing, period, noise, new None());
    }

    String name() {
        return name;
    }

    /** What the sensors read next. */
    Map<String, Double> next() {
        int now = step++;
        double worn = Math.max(0, (now % CYCLE - BEGINNING) / LIFE);
        var values = new LinkedHashMap<String, Double>();
        for (int i = 0; i < sensors.size(); i++) {
            Sensor sensor = sensors.get(i);
            drift[i] = 0.6 * drift[i] + 0.8 * sensor.noise() * random.nextGaussian();
            int at = sensor.ailment() instanceof Sticks sticks ? Math.min(now, sticks.from()) : now;
            double value = sensor.level() + sensor.swing() * Math.sin(2 * Math.PI * at / sensor.period());
            if (sensor.ailment() instanceof Rises rises) {
                value += rises.by() * Math.expm1(GROWTH * worn) / Math.expm1(GROWTH);
            }
            if (at == now) {
                value += drift[i];
            }
            values.put(sensor.name(), Math.rint(value * 1_000) / 1_000);
        }
        return values;
    }
}
