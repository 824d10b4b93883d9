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

    @Override
    void close();
}
