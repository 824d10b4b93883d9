package dev.vorrang.scoring.engine;

import dev.vorrang.scoring.engine.batch.Outcome;

/**
 * A record that waits for its batch.
 *
 * @param owner processor of its task, which sends it on
 * @param place where to go on
 * @param info as it was read, and where
 * @param pending what waits
 * @param <I> what the models read of it
 * @param <P> what the models say of it
 */
record HeldRecord<I, P>(
        ScoringProcessor<?, I, P> owner, CommitHook.Place place, RecordInfo info, Pending<I, P> pending) {

    /** Sends on what came of it, as if it were in process at its place. */
    void complete(Outcome<Prediction<P>> outcome) {
        place.resume(() -> owner.complete(this, outcome));
    }
}
