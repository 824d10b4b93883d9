package dev.vorrang.app.bench;

import dev.vorrang.app.bench.BenchFigures.Latency;
import dev.vorrang.app.bench.BenchFigures.Load;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/**
 * A load that does not wait for the stream: each record has a time at which it is to be sent, and its latency counts from there, so
 * that a stream which falls behind cannot hide it (Gil Tene, "How NOT to Measure Latency"). It may run several times, and adds up.
 * For one thread.
 */
final class OpenLoad {

    /**
     * As much time, by the time that is measured, goes before it: a stream that has just joined its group is seconds behind, and
     * has to catch up beside what comes.
     */
    private static final double WARM_UP = 1;

    /** For the last scores, after the last record was sent. */
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    /** Records that are due within it are sent together: waking up for each would cost more than sending it. */
    private static final Duration TICK = Duration.ofMillis(1);

    private static final long LONGEST_MICROS = TimeUnit.MINUTES.toMicros(10);
    private static final int DIGITS = 3;
    private static final double MILLIS_OF_SECOND = 1_000;
    private static final double MICROS_OF_MILLI = 1_000;

    private final double share;
    private final double rate;
    private final Duration time;
    private final Histogram latencies = new Histogram(LONGEST_MICROS, DIGITS);
    private final BatchSizes sizes = new BatchSizes();
    private long sent;
    private double seconds;
    private double cpuSeconds;

    /**
     * When each record is to be sent.
     *
     * @param start of the first, by {@link System#nanoTime}
     * @param interval from one to the next, in nanoseconds
     * @param uncounted how many of the first are there to warm up
     */
    record Schedule(long start, double interval, long uncounted) {

        long due(long number) {
            return start + Math.round(number * interval);
        }
    }

    /**
     * @param share of the peak
     * @param rate records a second
     * @param time how long each run is measured
     */
    OpenLoad(double share, double rate, Duration time) {
        this.share = share;
        this.rate = rate;
        this.time = time;
    }

    /** Sends, and returns when all scores were seen or patience ends. */
    void run(StreamRun run) {
        run.start();
        double counted = rate * time.toMillis() / MILLIS_OF_SECOND;
        long uncounted = Math.max(run.lead(), Math.round(WARM_UP * counted));
        long all = uncounted + Math.max(1, Math.round(counted));
        var schedule = new Schedule(System.nanoTime() + TICK.toNanos(), 1e9 / rate, uncounted);
        try (var reader = run.read(schedule)) {
            send(run, schedule, 0, uncounted);
            var stretch = run.stretch(uncounted);
            send(run, schedule, uncounted, all);
            seconds += stretch.seconds();
            cpuSeconds += stretch.cpuSeconds();
            sent += all - uncounted;
            reader.await(all, PATIENCE);
            latencies.add(reader.latencies());
        }
        sizes.add(run.sizes());
    }

    private static void send(StreamRun run, Schedule schedule, long from, long to) {
        for (long number = from; number < to; number++) {
            for (long left = left(schedule, number); left > 0; left = left(schedule, number)) {
                LockSupport.parkNanos(Math.max(left, TICK.toNanos()));
                run.checkStopped();
            }
            run.send(number);
        }
    }

    private static long left(Schedule schedule, long number) {
        return schedule.due(number) - System.nanoTime();
    }

    Load figures() {
        long seen = latencies.getTotalCount();
        return new Load(share, rate, sent, seen, latency(seen), cpuSeconds / seconds, sizes);
    }

    private Latency latency(long seen) {
        if (seen == 0) {
            return new Latency(Double.NaN, Double.NaN, Double.NaN, Double.NaN);
        }
        return new Latency(
                latencies.getValueAtPercentile(50) / MICROS_OF_MILLI,
                latencies.getValueAtPercentile(99) / MICROS_OF_MILLI,
                latencies.getValueAtPercentile(99.9) / MICROS_OF_MILLI,
                latencies.getMaxValue() / MICROS_OF_MILLI);
    }

    /** A histogram that {@link ScoreReader} may fill. */
    static Histogram histogram() {
        return new Histogram(LONGEST_MICROS, DIGITS);
    }

    /** What the histogram can hold. */
    static long micros(long nanos) {
        return Math.max(0, Math.min(LONGEST_MICROS, TimeUnit.NANOSECONDS.toMicros(nanos)));
    }
}
