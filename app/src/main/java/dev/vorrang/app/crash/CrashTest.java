package dev.vorrang.app.crash;

import dev.vorrang.app.program.StopSignal;
import dev.vorrang.app.settings.ScoringSettings.Stream;
import dev.vorrang.schemas.Topics;
import dev.vorrang.schemas.registry.ConfluentSchemaRegistry;
import dev.vorrang.schemas.serde.AvroSerdes;
import dev.vorrang.scoring.topology.Patience;
import dev.vorrang.scoring.topology.StreamsSettings.Guarantee;
import dev.vorrang.scoring.topology.StreamsSettings.TopicCreation;
import dev.vorrang.scoring.topology.TopicSetup;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Runs a broker and instances of the real program as processes, sends records, kills and disturbs, and counts what came out. For one
 * thread.
 */
public final class CrashTest {

    private static final Duration LOOK = Duration.ofMillis(15);
    private static final Duration START_LIMIT = Duration.ofMinutes(2);
    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final Duration EVENLY = Duration.ofSeconds(4);

    private final CrashPlan plan;
    private final Path folder;
    private final StopSignal stop;
    private final Consumer<String> progress;
    private final long started = System.nanoTime();
    private final Map<Fault, Integer> done = new EnumMap<>(Fault.class);
    private Cluster cluster;
    private Observer observer;
    private AvroSerdes serdes;
    private Load load;
    private LoadGenerator generator;

    /**
     * @param folder for all that the processes write
     * @param stop ends the test early
     * @param progress takes a line for each thing that happens
     */
    public CrashTest(CrashPlan plan, Path folder, StopSignal stop, Consumer<String> progress) {
        this.plan = plan;
        this.folder = folder;
        this.stop = stop;
        this.progress = progress;
    }

    /**
     * Runs the test and ends its processes.
     *
     * @throws dev.vorrang.app.program.CommandFailedException if it cannot be carried out
     * @throws StopSignal.StoppedException if it was stopped
     */
    public CrashResult run() {
        try (var processes = new Cluster(plan, folder);
                var broker = new Observer(processes.bootstrapServers())) {
            cluster = processes;
            observer = broker;
            startBroker();
            try (var registry =
                    ConfluentSchemaRegistry.connect(Map.of("schema.registry.url", processes.registryUrl()))) {
                serdes = new AvroSerdes(registry);
                load = load("");
                createTopics(load);
                try (var records = LoadGenerator.start(load, processes.bootstrapServers())) {
                    generator = records;
                    return disturb();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stop.check();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private CrashResult disturb() throws InterruptedException {
        var schedule = FaultSchedule.draw(plan).steps();
        for (int number = 1; number <= plan.instances(); number++) {
            say("instance " + number + " starts");
            cluster.startInstance(number, "");
        }
        Optional<String> stuck = Optional.empty();
        try {
            for (int step = 0; step < schedule.size(); step++) {
                sendPart(step, schedule.size() + 1, schedule.get(step).share());
                strike(schedule.get(step));
            }
            sendRest();
        } catch (StuckException e) {
            stuck = Optional.of(e.getMessage());
            say("STUCK: " + e.getMessage());
        }
        for (int number : cluster.running()) {
            end(number);
        }
        List<String> open = awaitTransactions();
        say("counting");
        var scan = new CommittedTopics(cluster.bootstrapServers(), stop::check);
        boolean once = plan.guarantee() == Guarantee.EXACTLY_ONCE;
        var counts = new Verifier(load, generator.acknowledged(), scan, once).count();
        Optional<CalmRun.Comparison> comparison =
                plan.control() || stuck.isPresent() ? Optional.empty() : Optional.of(compare(scan));
        return new CrashResult(
                plan, done, Duration.ofNanos(System.nanoTime() - started), counts, comparison, open, stuck);
    }

    /** Has the same records scored where nothing happens, and compares. */
    private CalmRun.Comparison compare(TopicScan scan) throws InterruptedException {
        say("the same records are scored by an instance that is left alone");
        var calm = load(CalmRun.PREFIX);
        createTopics(calm);
        var run = new CalmRun(load, calm, scan);
        run.copy(cluster.bootstrapServers());
        cluster.startInstance(1, CalmRun.PREFIX);
        await(
                "all records are committed where nothing happens",
                LIMIT,
                () -> observer.allCommitted(
                        Cluster.group(CalmRun.PREFIX), calm.input().name()));
        end(1);
        say("comparing");
        return run.compare(plan.records());
    }

    private void startBroker() {
        say("broker starts at " + cluster.bootstrapServers());
        cluster.startBroker();
        await("the broker answers", START_LIMIT, observer::brokerAnswers);
    }

    private Load load(String prefix) {
        var topics = new Topics(prefix);
        return plan.stream() == Stream.MAIL
                ? new MailLoad(topics, serdes, plan.seed())
                : new MachineLoad(topics, serdes, plan.seed(), plan.records());
    }

    private void createTopics(Load of) {
        new TopicSetup(
                        observer.admin(),
                        new TopicCreation(true, Cluster.PARTITIONS, (short) 1),
                        new Patience(START_LIMIT, Duration.ofMillis(50), Duration.ofSeconds(1)))
                .ensure(of.all());
    }

    /** Sends a part of the records, most of them at once, and returns when so many of these are scored. */
    private void sendPart(int part, int parts, double share) {
        int from = (int) ((long) plan.records() * part / parts);
        int until = (int) ((long) plan.records() * (part + 1) / parts);
        int burst = from + (until - from) * 2 / 3;
        long before = observer.size(load.scored().name());
        generator.release(burst, until, EVENLY);
        long wanted = Math.max(0, before) + Math.max(1, Math.round(share * (burst - from)));
        await("records are scored", LIMIT, () -> observer.size(load.scored().name()) >= wanted);
    }

    private void strike(FaultSchedule.Step step) throws InterruptedException {
        var running = cluster.running();
        int victim = running.get(step.victim() % running.size());
        switch (step.fault()) {
            case KILL -> {
                say("SIGKILL of instance " + victim);
                cluster.killInstance(victim);
                restart(victim, step.pause());
            }
            case TERM -> {
                end(victim);
                restart(victim, step.pause());
            }
            case JOIN -> joinAndLeave(plan.instances() + 1, step.pause());
            case BROKER -> {
                say("SIGKILL of broker and registry");
                cluster.killBroker();
                pause(step.pause());
                startBroker();
            }
            case FAIL -> {
                say("the model of instance " + victim + " fails for " + seconds(step.failure()));
                cluster.tellInstance(victim, ModelFaults.fail(step.failure()));
            }
            case HANG -> {
                say("a call of the model of instance " + victim + " hangs for " + seconds(step.failure()));
                cluster.tellInstance(victim, ModelFaults.hang(step.failure()));
            }
        }
        done.merge(step.fault(), 1, Integer::sum);
    }

    private void restart(int number, Duration pause) {
        pause(pause);
        say("instance " + number + " starts again" + (pause.isZero() ? "" : ", after " + seconds(pause)));
        cluster.startInstance(number, "");
    }

    private void joinAndLeave(int number, Duration stay) throws InterruptedException {
        say("instance " + number + " joins");
        cluster.startInstance(number, "");
        await(
                "instance " + number + " takes part",
                LIMIT,
                () -> observer.isStable(Cluster.group(""), plan.instances() + 1));
        pause(stay);
        end(number);
    }

    private void end(int number) throws InterruptedException {
        say("SIGTERM of instance " + number);
        if (!cluster.endInstance(number)) {
            say("instance " + number + " did not end in time and was killed");
        }
    }

    private void sendRest() {
        generator.release(plan.records(), plan.records(), Duration.ZERO);
        await("the broker has all records", LIMIT, () -> generator.acknowledged() == plan.records());
        say("all " + plan.records() + " records are sent");
        await(
                "all records are committed",
                LIMIT,
                () -> observer.allCommitted(Cluster.group(""), load.input().name()));
        say("all records are committed");
    }

    /** What a crash left open is ended by the broker when its time is over. */
    private List<String> awaitTransactions() {
        try {
            await("every transaction has ended", START_LIMIT, () -> observer.openTransactions()
                    .isEmpty());
            return List.of();
        } catch (StuckException e) {
            return observer.openTransactions();
        }
    }

    private void await(String what, Duration limit, BooleanSupplier condition) {
        long deadline = System.nanoTime() + limit.toNanos();
        while (!condition.getAsBoolean()) {
            pause(LOOK);
            var fallen = cluster.fallen();
            if (!fallen.isEmpty()) {
                throw new StuckException("instances " + fallen + " ended by themselves");
            }
            if (!cluster.brokerRuns()) {
                throw new StuckException("the broker ended by itself");
            }
            generator().flatMap(LoadGenerator::failure).ifPresent(failure -> {
                throw new StuckException("records cannot be sent: " + failure.getMessage());
            });
            if (System.nanoTime() > deadline) {
                throw new StuckException("waited in vain for " + seconds(limit) + " until " + what);
            }
        }
    }

    private Optional<LoadGenerator> generator() {
        return Optional.ofNullable(generator);
    }

    private void pause(Duration time) {
        if (!time.isZero()) {
            stop.await(time);
        }
        stop.check();
    }

    private void say(String line) {
        progress.accept(String.format(Locale.ROOT, "%6.1f s  %s", (System.nanoTime() - started) / 1e9, line));
    }

    private static String seconds(Duration time) {
        return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1000.0);
    }

    /** The program does not go on. */
    private static final class StuckException extends RuntimeException {

        private static final long serialVersionUID = 1;

        StuckException(String message) {
            super(message);
        }
    }
}
