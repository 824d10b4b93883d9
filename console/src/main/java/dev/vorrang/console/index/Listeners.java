package dev.vorrang.console.index;

import dev.vorrang.console.view.Change;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells listeners of changes, each from a thread of its own, so that none holds up another. For one that is more than {@value #MAX_WAITING}
 * changes behind these are dropped, and it is told to reload instead. Thread-safe.
 */
final class Listeners implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Listeners.class);
    private static final int MAX_WAITING = 2_000;

    private final List<Told> all = new CopyOnWriteArrayList<>();

    private static final class Told implements AutoCloseable {

        private final Consumer<Change> listener;
        private final List<Told> all;
        private final BlockingQueue<Change> waiting = new ArrayBlockingQueue<>(MAX_WAITING);
        private final Thread thread = new Thread(this::run, "console-changes");

        Told(Consumer<Change> listener, List<Told> all) {
            this.listener = listener;
            this.all = all;
            thread.setDaemon(true);
        }

        void tell(Change change) {
            if (!waiting.offer(change)) {
                waiting.clear();
                waiting.add(new Change.Reload());
            }
        }

        private void run() {
            try {
                while (!Thread.currentThread().isInterrupted()) {
                    tellOne(waiting.take());
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        private void tellOne(Change change) {
            try {
                listener.accept(change);
            } catch (RuntimeException e) {
                LOG.warn("a listener failed on {}", change.getClass().getSimpleName(), e);
            }
        }

        @Override
        public void close() {
            all.remove(this);
            thread.interrupt();
        }
    }

    AutoCloseable add(Consumer<Change> listener) {
        var told = new Told(listener, all);
        all.add(told);
        told.thread.start();
        return told;
    }

    /** From one thread. */
    void tell(Change change) {
        all.forEach(each -> each.tell(change));
    }

    @Override
    public void close() {
        all.forEach(Told::close);
    }
}
