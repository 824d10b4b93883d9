package dev.vorrang.scoring.topology;

import dev.vorrang.scoring.batch.Outcome;

/**
 * A record that waits for its batch.
 *
 * @param <I> what of it is scored
 * @param <O> the score
 */
interface Held<I, O> {

    /** The processor of its task. */
    Object owner();

    /** As it was read, and where. */
    Source source();

    /** Where to go on. */
    CommitHook.Place place();

    I input();

    /** Sends on what came of it. Called at its place. */
    void conclude(Outcome<O> outcome);
}
