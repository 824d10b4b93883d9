package dev.vorrang.app.streams.mail;

import dev.vorrang.app.bench.BenchStream;
import dev.vorrang.app.crash.Workload;
import dev.vorrang.app.kit.StreamKit;
import dev.vorrang.app.program.Home;
import dev.vorrang.schemas.Topics;
import dev.vorrang.schemas.serde.AvroSerdes;
import dev.vorrang.scoring.model.ModelOptions;
import java.nio.file.Path;
import java.time.Duration;

/** The mail stream for the tools. */
public final class MailKit implements StreamKit {

    @Override
    public String name() {
        return "mail";
    }

    @Override
    public Path shippedModel() {
        return Home.mailModel();
    }

    @Override
    public BenchStream bench(Path model, Duration delay, ModelOptions options) {
        return MailBench.load(model, delay, options);
    }

    @Override
    public Workload workload(Topics topics, AvroSerdes serdes, long seed, int records) {
        return new MailWorkload(topics, serdes, seed);
    }
}
