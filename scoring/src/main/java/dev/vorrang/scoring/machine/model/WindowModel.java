package dev.vorrang.scoring.machine.model;

import dev.vorrang.schemas.ModelRef;
import dev.vorrang.scoring.machine.Finding;
import dev.vorrang.scoring.machine.MachineModel;
import dev.vorrang.scoring.machine.ModelInput;
import dev.vorrang.scoring.machine.ModelMemory;
import dev.vorrang.scoring.machine.Step;
import dev.vorrang.scoring.model.InferenceBackend;
import dev.vorrang.scoring.model.ModelCard.TensorSpec;
import dev.vorrang.scoring.model.ModelOptions;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * A model in service that reads the last steps of a machine, and gives a row of numbers for each window; its {@link WindowHead} says
 * what they mean. Safe for use by several threads; whoever loaded it closes it.
 */
final class WindowModel implements MachineModel {

    private final MachineCard card;
    private final WindowHead head;
    private final InferenceBackend backend;

    private WindowModel(MachineCard card, WindowHead head, InferenceBackend backend) {
        this.card = card;
        this.head = head;
        this.backend = backend;
    }

    static WindowModel load(
            Path folder, MachineCard card, ModelOptions options, InferenceBackend.Opener opener, WindowHead head) {
        int length = card.window().length();
        int sensors = card.window().sensors().size();
        var output = new TensorSpec(head.output(), "float32", List.of(-1L, (long) head.width()));
        var backend = opener.open(folder, card, options, WindowArrays.specs(length, sensors), List.of(output));
        var model = new WindowModel(card, head, backend);
        var input = model.probe();
        backend.warmUp(options.warmUp(), size -> model.apply(Collections.nCopies(size, input)));
        return model;
    }

    @Override
    public ModelRef reference() {
        return card.reference();
    }

    @Override
    public List<float[]> apply(List<ModelInput> inputs) {
        if (inputs.isEmpty()) {
            return List.of();
        }
        try (var answer = backend.infer(InferenceBackend.SERVING, WindowArrays.of(inputs))) {
            return Arrays.asList(answer.rows(head.output(), inputs.size(), head.width()));
        }
    }

    /** A window in which each sensor shows its mean. */
    @Override
    public ModelInput probe() {
        int length = card.window().length();
        int sensors = card.window().sensors().size();
        var values = new float[length * sensors];
        for (int i = 0; i < values.length; i++) {
            values[i] = card.window().means().get(i % sensors).floatValue();
        }
        return new ModelInput(values, length);
    }

    @Override
    public void check(float[] output) {
        head.check(output);
    }

    @Override
    public ModelMemory memory() {
        return new Memory(head.memory(), new WindowMemory(card.window()));
    }

    @Override
    public void close() {
        backend.close();
    }

    private record Memory(WindowHead.Memory head, WindowMemory window) implements ModelMemory {

        @Override
        public Optional<ModelInput> observe(Step step) {
            return window.observe(step);
        }

        @Override
        public Finding absorb(float[] output) {
            return head.absorb(output);
        }

        @Override
        public void write(DataOutput out) throws IOException {
            head.write(out);
            window.write(out);
        }

        @Override
        public void read(DataInput in) throws IOException {
            head.read(in);
            window.read(in);
        }
    }
}
