package dev.vorrang.training.plant;

import dev.vorrang.schemas.AlertState;
import dev.vorrang.schemas.ModelRef;
import dev.vorrang.schemas.Position;
import dev.vorrang.schemas.SensorReading;
import dev.vorrang.scoring.engine.Prediction;
import dev.vorrang.scoring.machine.MachineModel;
import dev.vorrang.scoring.machine.MachineSettings;
import dev.vorrang.scoring.machine.MachineState;
import dev.vorrang.scoring.machine.ModelInput;
import dev.vorrang.scoring.machine.PendingStep;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All alerts of the machine stream with one model, which scores in batches. For one thread. */
final class StreamDetector implements AlertDetector {

    private static final int BATCH = 1_024;
    private static final Position NOWHERE = new Position("", 0, 0L);

    private final MachineModel model;
    private final List<String> sensors;
    private final MachineState state;
    private final List<PendingStep> batch = new ArrayList<>(BATCH);

    StreamDetector(MachineModel model, List<String> sensors) {
        this.model = model;
        this.sensors = List.copyOf(sensors);
        this.state = new MachineState("machine", MachineSettings.defaults(), List.of(model));
    }

    @Override
    public List<Raised> add(SimulatedMachine.Values sample) {
        state.accept(reading(sample)).ifPresent(batch::add);
        return batch.size() < BATCH ? List.of() : end();
    }

    private SensorReading reading(SimulatedMachine.Values sample) {
        Map<String, Double> values = new HashMap<>();
        for (int i = 0; i < sensors.size(); i++) {
            values.put(sensors.get(i), Double.isNaN(sample.values()[i]) ? null : sample.values()[i]);
        }
        return SensorReading.newBuilder()
                .setId(sample.time().toString())
                .setMachine("machine")
                .setTime(sample.time())
                .setReceivedAt(sample.time())
                .setValues(values)
                .setSource("plant")
                .build();
    }

    @Override
    public List<Raised> end() {
        Iterator<float[]> outputs = model.apply(batch.stream()
                        .flatMap(pending -> pending.inputs().get(0).stream())
                        .toList())
                .iterator();
        var raised = new ArrayList<Raised>();
        for (PendingStep pending : batch) {
            Optional<ModelInput> input = pending.inputs().get(0);
            var prediction = input.isPresent()
                    ? new Prediction<>(List.of(outputs.next()), List.of(model.reference()))
                    : new Prediction<>(List.<float[]>of(), List.<ModelRef>of());
            state.conclude(pending, prediction, NOWHERE, Instant.EPOCH).alerts().stream()
                    .filter(alert -> alert.getState() == AlertState.RAISED)
                    .map(alert -> new Raised(alert.getTime(), worstFirst(alert.getSensors())))
                    .forEach(raised::add);
        }
        batch.clear();
        return raised;
    }

    private static List<String> worstFirst(Map<String, Float> shares) {
        return shares.entrySet().stream()
                .sorted(Map.Entry.<String, Float>comparingByValue().reversed())
                .map(Map.Entry::getKey)
                .toList();
    }
}
