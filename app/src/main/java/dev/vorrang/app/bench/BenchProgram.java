package dev.vorrang.app.bench;

import dev.vorrang.app.program.StopSignal;
import dev.vorrang.schemas.ModelRef;
import dev.vorrang.scoring.model.ModelOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;

/** A measurement from the start of its broker to the figures. For one thread. */
public final class BenchProgram implements AutoCloseable {

    private final BenchStream stream;

    private BenchProgram(BenchStream stream) {
        this.stream = stream;
    }

    /** Loads what is measured. */
    @FunctionalInterface
    public interface Loader {

        /** As {@link BenchProgram#mail}. */
        BenchProgram load(Path model, Duration delay, int threads);
    }

    /**
     * Loads a mail model; whoever calls it closes the program.
     *
     * @param delay zero for the model itself; else what each call takes of a model in its place
     * @param threads how many call the model at once
     * @throws dev.vorrang.scoring.model.ModelRefusedException if it cannot be put into service
     */
    public static BenchProgram mail(Path model, Duration delay, int threads) {
        return new BenchProgram(MailBench.load(model, delay, options(threads)));
    }

    /** As {@link #mail}, a model of machines. */
    public static BenchProgram machine(Path model, Duration delay, int threads) {
        return new BenchProgram(MachineBench.load(model, delay, options(threads)));
    }

    private static ModelOptions options(int threads) {
        return ModelOptions.defaults().calledBy(threads);
    }

    /** What is scored: mail or machine. */
    public String name() {
        return stream.name();
    }

    /** The model, even if another stands in for it. */
    public ModelRef model() {
        return stream.model();
    }

    /** What the records are like, in words, by what is told. */
    public Map<String, String> records() {
        return stream.records();
    }

    /** Most records in one call of the model, as the settings have it by default. */
    public int defaultBatch() {
        return stream.defaultBatch();
    }

    /**
     * Measures.
     *
     * @param folder for all data; its owner deletes it
     * @param progress is told of each step
     * @throws dev.vorrang.app.program.CommandFailedException if the stream does not score what it is given
     */
    public BenchFigures run(Path folder, Bench.Options options, StopSignal stop, Consumer<String> progress) {
        try (var cluster = BenchCluster.start(folder)) {
            return new Bench(stream, cluster, options, folder, stop, progress).run();
        }
    }

    @Override
    public void close() {
        stream.close();
    }
}
