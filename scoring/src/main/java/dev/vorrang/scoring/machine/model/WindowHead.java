package dev.vorrang.scoring.machine.model;

import dev.vorrang.scoring.machine.Finding;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** What the output of a window model means. Safe for use by several threads. */
interface WindowHead {

    /** Name of the graph's output. */
    String output();

    /** Numbers that the output has for each window. */
    int width();

    /** @throws IllegalStateException if the output is no score */
    void check(float[] output);

    /** What the head remembers of a machine of which nothing is known. */
    Memory memory();

    /** What a head remembers of one machine. For one thread. */
    interface Memory {

        /** @throws IllegalStateException if the output is no score; the memory is as before then */
        Finding absorb(float[] output);

        default void write(DataOutput out) throws IOException {}

        default void read(DataInput in) throws IOException {}
    }
}
