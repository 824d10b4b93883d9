package dev.vorrang.scoring.machine;

import dev.vorrang.scoring.engine.Model;

/**
 * A model of the machine stream in service. It sees batches of steps of many machines; what it needs to know of one machine's past
 * is in that machine's {@link ModelMemory}, whose {@link ModelMemory#absorb} refuses what {@link #check} refuses.
 */
public interface MachineModel extends Model<ModelInput, float[]> {

    /** A new memory, of a machine that nothing is known of. */
    ModelMemory memory();
}
