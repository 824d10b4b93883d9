package dev.vorrang.app.streams.machine;

import dev.vorrang.app.crash.FaultyModel;
import dev.vorrang.app.crash.ModelFaults;
import dev.vorrang.app.crash.Poison;
import dev.vorrang.scoring.machine.Finding;
import dev.vorrang.scoring.machine.MachineModel;
import dev.vorrang.scoring.machine.ModelInput;
import dev.vorrang.scoring.machine.ModelMemory;
import dev.vorrang.scoring.machine.Step;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.WeakHashMap;

/**
 * A machine model that can be made to fail, and that chokes on steps with a value of the sensor {@value Poison#MARK}. Safe for use
 * by several threads; closing it closes the real one.
 */
final class FaultyMachineModel extends FaultyModel<ModelInput, float[]> implements MachineModel {

    private final MachineModel model;
    private final Set<ModelInput> poisoned;

    FaultyMachineModel(MachineModel model, ModelFaults faults) {
        // Inputs are equal only to themselves, for they have arrays of their own.
        this(model, faults, Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>())));
    }

    private FaultyMachineModel(MachineModel model, ModelFaults faults, Set<ModelInput> poisoned) {
        super(model, faults, poisoned::contains);
        this.model = model;
        this.poisoned = poisoned;
    }

    @Override
    public ModelMemory memory() {
        return new Memory(model.memory());
    }

    private final class Memory implements ModelMemory {

        private final ModelMemory memory;

        Memory(ModelMemory memory) {
            this.memory = memory;
        }

        @Override
        public Optional<ModelInput> observe(Step step) {
            Optional<ModelInput> input = memory.observe(step);
            int sensor = step.sensors().indexOf(Poison.MARK);
            if (sensor >= 0 && sensor < step.values().length && !Double.isNaN(step.values()[sensor])) {
                input.ifPresent(poisoned::add);
            }
            return input;
        }

        @Override
        public Finding absorb(float[] output) {
            return memory.absorb(output);
        }

        @Override
        public void write(DataOutput out) throws IOException {
            memory.write(out);
        }

        @Override
        public void read(DataInput in) throws IOException {
            memory.read(in);
        }
    }
}
