package dev.vorrang.app.streams.machine;

import dev.vorrang.app.bench.BenchStream;
import dev.vorrang.app.bench.CallMeter;
import dev.vorrang.app.bench.Cycle;
import dev.vorrang.app.bench.ModelPace;
import dev.vorrang.app.bench.RecordNumber;
import dev.vorrang.app.demo.DemoSamples;
import dev.vorrang.schemas.ModelRef;
import dev.vorrang.schemas.Position;
import dev.vorrang.schemas.SensorReading;
import dev.vorrang.schemas.Topic;
import dev.vorrang.schemas.Topics;
import dev.vorrang.schemas.serde.AvroSerdes;
import dev.vorrang.scoring.engine.Prediction;
import dev.vorrang.scoring.engine.StreamDefinition;
import dev.vorrang.scoring.engine.StreamEnvironment;
import dev.vorrang.scoring.engine.batch.BatchFunction;
import dev.vorrang.scoring.engine.batch.BatchSettings;
import dev.vorrang.scoring.machine.MachineModel;
import dev.vorrang.scoring.machine.MachineState;
import dev.vorrang.scoring.machine.ModelInput;
import dev.vorrang.scoring.machine.ModelMemory;
import dev.vorrang.scoring.machine.PendingStep;
import dev.vorrang.scoring.machine.model.MachineModels;
import dev.vorrang.scoring.model.ModelOptions;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The machine stream with the settings that it has by default and one model. */
final class MachineBench implements BenchStream {

    private static final int MACHINES = 200;
    /** More than the general anomaly model waits for. */
    private static final long LEAD_STEPS = 40;

    private static final int INPUTS = 4_096;
    private static final Instant BEGINNING = Instant.ofEpochSecond(1_700_000_000);

    private final MachineModel model;
    private final Path folder;
    private final Cycle<ModelInput> steps;
    private final BatchFunction<ModelInput, float[]> known;
    private final BatchFunction<ModelInput, float[]> paced;

    /** Inputs of the same shape have answers of the same. */
    private record Shape(int rows, int width) {}

    /** Another function in a model's place. Leaves the model to its owner. */
    private record Standing(MachineModel model, BatchFunction<ModelInput, float[]> function) implements MachineModel {

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

    private MachineBench(MachineModel model, Path folder, Duration delay) {
        this.model = model;
        this.folder = folder;
        steps = new Cycle<>(steps(model));
        Map<Shape, float[]> answers = new ConcurrentHashMap<>();
        known = inputs -> inputs.stream()
                .map(input -> answers.computeIfAbsent(
                        new Shape(input.rows(), input.width()),
                        any -> model.apply(List.of(input)).get(0)))
                .toList();
        paced = ModelPace.of(model, known, delay);
    }

    /**
     * Loads the model.
     *
     * @param delay time that a call takes if the model's own is not to count, else zero
     * @param options how it is put into service
     * @throws dev.vorrang.scoring.model.ModelRefusedException if it cannot be put into service
     */
    static MachineBench load(Path folder, Duration delay, ModelOptions options) {
        return new MachineBench(MachineModels.load(folder, options), folder, delay);
    }

    /** What the model would be asked in the stream, of machines that have been running for a while. */
    private static List<ModelInput> steps(MachineModel model) {
        var rules = MachineStreamSettings.SECTION.defaults().rules();
        var position = new Position("", 0, 0L);
        var states = new ArrayList<MachineState>();
        List<DemoSamples.Machine> machines = DemoSamples.machines(MACHINES);
        machines.forEach(machine -> states.add(new MachineState(machine.name(), rules, List.of(model))));
        var inputs = new ArrayList<ModelInput>();
        for (long number = 0; inputs.size() < INPUTS; number++) {
            int place = (int) (number % machines.size());
            SensorReading reading = reading(machines.get(place), number, number / machines.size());
            Optional<PendingStep> pending = states.get(place).accept(reading);
            if (pending.isPresent()) {
                List<ModelInput> given = pending.get().inputs().stream()
                        .flatMap(Optional::stream)
                        .toList();
                inputs.addAll(given);
                var outputs = new Prediction<>(
                        given.isEmpty() ? List.<float[]>of() : model.apply(given),
                        Collections.nCopies(given.size(), model.reference()));
                states.get(place).conclude(pending.get(), outputs, position, BEGINNING);
            }
        }
        return inputs;
    }

    private static SensorReading reading(DemoSamples.Machine machine, long number, long step) {
        return SensorReading.newBuilder()
                .setId(RecordNumber.id(number))
                .setMachine(machine.name())
                .setTime(BEGINNING.plusSeconds(step))
                .setValues(machine.next().get())
                .setSource("file:/bench#" + number)
                .build();
    }

    @Override
    public String name() {
        return "machine";
    }

    @Override
    public ModelRef model() {
        return model.reference();
    }

    @Override
    public Path folder() {
        return folder;
    }

    @Override
    public Map<String, String> records() {
        return Map.of("Readings", "of %d machines in turn, 3 or 4 sensors each".formatted(MACHINES));
    }

    @Override
    public Topic<?> input(Topics topics) {
        return topics.machineReadings();
    }

    @Override
    public Topic<?> scores(Topics topics) {
        return topics.machineScored();
    }

    @Override
    public List<Topic<?>> topics(Topics topics) {
        return new MachineKit()
                .topics(MachineStreamSettings.SECTION.defaults(), topics)
                .all();
    }

    @Override
    public Inputs inputs(Topics topics, AvroSerdes serdes) {
        var topic = topics.machineReadings();
        var serializer = serdes.valueSerde(topic).serializer();
        List<DemoSamples.Machine> machines = DemoSamples.machines(MACHINES);
        return number -> {
            DemoSamples.Machine machine = machines.get((int) (number % MACHINES));
            SensorReading reading = reading(machine, number, number / MACHINES);
            return new Input(machine.name(), serializer.serialize(topic.name(), reading));
        };
    }

    @Override
    public void score(long from, int size) {
        paced.apply(steps.of(from, size));
    }

    @Override
    public long lead() {
        return MACHINES * LEAD_STEPS;
    }

    @Override
    public int defaultBatch() {
        return MachineStreamSettings.SECTION.defaults().stream().batch().maxSize();
    }

    @Override
    public StreamDefinition<?, ?, ?> stream(
            Answers answers, int batch, CallMeter meter, Topics topics, AvroSerdes serdes) {
        var usual = MachineStreamSettings.SECTION.defaults();
        BatchSettings batches = usual.stream().batch().withMaxSize(batch);
        var plan = usual.withBatch(batches);
        var standing = new Standing(model, meter.around(answers == Answers.FREE ? known : paced));
        return new MachineKit()
                .define(
                        plan,
                        List.of(standing),
                        topics,
                        StreamEnvironment.of(serdes, new SimpleMeterRegistry(), name()));
    }

    @Override
    public void close() {
        model.close();
    }
}
