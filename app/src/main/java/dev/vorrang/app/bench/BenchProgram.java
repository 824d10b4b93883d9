package dev.vorrang.app.bench;

import dev.vorrang.app.program.StopSignal;
import dev.vorrang.schemas.ModelRef;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;

/** A measurement from the start of its broker to the figures. For one thread. */
public final class BenchProgram implements AutoCloseable {

    private final BenchStream stream;
    private final Class<?> instance;

    /**
     * @param stream what is measured; closed with this program
     * @param instance main class of an instance; its arguments are settings and file for the log
     */
    public BenchProgram(BenchStream stream, Class<?> instance) {
        this.stream = stream;
        this.instance = instance;
    }

    /** Name of the stream. */
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

    /** Records that the pipeline scores in a round by default. */
    public int defaultRecords() {
        return stream.defaultRecords();
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
            return new Bench(stream, instance, cluster, options, folder, stop, progress).run();
        }
    }

    @Override
    public void close() {
        stream.close();
    }
}
