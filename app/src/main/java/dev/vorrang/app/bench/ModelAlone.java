package dev.vorrang.app.bench;

import dev.vorrang.app.bench.BenchFigures.Speed;
import dev.vorrang.app.bench.BenchFigures.Sweep;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.errors.InterruptException;

/** Calls a model, one batch after the other, from as many threads as the stream has. For one thread; whoever makes one closes it. */
final class ModelAlone implements AutoCloseable {

    private static final List<Integer> BATCHES = List.of(16, 32, 64, 128, 256, 512, 1_024);
    /** Each size of the sweep has this part of the time. */
    private static final int SWEEP_PART = 8;

    private final BenchStream stream;
    private final int callers;
    private final Duration time;
    private final ExecutorService threads;

    /** @param time how long it is measured */
    ModelAlone(BenchStream stream, int callers, Duration time) {
        this.time = time;
        this.stream = stream;
        this.callers = callers;
        this.threads = Executors.newFixedThreadPool(callers);
    }

    /** Each batch size twice, of which the first time warms up. */
    List<Sweep> sweep() {
        BATCHES.forEach(batch -> measure(batch, time.dividedBy(SWEEP_PART)));
        var sweep = new ArrayList<Sweep>();
        BATCHES.forEach(batch -> sweep.add(
                new Sweep(batch, measure(batch, time.dividedBy(SWEEP_PART)).rate())));
        return List.copyOf(sweep);
    }

    Speed measure(int batch) {
        return measure(batch, time);
    }

    private Speed measure(int batch, Duration longest) {
        var meter = new CallMeter();
        var number = new AtomicLong();
        System.gc();
        Memory.resetHeapPeak();
        var stretch = Stretch.from(0);
        Callable<Void> work = () -> {
            while (System.nanoTime() - stretch.start() < longest.toNanos()
                    && !Thread.currentThread().isInterrupted()) {
                stream.score(number.getAndAdd(batch), batch);
                meter.note(batch);
            }
            return null;
        };
        var all = new ArrayList<Callable<Void>>();
        for (int caller = 0; caller < callers; caller++) {
            all.add(work);
        }
        try {
            for (Future<Void> each : threads.invokeAll(all)) {
                each.get();
            }
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        }
        return stretch.speed(number.get(), meter);
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
