package dev.vorrang.scoring.machine;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What the models in service remember of one machine, and what they remembered before a long silence, while it may turn out that there
 * was none. For one thread.
 */
final class ModelMemories {

    private static final int MAX_MODELS = 1_000;
    private static final int MAX_BYTES = 16 << 20;

    private final List<MachineModel> models;
    private final Predicate<MachineModel> asked;
    private List<ModelMemory> current;
    /** Empty unless they may be restored. */
    private List<ModelMemory> shelved = List.of();

    /**
     * @param models in service; not closed here
     * @param asked those that score the machine
     */
    ModelMemories(List<MachineModel> models, Predicate<MachineModel> asked) {
        this.models = models;
        this.asked = asked;
        this.current = empty();
    }

    private List<ModelMemory> empty() {
        return models.stream()
                .map(model -> asked.test(model) ? model.memory() : ModelMemory.NONE)
                .toList();
    }

    /** Whether a model scores the machine. */
    boolean any() {
        return models.stream().anyMatch(asked);
    }

    /** One for each model, in their order. Shared with the steps that wait for the models. */
    List<ModelMemory> current() {
        return current;
    }

    /** What each model is to score at a step; empty where it knows too little yet. */
    List<Optional<ModelInput>> observe(Step step) {
        return current.stream().map(memory -> memory.observe(step)).toList();
    }

    /**
     * Forgets or restores what was remembered.
     *
     * @param mayRestore whether a later step may restore a past that was forgotten
     */
    void turn(Intake.Past past, boolean mayRestore) {
        if (past == Intake.Past.FORGOTTEN) {
            shelved = shelved.isEmpty() ? current : shelved;
            current = empty();
        } else if (past == Intake.Past.RESTORED && !shelved.isEmpty()) {
            current = shelved;
            shelved = List.of();
        }
        if (!mayRestore) {
            shelved = List.of();
        }
    }

    void write(DataOutput out) throws IOException {
        write(out, current);
        write(out, shelved);
    }

    private void write(DataOutput out, List<ModelMemory> which) throws IOException {
        out.writeInt(which.size());
        for (int i = 0; i < which.size(); i++) {
            out.writeUTF(models.get(i).reference().getName());
            out.writeUTF(models.get(i).reference().getVersion());
            var memory = new ByteArrayOutputStream();
            which.get(i).write(new DataOutputStream(memory));
            out.writeInt(memory.size());
            out.write(memory.toByteArray());
        }
    }

    /**
     * Becomes what was written, by the same version of a model; the others start anew.
     *
     * @param withShelved whether those of before a silence were written
     */
    void read(DataInputStream in, boolean withShelved) throws IOException {
        read(in, current);
        if (withShelved) {
            List<ModelMemory> before = empty();
            shelved = read(in, before) > 0 ? before : List.of();
        }
    }

    /** @return how many there were */
    private int read(DataInputStream in, List<ModelMemory> into) throws IOException {
        var kept = new HashMap<List<String>, byte[]>();
        int count = StateChecks.check(in.readInt(), MAX_MODELS, "number of models");
        for (int i = 0; i < count; i++) {
            var reference = List.of(in.readUTF(), in.readUTF());
            int size = StateChecks.check(in.readInt(), MAX_BYTES, "bytes of a model's memory");
            byte[] memory = in.readNBytes(size);
            if (memory.length < size) {
                throw new IOException("damaged state: it ends within a model's memory");
            }
            kept.put(reference, memory);
        }
        for (int i = 0; i < models.size(); i++) {
            var reference = models.get(i).reference();
            byte[] memory = kept.get(List.of(reference.getName(), reference.getVersion()));
            // None was written of a model that did not score the machine.
            if (memory != null && memory.length > 0) {
                into.get(i).read(new DataInputStream(new ByteArrayInputStream(memory)));
            }
        }
        return count;
    }
}
