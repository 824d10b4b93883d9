package dev.vorrang.scoring.engine.batch;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;

/**
 * Holds the items of one thread until their batch is scored: when it reaches its size, when the thread says that a poll is
 * complete, that the linger is over, or that it is about to commit. Holds at most the maximum size of a batch, and at most its bytes
 * but for the item that reaches them. An item is let go
 * only after its outcome was taken, so an exception on the way leaves it held, and {@link #size()} says so.
 *
 * <p>For one thread.
 *
 * @param <T> an item
 * @param <O> the score
 */
public final class MicroBatcher<T, O> {

    private final Function<List<T>, List<Outcome<O>>> scorer;
    private final BatchSettings settings;
    private final ToLongFunction<T> bytes;
    private final BiConsumer<T, Outcome<O>> outcomes;
    private final Deque<T> held = new ArrayDeque<>();
    private long heldBytes;
    private RuntimeException failure;

    /**
     * @param scorer gives one outcome for each item, in order; see {@link BatchScorer}
     * @param settings when a batch is scored
     * @param bytes what an item holds in memory, 0 or more
     * @param outcomes takes each item with its outcome, in the order in which the items were added
     */
    public MicroBatcher(
            Function<List<T>, List<Outcome<O>>> scorer,
            BatchSettings settings,
            ToLongFunction<T> bytes,
            BiConsumer<T, Outcome<O>> outcomes) {
        this.scorer = Objects.requireNonNull(scorer, "scorer");
        this.settings = Objects.requireNonNull(settings, "settings");
        this.bytes = Objects.requireNonNull(bytes, "bytes");
        this.outcomes = Objects.requireNonNull(outcomes, "outcomes");
    }

    /** Holds an item, and scores the batch if it is full now. */
    public void add(T item) {
        checkUnbroken();
        held.addLast(Objects.requireNonNull(item, "item"));
        heldBytes += bytes.applyAsLong(item);
        if (held.size() >= settings.maxSize() || heldBytes >= settings.maxBytes()) {
            flush();
        }
    }

    /** All records of a poll were added: scores the batch, unless it may linger. */
    public void pollComplete() {
        if (settings.linger().isZero()) {
            flush();
        }
    }

    /**
     * Scores what is held, now. After it nothing is held.
     *
     * @throws RuntimeException what the scorer threw, and everything is still held; or what the consumer of outcomes threw, and
     *     its item and those after it are still held. After either, every further call throws the same, until {@link #discardIf}
     *     has emptied the batch: nothing may be scored out of order, or be committed past
     */
    public void flush() {
        checkUnbroken();
        if (held.isEmpty()) {
            return;
        }
        try {
            List<Outcome<O>> results = scorer.apply(List.copyOf(held));
            if (results.size() != held.size()) {
                throw new IllegalStateException(results.size() + " outcomes for " + held.size() + " records");
            }
            for (Outcome<O> outcome : results) {
                outcomes.accept(held.peekFirst(), outcome);
                heldBytes -= bytes.applyAsLong(held.removeFirst());
            }
        } catch (RuntimeException e) {
            failure = e;
            throw e;
        }
    }

    /** Lets go of items unscored, because they will come again. */
    public void discardIf(Predicate<T> gone) {
        held.removeIf(gone);
        heldBytes = held.stream().mapToLong(bytes).sum();
        if (held.isEmpty()) {
            failure = null;
        }
    }

    /** Items held. */
    public int size() {
        return held.size();
    }

    private void checkUnbroken() {
        if (failure != null) {
            throw failure;
        }
    }
}
