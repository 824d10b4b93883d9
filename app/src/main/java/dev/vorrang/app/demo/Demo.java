package dev.vorrang.app.demo;

import dev.vorrang.app.program.CommandFailedException;
import dev.vorrang.app.program.StopSignal;
import dev.vorrang.app.stream.ScoreFeed;
import dev.vorrang.app.terminal.ScoreView;
import dev.vorrang.schemas.MailScore;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Lets the demo's mails arrive and follows them until they are scored. For one thread. */
final class Demo {

    private static final Duration GIVE_UP = Duration.ofSeconds(60);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Pattern UID = Pattern.compile(";UID=(\\d+)$");

    private final List<DemoMail> mails = DemoMail.all();
    private final DemoMailbox mailbox;
    private final StopSignal stop;
    private final ScoreView view;
    private final Clock clock;
    private final Set<String> scored = new HashSet<>();
    private int deadLetters;

    Demo(DemoMailbox mailbox, StopSignal stop, ScoreView view, Clock clock) {
        this.mailbox = mailbox;
        this.stop = stop;
        this.view = view;
        this.clock = clock;
    }

    /**
     * Delivers the mails in a thread of its own and shows what comes out.
     *
     * @param speed how much faster than in {@code mails.yaml} they arrive, above 0
     * @param once return when all are scored, instead of when the program is stopped
     * @param problem tells what keeps mails from coming, if anything does
     * @throws CommandFailedException if not all are scored within a minute of the last one's arrival, or one cannot be
     */
    void run(ScoreFeed feed, double speed, boolean once, java.util.function.Supplier<Optional<String>> problem) {
        var delivery =
                new Thread(() -> mailbox.deliver(mails, pause -> stop.await(faster(pause, speed))), "demo-mails");
        delivery.setDaemon(true);
        delivery.start();
        var lastProgress = clock.instant();
        while (!stop.stopped() && !(once && complete())) {
            int before = scored.size();
            feed.poll(POLL, this::show, letter -> {
                deadLetters++;
                view.show(letter);
            });
            if (scored.size() > before || delivery.isAlive()) {
                lastProgress = clock.instant();
            }
            problem.get().ifPresent(text -> {
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

    private boolean complete() {
        return scored.size() + deadLetters >= mails.size();
    }

    private String count() {
        return scored.size() + " of " + mails.size() + " mails were scored, " + deadLetters
                + " went to the dead letters";
    }

    private void show(MailScore score) {
        if (scored.add(score.getId())) {
            view.show(score, latency(score));
        }
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
