package dev.vorrang.app.demo;

import dev.vorrang.app.program.CommandFailedException;
import dev.vorrang.app.program.StopSignal;
import dev.vorrang.app.stream.ScoreFeed;
import dev.vorrang.app.terminal.ScoreView;
import dev.vorrang.schemas.DeadLetter;
import dev.vorrang.schemas.MachineAlert;
import dev.vorrang.schemas.MachineScore;
import dev.vorrang.schemas.MailScore;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets the demo's mails arrive and its machines run, and follows both until they are scored. For one thread. */
final class Demo implements ScoreFeed.Listener {

    private static final Logger LOG = LoggerFactory.getLogger(Demo.class);
    private static final Duration GIVE_UP = Duration.ofSeconds(60);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Pattern UID = Pattern.compile(";UID=(\\d+)$");

    private final List<DemoMail> mails = DemoMail.all();
    private final DemoMailbox mailbox;
    private final DemoPlant plant;
    private final StopSignal stop;
    private final ScoreView view;
    private final Clock clock;
    private final Set<String> scored = new HashSet<>();
    private final AtomicReference<String> failure = new AtomicReference<>();
    private int readings;
    private int deadLetters;

    Demo(DemoMailbox mailbox, DemoPlant plant, StopSignal stop, ScoreView view, Clock clock) {
        this.mailbox = mailbox;
        this.plant = plant;
        this.stop = stop;
        this.view = view;
        this.clock = clock;
    }

    /**
     * Delivers mails and readings in threads of their own and shows what comes out.
     *
     * @param speed how much faster than normal they arrive, above 0
     * @param once return when all are scored, instead of when the program is stopped
     * @param problem tells what keeps them from coming, if anything does
     * @throws CommandFailedException if not all are scored within a minute of the last one's arrival, or one cannot be
     */
    void run(ScoreFeed feed, double speed, boolean once, Supplier<Optional<String>> problem) {
        Predicate<Duration> pause = length -> stop.await(faster(length, speed));
        var threads = List.of(
                start("demo-mails", () -> mailbox.deliver(mails, pause)),
                start("demo-machines", () -> plant.run(once, pause)));
        var lastProgress = clock.instant();
        while (!stop.stopped() && !(once && complete())) {
            int before = scored.size() + readings;
            feed.poll(POLL, this);
            if (scored.size() + readings > before || threads.stream().anyMatch(Thread::isAlive)) {
                lastProgress = clock.instant();
            }
            Optional.ofNullable(failure.get()).or(problem).ifPresent(text -> {
                throw new CommandFailedException("the demo cannot go on: " + text);
            });
            if (once && clock.instant().isAfter(lastProgress.plus(GIVE_UP))) {
                throw new CommandFailedException(
                        count() + "; gave up after " + GIVE_UP.toSeconds() + " s without another");
            }
        }
        if (once && deadLetters > 0) {
            throw new CommandFailedException(count());
        }
    }

    private Thread start(String name, Runnable work) {
        var thread = new Thread(
                () -> {
                    try {
                        work.run();
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

    private boolean complete() {
        return scored.size() + readings + deadLetters >= mails.size() + plant.readings();
    }

    private String count() {
        return scored.size() + " of " + mails.size() + " mails and " + readings + " of " + plant.readings()
                + " readings were scored, " + deadLetters + " went to the dead letters";
    }

    @Override
    public void scored(MailScore score) {
        if (scored.add(score.getId())) {
            view.show(score, latency(score));
        }
    }

    @Override
    public void scored(MachineScore score) {
        readings++;
        var now = clock.instant();
        view.show(
                score,
                Duration.between(
                        plant.sentAt(score.getMachine(), score.getTime()).orElse(now), now));
    }

    @Override
    public void changed(MachineAlert alert) {
        view.show(alert);
    }

    @Override
    public void refused(DeadLetter letter) {
        deadLetters++;
        view.show(letter);
    }

    /** From its delivery to here. IMAP's own time has whole seconds only, so the mailbox is asked. */
    private Duration latency(MailScore score) {
        var uid = UID.matcher(score.getSource());
        var delivered =
                uid.find() ? mailbox.deliveredAt(Long.parseLong(uid.group(1))) : Optional.<java.time.Instant>empty();
        return Duration.between(delivered.orElse(score.getReceivedAt()), clock.instant());
    }

    private static Duration faster(Duration pause, double speed) {
        return Duration.ofNanos((long) (pause.toNanos() / speed));
    }
}
