package dev.vorrang.scoring.machine.model;

import dev.vorrang.scoring.machine.ModelInput;
import dev.vorrang.scoring.machine.SensorWindow;
import dev.vorrang.scoring.machine.Step;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** What a model that reads windows remembers of one machine: its last steps, its beginning and its age. For one thread. */
public final class WindowMemory {

    private final MachineCard.Window window;
    private final SensorWindow last;
    private final double[] beginning;
    private int steps;

    public WindowMemory(MachineCard.Window window) {
        this.window = window;
        this.last = new SensorWindow(
                window.beginning() == 0 ? window.length() : window.length() - 1,
                window.sensors(),
                window.meansAsFloats());
        this.beginning =
                new double[window.beginning() == 0 ? 0 : window.sensors().size()];
    }

    /** Takes the next step: what the graph is to read then, nothing before the machine has warmed up. */
    public Optional<ModelInput> observe(Step step) {
        last.add(step);
        if (steps < window.beginning()) {
            float[] newest = last.newest();
            for (int i = 0; i < beginning.length; i++) {
                beginning[i] += newest[i];
            }
        }
        steps = Math.min(steps, Integer.MAX_VALUE - 1) + 1;
        return steps < window.warmUp()
                ? Optional.empty()
                : Optional.of(new ModelInput(values(), window.length(), steps));
    }

    private float[] values() {
        float[] rows = last.values();
        if (beginning.length == 0) {
            return rows;
        }
        var values = new float[beginning.length + rows.length];
        int counted = Math.min(steps, window.beginning());
        for (int i = 0; i < beginning.length; i++) {
            values[i] = (float) (beginning[i] / counted);
        }
        System.arraycopy(rows, 0, values, beginning.length, rows.length);
        return values;
    }

    /** Names of the channels. */
    List<String> sensors() {
        return window.sensors();
    }

    void write(DataOutput out) throws IOException {
        out.writeInt(steps);
        for (double sum : beginning) {
            out.writeDouble(sum);
        }
        last.write(out);
    }

    void read(DataInput in) throws IOException {
        steps = in.readInt();
        if (steps < 0) {
            throw new IOException("damaged state: " + steps + " steps of a machine");
        }
        for (int i = 0; i < beginning.length; i++) {
            beginning[i] = in.readDouble();
        }
        last.read(in);
    }
}
