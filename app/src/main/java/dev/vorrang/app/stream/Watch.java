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
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.random.RandomGenerator;

/**
 * Watches over a running stream: says what is wrong and when it is well again, starts a connector that has ended anew, and counts.
 * For one thread, but for {@link #health}.
 */
final class Watch {

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
    private final List<Scoring> scoring = new CopyOnWriteArrayList<>();
    private final List<EndpointWatch> endpoints = new ArrayList<>();
    private double counted;

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

    Watch(Progress progress, StopSignal stop, MeterRegistry metrics, List<DiskSpace> disks, BrokerWatch broker) {
        this.progress = progress;
        this.stop = stop;
        this.metrics = metrics;
        this.disks = List.copyOf(disks);
        this.broker = broker;
    }

    void endpoint(EndpointWatch endpoint) {
        endpoints.add(endpoint);
    }

    void scoring(Scoring part) {
        scoring.add(part);
    }

    /** @param kind of what it reads, a word */
    void connector(ConnectWorker worker, String kind, String name) {
        connectors.add(new Connector(worker, kind, name));
    }

    /** Of the stream or reader that needs help most; where scoring runs elsewhere, this program only takes records in. */
    Health health() {
        var scored = scoring.stream()
                .map(Scoring::health)
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

    /** @throws CommandFailedException if scoring ended for a reason that will not pass, or a disk is nearly full */
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
        for (var stream : scoring) {
            var health = stream.health();
            if (!health.live()) {
                throw new CommandFailedException("scoring of " + stream.name() + " ended: "
                        + health.problem().orElse("for no reason that is known"));
            }
            health.problem().ifPresent(problem -> problems.add("scoring of " + stream.name() + " waits: " + problem));
        }
        problems.addAll(readingProblems());
        return problems;
    }

    private void count() {
        double mails = sum(Metric.SCORED);
        double readings = sum(Metric.MACHINE_SCORED);
        double deadLetters = sum(Metric.DEAD_LETTERS);
        if (mails + readings + deadLetters > counted) {
            var words = new ArrayList<String>();
            if (mails > 0) {
                words.add(String.format(Locale.ROOT, "%.0f mails scored", mails));
            }
            if (readings > 0) {
                words.add(String.format(Locale.ROOT, "%.0f readings scored", readings));
            }
            words.add(String.format(Locale.ROOT, "%.0f dead letters", deadLetters));
            progress.say(String.join(", ", words));
            counted = mails + readings + deadLetters;
        }
    }

    private double sum(Metric metric) {
        return metrics.find(metric.meterName()).counters().stream()
                .mapToDouble(counter -> counter.count())
                .sum();
    }
}
