package dev.vorrang.app.crash;

import dev.vorrang.app.program.StopSignal;
import dev.vorrang.schemas.Topics;
import dev.vorrang.schemas.registry.ConfluentSchemaRegistry;
import dev.vorrang.schemas.serde.AvroSerdes;
import dev.vorrang.scoring.engine.RetryPolicy;
import dev.vorrang.scoring.engine.StreamsSettings.Guarantee;
import dev.vorrang.scoring.engine.StreamsSettings.TopicCreation;
import dev.vorrang.scoring.engine.TopicSetup;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Runs a broker and instances of the real program as processes, sends records, kills and disturbs, and counts what came out. For one
 * thread.
 */
public final class CrashTest {

    private static final Duration TRANSACTION_LIMIT = Duration.ofMinutes(2);
    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final Duration EVENLY = Duration.ofSeconds(4);

    private final CrashPlan plan;
    private final Workload.Factory workloads;
    private final Class<?> instance;
    private final Path folder;
    private final CrashWatch watch;
    private Cluster cluster;
    private Observer observer;
    private FaultInjector injector;
    private AvroSerdes serdes;
    private Workload load;
    private LoadGenerator generator;

    /**
     * @param workloads makes the records of the plan's stream
     * @param instance main class of an instance
     * @param folder for all that the processes write
     * @param stop ends the test early
     * @param progress takes a line for each thing that happens
     */
    public CrashTest(
            CrashPlan plan,
            Workload.Factory workloads,
            Class<?> instance,
            Path folder,
            StopSignal stop,
            Consumer<String> progress) {
        this.plan = plan;
        this.workloads = workloads;
        this.instance = instance;
        this.folder = folder;
        this.watch = new CrashWatch(stop, progress);
    }

    /**
     * Runs the test and ends its processes.
     *
     * @throws dev.vorrang.app.program.CommandFailedException if it cannot be carried out
     * @throws StopSignal.StoppedException if it was stopped
     */
    public CrashResult run() {
        try (var processes = new Cluster(plan, instance, folder);
                var broker = new Observer(processes.bootstrapServers())) {
            cluster = processes;
            observer = broker;
            injector = new FaultInjector(plan, cluster, observer, watch);
            injector.startBroker();
            try (var registry = ConfluentSchemaRegistry.connect(Map.of("schema.registry.url", cluster.registryUrl()))) {
                serdes = new AvroSerdes(registry);
                load = load("");
                createTopics(load);
                try (var records = LoadGenerator.start(load, cluster.bootstrapServers())) {
                    generator = records;
                    watch.watch(() -> records.failure().map(e -> "records cannot be sent: " + e.getMessage()));
                    return disturbAndCount();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            watch.check();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private CrashResult disturbAndCount() throws InterruptedException {
        Optional<String> stuck = Optional.empty();
        try {
            disturb();
        } catch (CrashWatch.StuckException e) {
            stuck = Optional.of(e.getMessage());
            watch.say("STUCK: " + e.getMessage());
        }
        injector.endAll();
        List<String> open = openTransactions();
        watch.say("counting");
        var scan = new CommittedTopics(cluster.bootstrapServers(), watch::check);
        boolean once = plan.guarantee() == Guarantee.EXACTLY_ONCE;
        var counts = new Verifier(load, generator.acknowledged(), scan, once).count();
        Optional<FaultFreeRun.Comparison> comparison =
                plan.control() || stuck.isPresent() ? Optional.empty() : Optional.of(compare(scan));
        return new CrashResult(plan, injector.done(), watch.elapsed(), counts, comparison, open, stuck);
    }

    private void disturb() throws InterruptedException {
        injector.startInstances();
        var steps = FaultSchedule.draw(plan).steps();
        for (int step = 0; step < steps.size(); step++) {
            if (step == 0 || steps.get(step).settled()) {
                injector.awaitSettled();
            }
            sendPart(step, steps.size() + 1, steps.get(step).share());
            injector.strike(steps.get(step));
        }
        generator.release(plan.records(), plan.records(), Duration.ZERO);
        watch.await("the broker has all records", LIMIT, () -> generator.acknowledged() == plan.records());
        watch.say("all " + plan.records() + " records are sent");
        awaitAllCommitted("", load);
        watch.say("all records are committed");
    }

    /** Sends a part of the records, most of them at once, and returns when so many of these are scored. */
    private void sendPart(int part, int parts, double share) {
        int from = (int) ((long) plan.records() * part / parts);
        int until = (int) ((long) plan.records() * (part + 1) / parts);
        int burst = from + (until - from) * 2 / 3;
        long before = observer.size(load.scores().topic().name());
        generator.release(burst, until, EVENLY);
        long wanted = Math.max(0, before) + Math.max(1, Math.round(share * (burst - from)));
        watch.await(
                "records are scored",
                LIMIT,
                () -> observer.size(load.scores().topic().name()) >= wanted);
    }

    private void awaitAllCommitted(String prefix, Workload of) {
        watch.await(
                "all records are committed",
                LIMIT,
                () -> observer.allCommitted(Cluster.group(prefix), of.input().name()));
    }

    /** What a crash left open is ended by the broker when its time is over. */
    private List<String> openTransactions() {
        try {
            watch.await("every transaction has ended", TRANSACTION_LIMIT, () -> observer.openTransactions()
                    .isEmpty());
            return List.of();
        } catch (CrashWatch.StuckException e) {
            return observer.openTransactions();
        }
    }

    /** Has the same records scored where nothing happens, and compares. */
    private FaultFreeRun.Comparison compare(TopicScan scan) throws InterruptedException {
        watch.say("the same records are scored by an instance that is left alone");
        var faultFree = load(FaultFreeRun.PREFIX);
        createTopics(faultFree);
        var run = new FaultFreeRun(load, faultFree, scan);
        run.copy(cluster.bootstrapServers());
        cluster.startInstance(1, FaultFreeRun.PREFIX);
        awaitAllCommitted(FaultFreeRun.PREFIX, faultFree);
        injector.end(1);
        watch.say("comparing");
        return run.compare(plan.records());
    }

    private Workload load(String prefix) {
        return workloads.of(new Topics(prefix), serdes, plan.seed(), plan.records());
    }

    private void createTopics(Workload of) {
        new TopicSetup(
                        observer.admin(),
                        new TopicCreation(true, Cluster.PARTITIONS, (short) 1),
                        new RetryPolicy(LIMIT, Duration.ofMillis(50), Duration.ofSeconds(1)))
                .ensure(of.all());
    }
}
