package dev.vorrang.ingest.imap;

import dev.vorrang.ingest.connection.Backoff;
import jakarta.mail.MessagingException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The life of one folder's reader: connect, look into the folder, wait for more, and begin again when the connection is lost.
 * Its thread ends with {@link #stop()} alone, or when the very first login is refused.
 */
final class FolderReader {

    private static final Logger log = LoggerFactory.getLogger(FolderReader.class);

    /** After mails that were announced and are not there, so that a server in error is not asked without a pause. */
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final ImapAccount account;
    private final String folder;
    private final ReadingPlan plan;
    private final FolderSweep sweep;
    private final MailBuffer buffer;
    private final Backoff backoff;
    private final CountDownLatch stopped = new CountDownLatch(1);
    /** Guarded by this. */
    private FolderSession session;

    private boolean wasOpen;

    FolderReader(
            ImapAccount account,
            String folder,
            ReadingPlan plan,
            FolderSweep sweep,
            MailBuffer buffer,
            Backoff backoff) {
        this.account = account;
        this.folder = folder;
        this.plan = plan;
        this.sweep = sweep;
        this.buffer = buffer;
        this.backoff = backoff;
    }

    /** @throws InterruptedException if the thread was interrupted */
    void run() throws InterruptedException {
        try {
            while (!isStopped()) {
                var wait = follow();
                if (isStopped() || stopped.await(wait.toMillis(), TimeUnit.MILLISECONDS)) {
                    return;
                }
            }
        } catch (MailboxRefusedException e) {
            buffer.fail(e);
        }
    }

    /** Lets the thread end, wherever it hangs. Returns at once. */
    void stop() {
        stopped.countDown();
        synchronized (this) {
            if (session != null) {
                session.cut();
            }
        }
    }

    private boolean isStopped() {
        return stopped.getCount() == 0;
    }

    /**
     * Follows the folder until the connection is lost.
     *
     * @return how long to wait before the next try
     * @throws MailboxRefusedException if the server refuses what it never took: a person has to look
     */
    private Duration follow() throws InterruptedException, MailboxRefusedException {
        try (var opened = begin()) {
            opened.open();
            wasOpen = true;
            boolean idle = plan.idle() && opened.hasIdle();
            log.info(
                    "{} of {}: connected, new mails are noticed by {} every {}",
                    folder,
                    account,
                    idle ? "IDLE and a look" : "a look",
                    plan.sweepInterval());
            boolean announced = false;
            while (!isStopped()) {
                boolean found = sweep.run(opened, this::isStopped);
                backoff.reset();
                if (announced && !found) {
                    stopped.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
                }
                await(opened, idle);
                announced = opened.hasNews();
            }
            return Duration.ZERO;
        } catch (MailboxRefusedException e) {
            if (!wasOpen) {
                throw e;
            }
            var wait = backoff.longest();
            log.error("{} of {}: refused, next try in {}: {}", folder, account, wait, e.getMessage());
            return wait;
        } catch (MessagingException | IOException | RuntimeException e) {
            var wait = backoff.next();
            if (!isStopped()) {
                log.warn("{} of {}: {}; next try in {}", folder, account, reason(e), wait, unexpected(e));
            }
            return wait;
        }
    }

    private synchronized FolderSession begin() throws IOException {
        if (isStopped()) {
            throw new IOException("stopped");
        }
        session = new FolderSession(account, folder);
        return session;
    }

    private void await(FolderSession opened, boolean idle) throws MessagingException, InterruptedException {
        if (isStopped() || opened.hasNews()) {
            return;
        }
        if (idle) {
            opened.idle(plan.sweepInterval());
        } else {
            stopped.await(plan.sweepInterval().toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private static String reason(Exception e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    /** Errors of the network need no stack trace, errors of this program do. */
    private static Throwable unexpected(Exception e) {
        return e instanceof RuntimeException ? e : null;
    }
}
