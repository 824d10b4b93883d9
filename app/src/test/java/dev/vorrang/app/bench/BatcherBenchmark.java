package dev.vorrang.app.bench;

import dev.vorrang.scoring.engine.batch.BatchScorer;
import dev.vorrang.scoring.engine.batch.BatchSettings;
import dev.vorrang.scoring.engine.batch.MicroBatcher;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** What holding and handing on costs an item, with a function that answers at once. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class BatcherBenchmark {

    private static final int ITEMS = 4_096;

    @Param({"1", "256"})
    private int maxSize;

    private MicroBatcher<Integer, Integer> batcher;

    @Setup
    public void make(Blackhole outcomes) {
        var scorer = new BatchScorer<Integer, Integer>(inputs -> inputs, 0, 1);
        batcher = new MicroBatcher<>(
                scorer::score,
                BatchSettings.defaults().withMaxSize(maxSize),
                item -> Integer.BYTES,
                (item, outcome) -> outcomes.consume(outcome));
    }

    @Benchmark
    @OperationsPerInvocation(ITEMS)
    public int hold() {
        for (int item = 0; item < ITEMS; item++) {
            batcher.add(item);
        }
        batcher.pollComplete();
        return batcher.size();
    }
}
