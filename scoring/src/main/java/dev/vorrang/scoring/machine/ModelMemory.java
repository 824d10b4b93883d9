package dev.vorrang.scoring.machine;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Optional;

/**
 * What a model remembers of one machine. Inputs follow from steps alone, never from outputs that were absorbed: several steps of a
 * machine may be observed before the first is scored, and how steps fall into batches must change no score. For one thread.
 */
public interface ModelMemory {

    /** Of a model that does not score the machine. */
    ModelMemory NONE = new ModelMemory() {

        @Override
        public Optional<ModelInput> observe(Step step) {
            return Optional.empty();
        }

        @Override
        public Finding absorb(float[] output) {
            throw new IllegalStateException("a model that does not score the machine was not asked");
        }

        @Override
        public void write(DataOutput out) {
            // There is nothing.
        }

        @Override
        public void read(DataInput in) {
            // There is nothing.
        }
    };

    /**
     * Takes the next step.
     *
     * @return what the model is to score, empty while too little is known. It may go unscored, where a step only fills a gap, or
     *     the model fails for it; nothing is absorbed for it then
     */
    Optional<ModelInput> observe(Step step);

    /**
     * Takes the model's output for an input of {@link #observe}; outputs come in the order of the inputs.
     *
     * @throws IllegalStateException if the output is no score (NaN, say); the memory is as before then
     */
    Finding absorb(float[] output);

    /** Writes all of it, bit for bit. */
    void write(DataOutput out) throws IOException;

    /**
     * Becomes what was written.
     *
     * @throws IOException if that is damaged or of another version
     */
    void read(DataInput in) throws IOException;
}
