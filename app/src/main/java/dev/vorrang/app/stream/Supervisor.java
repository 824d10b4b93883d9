package dev.vorrang.app.stream;

import dev.vorrang.app.program.CommandFailedException;
import dev.vorrang.app.program.DiskSpace;
import dev.vorrang.app.program.StopSignal;
import dev.vorrang.app.terminal.Progress;
import dev.vorrang.app.worker.ConnectWorker;
import dev.vorrang.ingest.connection.Backoff;
import dev.vorrang.ingest.connection.ReaderReports;
import dev.vorrang.scoring.engine.Health;
import dev.vorrang.scoring.engine.metrics.Metric;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.search.Search;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Watches over a running stream: says what is wrong and when it is well again, starts a connector that has ended anew, and counts.
 * For one thread, but for {@link #health}.
 */
final class Supervisor {

    private static final Duration TICK = Duration.ofSeconds(1);
    private static final int TICKS_BETWEEN_WORDS = 5;
    private static final int TICKS_BETWEEN_COUNTS = 10;
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);

    private final Progress progress;
    private final StopSignal stop;
    private final MeterRegistry metrics;
    private final List<DiskSpace> disks;
    private final BrokerWatch broker;
    private final List<Connector> connectors = new CopyOnWriteArrayList<>();
    private final List<Part> parts = new CopyOnWriteArrayList<>();
    private final List<EndpointWatch> endpoints = new ArrayList<>();
    private final List<Counted> streams;
    private double told;

    /**
     * What is told of a stream now and then.
     *
     * @param stream its name
     * @param records what its records are called
     * @param metric that counts those that were scored
     */
    record Counted(String stream, String records, Metric metric) {}

    /**
     * Something that runs and may end.
     *
     * @param words what it is, such as {@code scoring of mail}
     * @param health how it is now
     */
    record Part(String words, Supplier<Health> health) {}

    /** A connector, and when it is started again after it failed. */
    private static final class Connector {

        private final ConnectWorker worker;
        private final String kind;
        private final String name;
        /** Each start is a login, and too many of them may lock an account. */
        private final Backoff backoff = new Backoff(LONGEST_PAUSE, RandomGenerator.getDefault());

        private long ticksLeft = TICKS_BETWEEN_WORDS;
        private long ticksWell;

        Connector(ConnectWorker worker, String kind, String name) {
            this.worker = worker;
            this.kind = kind;
            this.name = name;
        }

        Optional<String> problem() {
            return worker.health(name).failure().map(failure -> kind + " " + name + ": " + failure + "; trying again");
        }

        /** To be called with each tick. */
        void restartIfFailed() {
            if (worker.health(name).failure().isEmpty()) {
                if (++ticksWell == LONGEST_PAUSE.dividedBy(TICK)) {
                    backoff.reset();
                }
            } else if (--ticksLeft <= 0) {
                worker.restartFailed(name);
                ticksLeft = Math.max(TICKS_BETWEEN_WORDS, backoff.next().dividedBy(TICK));
                ticksWell = 0;
            }
        }
    }

    /** @param streams that are counted */
    Supervisor(
            Progress progress,
            StopSignal stop,
            MeterRegistry metrics,
            List<DiskSpace> disks,
            BrokerWatch broker,
            List<Counted> streams) {
        this.progress = progress;
        this.stop = stop;
        this.metrics = metrics;
        this.disks = List.copyOf(disks);
        this.broker = broker;
        this.streams = List.copyOf(streams);
    }

    void endpoint(EndpointWatch endpoint) {
        endpoints.add(endpoint);
    }

    void part(Part part) {
        parts.add(part);
    }

    /** @param kind of what it reads, a word */
    void connector(ConnectWorker worker, String kind, String name) {
        connectors.add(new Connector(worker, kind, name));
    }

    /** Of the stream or reader that needs help most; where scoring runs elsewhere, this program only takes records in. */
    Health health() {
        var scored = parts.stream()
                .map(part -> part.health().get())
                .min(Comparator.comparing(Health::live).thenComparing(Health::ready))
                .orElse(new Health(Health.State.RUNNING, Optional.empty()));
        var unread = readingProblems();
        return scored.ready() && !unread.isEmpty()
                ? new Health(Health.State.RETRYING, Optional.of(String.join("; ", unread)))
                : scored;
    }

    private List<String> readingProblems() {
        var problems = new ArrayList<String>();
        connectors.forEach(connector -> connector.problem().ifPresent(problems::add));
        problems.addAll(ReaderReports.troubles());
        return problems;
    }

    /** @throws CommandFailedException if a part ended for a reason that will not pass, or a disk is nearly full */
    void untilStopped() {
        String told = "";
        for (int tick = 1; !stop.await(TICK); tick++) {
            disks.forEach(DiskSpace::check);
            var problems = problems();
            var text = String.join("; ", problems);
            boolean news = !text.equals(told);
            if (!problems.isEmpty() && (news || tick % TICKS_BETWEEN_WORDS == 0)) {
                problems.forEach(progress::say);
            } else if (problems.isEmpty() && news) {
                progress.say("all is well again");
            }
            told = text;
            connectors.forEach(Connector::restartIfFailed);
            if (tick % TICKS_BETWEEN_COUNTS == 0) {
                count();
            }
        }
        count();
    }

    private List<String> problems() {
        var problems = new ArrayList<String>();
        broker.problem().ifPresent(problems::add);
        endpoints.forEach(endpoint -> endpoint.problem().ifPresent(problems::add));
        for (var part : parts) {
            var health = part.health().get();
            if (!health.live()) {
                throw new CommandFailedException(
                        part.words() + " ended: " + health.problem().orElse("for no reason that is known"));
            }
            health.problem().ifPresent(problem -> problems.add(part.words() + " waits: " + problem));
        }
        problems.addAll(readingProblems());
        return problems;
    }

    private void count() {
        double deadLetters = sum(metrics.find(Metric.DEAD_LETTERS.meterName()));
        double all = deadLetters;
        var words = new ArrayList<String>();
        for (var each : streams) {
            double scored = sum(metrics.find(each.metric().meterName()).tag("stream", each.stream()));
            if (scored > 0) {
                words.add(String.format(Locale.ROOT, "%.0f %s scored", scored, each.records()));
            }
            all += scored;
        }
        words.add(String.format(Locale.ROOT, "%.0f dead letters", deadLetters));
        if (all > told) {
            progress.say(String.join(", ", words));
            told = all;
        }
    }

    private static double sum(Search found) {
        return found.counters().stream().mapToDouble(Counter::count).sum();
    }
}
