package dev.vorrang.app.demo;

import dev.vorrang.app.kit.DemoSource;
import dev.vorrang.app.program.CommandFailedException;
import dev.vorrang.app.program.StopSignal;
import dev.vorrang.app.stream.ScoreFeed;
import dev.vorrang.app.terminal.ScoreView;
import dev.vorrang.schemas.Action;
import dev.vorrang.schemas.DeadLetter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets the demo's records come, and follows them until they are scored. For one thread. */
final class Demo implements ScoreFeed.Listener {

    private static final Logger LOG = LoggerFactory.getLogger(Demo.class);
    private static final Duration GIVE_UP = Duration.ofSeconds(60);
    private static final Duration LAST_ACTION = Duration.ofSeconds(5);
    private static final Duration POLL = Duration.ofMillis(100);

    private final Map<String, Part> parts = new LinkedHashMap<>();
    private final StopSignal stop;
    private final ScoreView view;
    private final Clock clock;
    private final AtomicReference<String> failure = new AtomicReference<>();
    private final Set<String> awaitedActions;
    private int deadLetters;

    /**
     * A stream of the demo.
     *
     * @param stream its name
     * @param records what its records are called
     * @param source where its records come from
     */
    record Played(String stream, String records, DemoSource source) {}

    /** A stream, and how many of its records were scored. */
    private static final class Part {

        private final Played played;
        private int scored;

        Part(Played played) {
            this.played = played;
        }

        String count() {
            return scored + " of " + played.source().scores() + " " + played.records();
        }
    }

    /** @param actions of which one each is waited for, though not for long: a model may find nothing to act on */
    Demo(List<Played> streams, Set<String> actions, StopSignal stop, ScoreView view, Clock clock) {
        streams.forEach(each -> parts.put(each.stream(), new Part(each)));
        this.awaitedActions = new HashSet<>(actions);
        this.stop = stop;
        this.view = view;
        this.clock = clock;
    }

    /**
     * Lets the records come in threads of their own and shows what comes out.
     *
     * @param speed how much faster than normal they arrive, above 0
     * @param once return when all are scored, instead of when the program is stopped
     * @param problem tells what keeps them from coming, if anything does
     * @throws CommandFailedException if not all are scored within a minute of the last one's arrival, or one cannot be
     */
    void run(ScoreFeed feed, double speed, boolean once, Supplier<Optional<String>> problem) {
        Predicate<Duration> pause = length -> stop.await(faster(length, speed));
        var threads = new ArrayList<Thread>();
        parts.values().forEach(part -> threads.add(start(part.played, once, pause)));
        var lastProgress = clock.instant();
        while (!stop.stopped() && !(once && complete() && acted(lastProgress))) {
            int before = scored();
            feed.poll(POLL, this);
            if (scored() > before || threads.stream().anyMatch(Thread::isAlive)) {
                lastProgress = clock.instant();
            }
            Optional.ofNullable(failure.get()).or(problem).ifPresent(text -> {
                throw new CommandFailedException("the demo cannot go on: " + text);
            });
            if (once && !complete() && clock.instant().isAfter(lastProgress.plus(GIVE_UP))) {
                throw new CommandFailedException(
                        count() + "; gave up after " + GIVE_UP.toSeconds() + " s without another");
            }
        }
        if (once && deadLetters > 0) {
            throw new CommandFailedException(count());
        }
    }

    private Thread start(Played played, boolean once, Predicate<Duration> pause) {
        String name = "demo-" + played.stream();
        var thread = new Thread(
                () -> {
                    try {
                        played.source().run(once, pause);
                    } catch (RuntimeException e) {
                        LOG.error("{} ended", name, e);
                        failure.set(name + " ended: " + e.getMessage());
                    }
                },
                name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private int scored() {
        return parts.values().stream().mapToInt(part -> part.scored).sum();
    }

    private boolean complete() {
        int scores = parts.values().stream()
                .mapToInt(part -> part.played.source().scores())
                .sum();
        return scored() + deadLetters >= scores;
    }

    private boolean acted(Instant allScored) {
        return awaitedActions.isEmpty() || clock.instant().isAfter(allScored.plus(LAST_ACTION));
    }

    private String count() {
        return parts.values().stream().map(Part::count).collect(Collectors.joining(" and ")) + " were scored, "
                + deadLetters + " went to the dead letters";
    }

    @Override
    public void output(String stream, SpecificRecord output, boolean score) {
        if (output instanceof Action action) {
            awaitedActions.remove(action.getName());
            view.show(stream, action, Duration.between(action.getCreatedAt(), clock.instant()));
            return;
        }
        var part = parts.get(stream);
        var source = part.played.source();
        if (source.isRepeated(output)) {
            return;
        }
        part.scored += score ? 1 : 0;
        Instant now = clock.instant();
        view.show(stream, output, Duration.between(source.cameAt(output).orElse(now), now));
    }

    @Override
    public void refused(String stream, DeadLetter letter) {
        deadLetters += parts.containsKey(stream) ? 1 : 0;
        view.show(stream, letter);
    }

    private static Duration faster(Duration pause, double speed) {
        return Duration.ofNanos((long) (pause.toNanos() / speed));
    }
}
