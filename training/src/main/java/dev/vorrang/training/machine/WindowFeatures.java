package dev.vorrang.training.machine;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** Turns windows into features within a graph, the same for training and for serving. */
interface WindowFeatures {

    /** @return {@code float32 [batch, features]} */
    Operand<TFloat32> of(Ops tf, MachineExport.Inputs inputs);

    /** Features of a window. */
    int count();
}
