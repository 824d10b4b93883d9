package dev.vorrang.scoring.engine.batch;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Lets threads share the calls of a function that is best at few large batches, such as a model on a GPU. So many calls run at
 * once; whoever comes meanwhile waits, and when a call ends the first who waits scores the batches of all who wait in one call. Each thread gets
 * the answers to its own inputs, and waits for them, so whatever order it keeps stays.
 *
 * <p>If a shared call fails, each batch of it is scored in a call of its own: a thread hears of its own failures alone.
 *
 * <p>Safe for use by many threads if the function is. Waiting does not end when a thread is interrupted, as a call of a model does
 * not.
 *
 * @param <I> what is scored
 * @param <O> the score
 */
public final class SharedCalls<I, O> implements BatchFunction<I, O> {

    private final BatchFunction<I, O> function;
    private final int callsAtOnce;
    private final int maxSize;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<Request<I, O>> waiting = new ArrayDeque<>();
    private int running;

    /** Where a request is. */
    private enum State {
        WAITING,
        /** Part of the call of another thread. */
        TAKEN,
        ANSWERED,
        /** That call failed; it is to have one of its own. */
        ALONE
    }

    /** A batch of one thread. Its fields are guarded by the lock. */
    private static final class Request<I, O> {

        private final List<I> inputs;
        private State state = State.WAITING;
        private List<O> answers = List.of();

        Request(List<I> inputs) {
            this.inputs = inputs;
        }
    }

    /**
     * @param callsAtOnce how many calls run at once, 1 or more
     * @param maxSize most inputs of a shared call, 1 or more; a batch that is larger has a call of its own
     */
    public SharedCalls(BatchFunction<I, O> function, int callsAtOnce, int maxSize) {
        this.function = Objects.requireNonNull(function, "function");
        if (callsAtOnce < 1) {
            throw new IllegalArgumentException("callsAtOnce " + callsAtOnce + ": allowed is 1 or more");
        }
        if (maxSize < 1) {
            throw new IllegalArgumentException("maxSize " + maxSize + ": allowed is 1 or more");
        }
        this.callsAtOnce = callsAtOnce;
        this.maxSize = maxSize;
    }

    @Override
    public List<O> apply(List<I> inputs) {
        var request = new Request<I, O>(inputs);
        List<Request<I, O>> others = leadOrWait(request);
        if (request.state == State.ANSWERED) {
            return request.answers;
        }
        try {
            return others.isEmpty() ? function.apply(inputs) : together(request, others);
        } finally {
            end(others);
        }
    }

    /** @return those to be answered along with the request, which this thread must do now unless it was answered meanwhile */
    private List<Request<I, O>> leadOrWait(Request<I, O> request) {
        lock.lock();
        try {
            waiting.addLast(request);
            while (request.state == State.TAKEN || request.state != State.ANSWERED && running >= callsAtOnce) {
                changed.awaitUninterruptibly();
            }
            if (request.state == State.ANSWERED) {
                return List.of();
            }
            running++;
            waiting.remove(request);
            return request.state == State.ALONE ? List.of() : others(request);
        } finally {
            lock.unlock();
        }
    }

    private List<Request<I, O>> others(Request<I, O> request) {
        var others = new ArrayList<Request<I, O>>();
        int room = maxSize - request.inputs.size();
        while (!waiting.isEmpty() && waiting.peekFirst().inputs.size() <= room) {
            Request<I, O> other = waiting.removeFirst();
            other.state = State.TAKEN;
            others.add(other);
            room -= other.inputs.size();
        }
        return others;
    }

    private List<O> together(Request<I, O> request, List<Request<I, O>> others) {
        var inputs = new ArrayList<>(request.inputs);
        others.forEach(other -> inputs.addAll(other.inputs));
        List<O> answers;
        try {
            answers = function.apply(inputs);
            if (answers.size() != inputs.size()) {
                throw new IllegalStateException(answers.size() + " answers to " + inputs.size() + " inputs");
            }
        } catch (RuntimeException e) {
            return function.apply(request.inputs);
        }
        lock.lock();
        try {
            int from = request.inputs.size();
            for (Request<I, O> other : others) {
                int to = from + other.inputs.size();
                other.answers = answers.subList(from, to);
                other.state = State.ANSWERED;
                from = to;
            }
            return answers.subList(0, request.inputs.size());
        } finally {
            lock.unlock();
        }
    }

    /** Lets the next call begin; whoever was taken and not answered has one of its own. */
    private void end(List<Request<I, O>> others) {
        lock.lock();
        try {
            running--;
            others.stream().filter(other -> other.state == State.TAKEN).forEach(other -> other.state = State.ALONE);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
