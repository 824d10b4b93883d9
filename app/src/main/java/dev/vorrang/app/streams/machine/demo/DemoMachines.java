package dev.vorrang.app.streams.machine.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** The demo's machines for others that need something to score. */
public final class DemoMachines {

    private DemoMachines() {}

    /**
     * A machine.
     *
     * @param name its name
     * @param next gives what its sensors read next; for one thread
     */
    public record Machine(String name, Supplier<Map<String, Double>> next) {}

    /** As many machines as asked for: those of the demo's plant over and over, each plant a step ahead of the one before. */
    public static List<Machine> of(int count) {
        var machines = new ArrayList<Machine>();
        for (int plant = 0; machines.size() < count; plant++) {
            for (DemoMachine machine : DemoMachine.plant()) {
                for (int step = 0; step < plant; step++) {
                    machine.next();
                }
                if (machines.size() < count) {
                    machines.add(new Machine(machine.name() + "-of-plant-" + plant, machine::next));
                }
            }
        }
        return List.copyOf(machines);
    }
}
