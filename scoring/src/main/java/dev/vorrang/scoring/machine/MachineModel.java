package dev.vorrang.scoring.machine;

import dev.vorrang.schemas.ModelRef;
import dev.vorrang.scoring.batch.BatchFunction;

/**
 * A model of the machine stream in service. It sees batches of steps of many machines; what it needs to know of one machine's past
 * is in that machine's {@link ModelMemory}. Safe for use by several threads; whoever loaded it closes it.
 */
public interface MachineModel extends BatchFunction<ModelInput, float[]>, AutoCloseable {

    /** Name and version. */
    ModelRef reference();

    /** A new memory, of a machine that nothing is known of. */
    ModelMemory memory();

    /** An input that it can score, to tell a bad input from a broken model. */
    ModelInput probe();

    /**
     * Looks at an output before it is taken for a score.
     *
     * @throws IllegalStateException if it is none (NaN, say); {@link ModelMemory#absorb} would throw the same
     */
    void check(float[] output);

    @Override
    void close();
}
