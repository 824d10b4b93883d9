package dev.vorrang.scoring.engine;

import dev.vorrang.scoring.engine.batch.Outcome;

/**
 * A record that waits for its batch. All records of a batch are concluded before the first is sent on, in the same order: the same
 * code runs for one after the other, and its tables stay in the processor's caches. For one thread.
 *
 * @param <I> what the models read of it
 * @param <P> what the models say of it
 */
final class HeldRecord<I, P> {

    private final ScoringProcessor<?, I, P> owner;
    private final CommitHook.Place place;
    private final RecordInfo info;
    private final Pending<I, P> pending;
    private Runnable sending;

    /**
     * @param owner processor of its task, which sends it on
     * @param place where to go on
     * @param info as it was read, and where
     * @param pending what waits
     */
    HeldRecord(ScoringProcessor<?, I, P> owner, CommitHook.Place place, RecordInfo info, Pending<I, P> pending) {
        this.owner = owner;
        this.place = place;
        this.info = info;
        this.pending = pending;
    }

    ScoringProcessor<?, I, P> owner() {
        return owner;
    }

    RecordInfo info() {
        return info;
    }

    Pending<I, P> pending() {
        return pending;
    }

    /** Makes what is to be sent on of it, as if it were in process at its place. */
    void conclude(Outcome<Prediction<P>> outcome) {
        place.resume(() -> sending = owner.conclude(this, outcome));
    }

    /** Sends it on, once it is concluded. */
    void send() {
        place.resume(sending);
    }
}
