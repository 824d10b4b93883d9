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
    /** With a GPU larger ones are tried as long as they gain. */
    private static final int LARGEST_BATCH = 16_384;
    /** Each size of the sweep has this part of the time. */
    private static final int SWEEP_PART = 8;
    /** But so long with a GPU, whose samples tell of up to a second before. */
    private static final Duration LEAST_WITH_GPU = Duration.ofSeconds(2);

    private final BenchStream stream;
    private final int callers;
    private final Duration time;
    private final Gpus gpus;
    private final ExecutorService threads;

    /** @param time how long it is measured */
    ModelAlone(BenchStream stream, int callers, Duration time, Gpus gpus) {
        this.time = time;
        this.gpus = gpus;
        this.stream = stream;
        this.callers = callers;
        this.threads = Executors.newFixedThreadPool(callers);
    }

    /** Each batch size twice, of which the first time warms up. */
    List<Sweep> sweep() {
        Duration longest = time.dividedBy(SWEEP_PART);
        if (gpus.watching() && longest.compareTo(LEAST_WITH_GPU) < 0) {
            longest = LEAST_WITH_GPU;
        }
        for (int batch : BATCHES) {
            measure(batch, longest);
        }
        var sweep = new ArrayList<Sweep>();
        for (int batch : BATCHES) {
            sweep.add(sweep(batch, longest));
        }
        while (gpus.watching() && gains(sweep)) {
            int batch = 2 * sweep.get(sweep.size() - 1).batch();
            measure(batch, longest);
            sweep.add(sweep(batch, longest));
        }
        return List.copyOf(sweep);
    }

    private Sweep sweep(int batch, Duration longest) {
        Speed speed = measure(batch, longest);
        return new Sweep(batch, speed.rate(), speed.gpu());
    }

    private static boolean gains(List<Sweep> sweep) {
        Sweep last = sweep.get(sweep.size() - 1);
        Sweep before = sweep.get(sweep.size() - 2);
        return before.rate() < BenchFigures.SATURATED * last.rate() && last.batch() < LARGEST_BATCH;
    }

    Speed measure(int batch) {
        return measure(batch, time);
    }

    private Speed measure(int batch, Duration longest) {
        var meter = new CallMeter();
        var number = new AtomicLong();
        System.gc();
        Memory.resetHeapPeak();
        var stretch = Stretch.from(0, gpus);
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
