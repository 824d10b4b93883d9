package dev.vorrang.app.bench;

import dev.vorrang.app.bench.BenchFigures.Compared;
import dev.vorrang.app.bench.BenchFigures.Load;
import dev.vorrang.app.bench.BenchFigures.OneAndSeveral;
import dev.vorrang.app.bench.BenchFigures.ScaledOut;
import dev.vorrang.app.bench.BenchFigures.Scenario;
import dev.vorrang.app.bench.BenchFigures.Speed;
import dev.vorrang.app.bench.BenchFigures.Sweep;
import dev.vorrang.app.bench.BenchStream.Answers;
import dev.vorrang.app.program.CommandFailedException;
import dev.vorrang.app.program.StopSignal;
import dev.vorrang.scoring.engine.StreamsSettings.Guarantee;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Measures a stream. What is compared takes turns, round after round, so that whatever else the machine does meets all alike; the
 * median round counts. For one thread.
 */
public final class Bench {

    private static final List<Double> SHARES = List.of(0.2, 0.5, 0.8);
    /** Record at a time is so slow that a part of the records will do. */
    private static final int RECORD_AT_A_TIME_PART = 20;

    private final BenchStream stream;
    private final Class<?> instance;
    private final BenchCluster cluster;
    private final Options options;
    private final Path folder;
    private final StopSignal stop;
    private final Consumer<String> progress;

    /**
     * What can be chosen.
     *
     * @param records that the pipeline scores in a round, 1,000 or more
     * @param rounds 1 or more
     * @param against what is measured beside the pipeline and its parts: record at a time, the loop, or nothing
     * @param guarantee what a crash may cost
     * @param threads stream threads, 1 or more
     * @param batch most records in a call of the model, 1 or more
     * @param time how long each load is measured in a round, and about as long the model alone
     * @param instances how many instances are measured against one; 1 for none
     */
    public record Options(
            int records,
            int rounds,
            Optional<Scenario> against,
            Guarantee guarantee,
            int threads,
            int batch,
            Duration time,
            int instances) {}

    /**
     * @param instance main class of an instance; its arguments are settings and file for the log
     * @param folder for what instances write; its owner deletes it
     */
    Bench(
            BenchStream stream,
            Class<?> instance,
            BenchCluster cluster,
            Options options,
            Path folder,
            StopSignal stop,
            Consumer<String> progress) {
        this.stream = stream;
        this.instance = instance;
        this.cluster = cluster;
        this.options = options;
        this.folder = folder;
        this.stop = stop;
        this.progress = progress;
    }

    /** @throws dev.vorrang.app.program.CommandFailedException if there are fewer processors than instances */
    BenchFigures run() {
        if (options.instances() == 1) {
            return inThisProcess();
        }
        try (var processors = Processors.ofThisProcess()) {
            if (processors.count() < options.instances()) {
                throw CommandFailedException.wrongUsage("--instances " + options.instances()
                        + ": each needs a processor, and " + processors.count() + " may be used");
            }
            BenchFigures figures = inThisProcess();
            return new BenchFigures(
                    figures.sweep(), figures.sideBySide(), figures.loads(), Optional.of(instances(processors)));
        }
    }

    private ScaledOut instances(Processors processors) {
        var rounds = new ArrayList<OneAndSeveral>();
        for (int round = 1; round <= options.rounds(); round++) {
            rounds.add(new OneAndSeveral(rate(processors, 1), rate(processors, options.instances())));
            progress.accept("instances, round " + round + " of " + options.rounds());
        }
        return new ScaledOut(options.instances(), List.copyOf(rounds));
    }

    private double rate(Processors processors, int count) {
        List<Integer> some = processors.first(count);
        processors.confine(some);
        var plan = new InstancesRun.Plan(options.guarantee(), options.batch(), options.records());
        try (var run = new InstancesRun(cluster, stream, instance, plan, folder, stop)) {
            return run.rate(some);
        }
    }

    private BenchFigures inThisProcess() {
        try (var gpus = Gpus.watch(progress);
                var alone = new ModelAlone(stream, options.threads(), options.time(), gpus)) {
            return run(alone, gpus);
        }
    }

    private BenchFigures run(ModelAlone alone, Gpus gpus) {
        List<Sweep> sweep = alone.sweep();
        int best = new BenchFigures(sweep, List.of(), List.of()).best().batch();
        progress.accept("model alone: best with batches of " + best);
        measure(Scenario.PIPELINE, options.records(), gpus);
        options.against().filter(Scenario.LOOP::equals).ifPresent(loop -> measure(loop, options.records(), gpus));
        progress.accept("warmed up");
        Map<Scenario, List<Speed>> rounds = new EnumMap<>(Scenario.class);
        for (int round = 1; round <= options.rounds(); round++) {
            round(alone, best, gpus)
                    .forEach((scenario, speed) -> rounds.computeIfAbsent(scenario, any -> new ArrayList<>())
                            .add(speed));
            progress.accept("round " + round + " of " + options.rounds());
        }
        var sideBySide = rounds.entrySet().stream()
                .map(entry -> new Compared(entry.getKey(), List.copyOf(entry.getValue())))
                .toList();
        var speeds = new BenchFigures(sweep, sideBySide, List.of());
        double peak = speeds.of(Scenario.PIPELINE).orElseThrow().rate();
        return new BenchFigures(sweep, sideBySide, loads(peak, gpus));
    }

    private Map<Scenario, Speed> round(ModelAlone alone, int best, Gpus gpus) {
        var round = new EnumMap<Scenario, Speed>(Scenario.class);
        round.put(Scenario.MODEL, alone.measure(best));
        round.put(Scenario.TOPOLOGY, measure(Scenario.TOPOLOGY, options.records(), gpus));
        round.put(Scenario.PIPELINE, measure(Scenario.PIPELINE, options.records(), gpus));
        options.against().ifPresent(other -> round.put(other, measure(other, records(other), gpus)));
        return round;
    }

    private int records(Scenario scenario) {
        return scenario == Scenario.RECORD_AT_A_TIME ? options.records() / RECORD_AT_A_TIME_PART : options.records();
    }

    private List<Load> loads(double peak, Gpus gpus) {
        // Small batches take other ways through the code than a backlog's: Java compiles them in a round that does not
        // count.
        runAll(loadsOf(peak), gpus);
        progress.accept("latency, warmed up");
        List<OpenLoad> loads = loadsOf(peak);
        for (int round = 1; round <= options.rounds(); round++) {
            runAll(loads, gpus);
            progress.accept("latency, round " + round + " of " + options.rounds());
        }
        return loads.stream().map(OpenLoad::figures).toList();
    }

    private List<OpenLoad> loadsOf(double peak) {
        return SHARES.stream()
                .map(share -> new OpenLoad(share, share * peak, options.time()))
                .toList();
    }

    private void runAll(List<OpenLoad> loads, Gpus gpus) {
        for (OpenLoad load : loads) {
            try (var run = new StreamRun(cluster, stream, plan(Scenario.PIPELINE), stop, gpus)) {
                load.run(run);
            }
        }
    }

    private Speed measure(Scenario scenario, int records, Gpus gpus) {
        try (var run = new StreamRun(cluster, stream, plan(scenario), stop, gpus)) {
            return run.throughBacklog(records);
        }
    }

    private StreamRun.Plan plan(Scenario scenario) {
        return new StreamRun.Plan(
                scenario == Scenario.TOPOLOGY ? Answers.FREE : Answers.MODEL,
                options.guarantee(),
                options.threads(),
                scenario == Scenario.RECORD_AT_A_TIME ? 1 : options.batch(),
                scenario == Scenario.LOOP);
    }
}
