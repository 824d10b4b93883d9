package dev.vorrang.app.kit;

import dev.vorrang.app.bench.BenchStream;
import dev.vorrang.app.crash.Workload;
import dev.vorrang.schemas.Topics;
import dev.vorrang.schemas.serde.AvroSerdes;
import dev.vorrang.scoring.model.ModelOptions;
import java.nio.file.Path;
import java.time.Duration;

/** What the tools know of a stream. */
public interface StreamKit {

    /** Name of the stream, as in the settings. */
    String name();

    /** Folder of the model that ships. */
    Path shippedModel();

    /**
     * Loads what the benchmark measures; whoever calls it closes it.
     *
     * @param model folder of a model's version
     * @param delay zero for the model itself; else what each call takes of a model in its place
     * @param options how the model is put into service
     * @throws dev.vorrang.scoring.model.ModelRefusedException if it cannot be put into service
     */
    BenchStream bench(Path model, Duration delay, ModelOptions options);

    /**
     * What the crash test sends.
     *
     * @param records that are sent in all
     */
    Workload workload(Topics topics, AvroSerdes serdes, long seed, int records);
}
