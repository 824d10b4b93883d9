package dev.vorrang.scoring.engine;

import dev.vorrang.schemas.MachineAlert;
import dev.vorrang.schemas.Topics;
import dev.vorrang.schemas.serde.AvroSerdes;
import dev.vorrang.scoring.engine.batch.BatchSettings;
import dev.vorrang.scoring.engine.metrics.ScoringMetrics;
import dev.vorrang.scoring.machine.AlertRoutes;
import dev.vorrang.scoring.machine.AlertSettings;
import dev.vorrang.scoring.machine.Averages;
import dev.vorrang.scoring.machine.IntakeSettings;
import dev.vorrang.scoring.machine.MachineModel;
import dev.vorrang.scoring.machine.MachineSettings;
import dev.vorrang.scoring.machine.MachineStream;
import dev.vorrang.scoring.machine.MachineTypes;
import dev.vorrang.scoring.machine.ModelInput;
import dev.vorrang.scoring.machine.StepScorer;
import dev.vorrang.scoring.route.Routes;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.File;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** The machine stream as a program of its own, for tests to kill. Its model takes 5 ms a batch, and few states are at hand. */
final class MachineScoringProgram {

    static final MachineSettings SETTINGS = new MachineSettings(
            IntakeSettings.defaults().withLongestGap(Duration.ofSeconds(30)), AlertSettings.defaults());

    private static final Routes<MachineAlert> UNROUTED = AlertRoutes.of(List.of());

    private MachineScoringProgram() {}

    /** @param args bootstrap servers, topic prefix, state folder */
    public static void main(String[] args) {
        var streams = new ScoringStreams(
                stream(new Topics(args[1]), new Slow(), new SimpleMeterRegistry()),
                ScoringProgram.settings(args[0], args[1], Path.of(args[2])));
        Runtime.getRuntime().addShutdownHook(new Thread(streams::close));
        streams.start();
    }

    static MachineStream stream(Topics topics, MachineModel model, MeterRegistry metrics) {
        return stream(topics, model, metrics, BatchSettings.defaults().withMaxSize(64));
    }

    static MachineStream stream(Topics topics, MachineModel model, MeterRegistry metrics, BatchSettings batch) {
        return stream(topics, List.of(model), metrics, batch, Clock.systemUTC(), UNROUTED);
    }

    static MachineStream stream(Topics topics, List<MachineModel> models, MeterRegistry metrics) {
        return stream(topics, models, metrics, Clock.systemUTC());
    }

    static MachineStream stream(Topics topics, List<MachineModel> models, MeterRegistry metrics, Clock clock) {
        return stream(topics, models, metrics, clock, UNROUTED);
    }

    static MachineStream stream(
            Topics topics, List<MachineModel> models, MeterRegistry metrics, Clock clock, Routes<MachineAlert> routes) {
        return stream(topics, models, metrics, BatchSettings.defaults(), clock, routes);
    }

    private static MachineStream stream(
            Topics topics,
            List<MachineModel> models,
            MeterRegistry metrics,
            BatchSettings batch,
            Clock clock,
            Routes<MachineAlert> routes) {
        return new MachineStream(
                new StreamEnvironment(
                        new AvroSerdes(new FixedRegistry()), new ScoringMetrics(metrics, MachineStream.ID), clock),
                topics,
                new StepScorer(models, batch),
                MachineTypes.none(SETTINGS),
                routes,
                batch,
                3,
                false);
    }

    static Process launch(String bootstrapServers, String prefix, Path state, File log) throws Exception {
        return ScoringProgram.launch(MachineScoringProgram.class, bootstrapServers, prefix, state, log);
    }

    private static final class Slow extends Averages {

        @Override
        public List<float[]> apply(List<ModelInput> inputs) {
            LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
            return super.apply(inputs);
        }
    }
}
