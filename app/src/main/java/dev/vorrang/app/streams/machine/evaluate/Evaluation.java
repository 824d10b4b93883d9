package dev.vorrang.app.streams.machine.evaluate;

import dev.vorrang.app.evaluate.Outcome;
import dev.vorrang.schemas.MachineAlert;
import dev.vorrang.schemas.MachineScore;
import dev.vorrang.training.machine.MachineRow;

/** Gathers what a model says of the rows of a file, and compares it with the truth. For one thread; holds all rows in memory. */
public interface Evaluation {

    /**
     * Takes a row; rows of a machine come in the order of their time.
     *
     * @throws dev.vorrang.training.TrainingDataException if its truth cannot be read, naming line, value and what is allowed
     */
    void add(MachineRow row, MachineScore score);

    /** Takes a change of an alert, after the row that led to it. */
    default void alert(MachineRow row, MachineAlert alert) {}

    /**
     * What came out.
     *
     * @throws dev.vorrang.training.TrainingDataException if no row could be compared, saying why
     */
    Outcome outcome();
}
