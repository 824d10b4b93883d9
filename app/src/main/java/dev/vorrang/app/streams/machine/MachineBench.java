package dev.vorrang.app.streams.machine;

import dev.vorrang.app.bench.BenchRecords;
import dev.vorrang.app.bench.RecordNumber;
import dev.vorrang.app.streams.machine.demo.DemoMachines;
import dev.vorrang.schemas.ModelRef;
import dev.vorrang.schemas.SensorReading;
import dev.vorrang.scoring.engine.batch.BatchFunction;
import dev.vorrang.scoring.machine.MachineModel;
import dev.vorrang.scoring.machine.ModelInput;
import dev.vorrang.scoring.machine.ModelMemory;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** The readings of the benchmark. */
final class MachineBench {

    private static final int MACHINES = 200;
    /** More than the general anomaly model waits for. */
    private static final long LEAD_STEPS = 40;

    private static final Instant BEGINNING = Instant.ofEpochSecond(1_700_000_000);

    /** Inputs of the same shape have answers of the same. */
    private record Shape(int rows, int width) {}

    /** Another function in a model's place. Leaves the model to its owner. */
    private record StandIn(MachineModel model, BatchFunction<ModelInput, float[]> function) implements MachineModel {

        @Override
        public ModelRef reference() {
            return model.reference();
        }

        @Override
        public ModelMemory memory() {
            return model.memory();
        }

        @Override
        public List<float[]> apply(List<ModelInput> inputs) {
            return function.apply(inputs);
        }

        @Override
        public ModelInput probe() {
            return model.probe();
        }

        @Override
        public void check(float[] output) {
            model.check(output);
        }

        @Override
        public void close() {}
    }

    private MachineBench() {}

    static MachineModel standIn(MachineModel model, BatchFunction<ModelInput, float[]> function) {
        return new StandIn(model, function);
    }

    static Object shape(ModelInput input) {
        return new Shape(input.rows(), input.width());
    }

    static BenchRecords records() {
        return new BenchRecords(
                Map.of("Readings", "of %d machines in turn, 3 or 4 sensors each".formatted(MACHINES)),
                MACHINES * LEAD_STEPS,
                (topics, serdes) -> {
                    List<DemoMachines.Machine> machines = DemoMachines.of(MACHINES);
                    return BenchRecords.encoded(
                            topics.machineReadings(),
                            serdes,
                            SensorReading::getMachine,
                            number -> reading(machines.get((int) (number % MACHINES)), number));
                });
    }

    private static SensorReading reading(DemoMachines.Machine machine, long number) {
        return SensorReading.newBuilder()
                .setId(RecordNumber.id(number))
                .setMachine(machine.name())
                .setTime(BEGINNING.plusSeconds(number / MACHINES))
                .setValues(machine.next().get())
                .setSource("file:/bench#" + number)
                .build();
    }
}
