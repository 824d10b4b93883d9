package dev.vorrang.ingest.imap;

import dev.vorrang.ingest.connection.Backoff;
import dev.vorrang.ingest.connection.HandoverQueue;
import dev.vorrang.ingest.connection.ReaderReports;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The life of one folder's reader: connect, scan the folder, wait for more, and begin again when the connection is lost. It
 * ends with {@link #stop()} alone, or when the very first login is refused. There is one connection at a time.
 */
final class MailFolderReader {

    private static final Logger log = LoggerFactory.getLogger(MailFolderReader.class);

    /** After a word of the server that was of no mail, so that a server in error is not asked without a pause. */
    private static final Duration PAUSE = Duration.ofSeconds(1);
    /** Connections in a row that are lost before health tells of it: the first may be the server's restart. */
    private static final int UNTOLD = 3;

    private final ImapAccount account;
    private final String folder;
    private final String name;
    private final ReadingPlan plan;
    private final FolderScanner scanner;
    private final HandoverQueue<FolderEvent, MailboxRefusedException> buffer;
    private final Reconnection connections;
    private final IdleUse idle = new IdleUse(System::nanoTime);
    private final CountDownLatch stopped = new CountDownLatch(1);
    /** Guarded by this. */
    private FolderSession session;

    private boolean wasOpen;

    /** @param name of the reader, for health */
    MailFolderReader(
            ImapAccount account,
            String folder,
            String name,
            ReadingPlan plan,
            FolderScanner scanner,
            HandoverQueue<FolderEvent, MailboxRefusedException> buffer,
            Backoff backoff) {
        this.account = account;
        this.folder = folder;
        this.name = name;
        this.plan = plan;
        this.scanner = scanner;
        this.buffer = buffer;
        this.connections = new Reconnection(backoff, System::nanoTime);
    }

    /** @throws InterruptedException if the thread was interrupted */
    void run() throws InterruptedException {
        try {
            while (!isStopped()) {
                var wait = follow();
                if (isStopped() || pause(wait)) {
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
        ReaderReports.well(name);
    }

    private boolean isStopped() {
        return stopped.getCount() == 0;
    }

    /** Whether the reader was stopped meanwhile. */
    private boolean pause(Duration length) throws InterruptedException {
        return stopped.await(length.toMillis(), TimeUnit.MILLISECONDS);
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
            connections.opened();
            wasOpen = true;
            log.info(
                    "{} of {}: connected, new mails are noticed by {} every {}",
                    folder,
                    account,
                    mayIdle(opened) ? "IDLE and a scan" : "a scan",
                    plan.pollInterval());
            boolean woken = false;
            while (!isStopped()) {
                boolean found = scanner.run(opened, this::isStopped);
                ReaderReports.well(name);
                if (woken && !found && pause(PAUSE)) {
                    break;
                }
                woken = isWoken(opened);
            }
            return Duration.ZERO;
        } catch (MailboxRefusedException e) {
            if (!wasOpen) {
                throw e;
            }
            return told(connections.refused(), "refused: " + e.getMessage(), null);
        } catch (CommandRefusedException e) {
            return told(connections.lost(), "the server refuses: " + e.getMessage(), null);
        } catch (IOException e) {
            return told(connections.lost(), reason(e), null);
        } catch (RuntimeException e) {
            return told(connections.lost(), e.toString(), e);
        }
    }

    /** @param unexpected an error of this program rather than of the network, which needs no stack trace */
    private Duration told(Duration wait, String problem, RuntimeException unexpected) {
        if (!isStopped()) {
            log.warn("{} of {}: {}; next try in {} ms", folder, account, problem, wait.toMillis(), unexpected);
            if (connections.failures() > UNTOLD) {
                ReaderReports.trouble(name, problem + "; next try in " + wait.toSeconds() + " s");
            }
        }
        return wait;
    }

    private synchronized FolderSession begin() throws IOException {
        if (isStopped()) {
            throw new IOException("stopped");
        }
        session = new FolderSession(account, folder);
        return session;
    }

    private boolean mayIdle(FolderSession opened) {
        return plan.idle() && opened.hasIdle() && idle.isWorthTrying();
    }

    /** Waits for the next look; whether the server wakes the reader before its time. */
    private boolean isWoken(FolderSession opened) throws IOException, InterruptedException {
        if (isStopped() || opened.hasNews()) {
            return true;
        }
        if (!mayIdle(opened)) {
            return pause(plan.pollInterval());
        }
        long begun = System.nanoTime();
        idle.begin();
        try {
            if (opened.idle(plan.pollInterval())) {
                idle.ended();
                return System.nanoTime() - begun < plan.pollInterval().toNanos();
            }
        } catch (IOException e) {
            tellEndOfIdle(idle.lost(), "ends the connection");
            throw e;
        }
        tellEndOfIdle(idle.refused(), "refuses it");
        return pause(plan.pollInterval());
    }

    private void tellEndOfIdle(boolean isEnd, String problem) {
        if (isEnd && !isStopped()) {
            log.warn(
                    "{} of {}: the server announces IDLE and {}; for {} min new mails are noticed by a scan every {}",
                    folder,
                    account,
                    problem,
                    IdleUse.PAUSE.toMinutes(),
                    plan.pollInterval());
        }
    }

    private static String reason(Exception e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }
}
