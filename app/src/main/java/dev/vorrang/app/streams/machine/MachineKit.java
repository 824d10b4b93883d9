package dev.vorrang.app.streams.machine;

import dev.vorrang.app.bench.BenchStream;
import dev.vorrang.app.crash.Workload;
import dev.vorrang.app.kit.StreamKit;
import dev.vorrang.app.program.Home;
import dev.vorrang.schemas.Topics;
import dev.vorrang.schemas.serde.AvroSerdes;
import dev.vorrang.scoring.model.ModelOptions;
import java.nio.file.Path;
import java.time.Duration;

/** The machine stream for the tools. */
public final class MachineKit implements StreamKit {

    @Override
    public String name() {
        return "machine";
    }

    @Override
    public Path shippedModel() {
        return Home.machineModel();
    }

    @Override
    public BenchStream bench(Path model, Duration delay, ModelOptions options) {
        return MachineBench.load(model, delay, options);
    }

    @Override
    public Workload workload(Topics topics, AvroSerdes serdes, long seed, int records) {
        return new MachineWorkload(topics, serdes, seed, records);
    }
}
