package dev.vorrang.ingest.imap;

import dev.vorrang.ingest.connection.Backoff;
import dev.vorrang.ingest.connection.HandoverQueue;
import dev.vorrang.ingest.connection.SupervisedThread;
import dev.vorrang.ingest.mail.MailDecoder;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * Reads folders of one mailbox, each over a connection and in a thread of its own, and hands over their mails. Mails of one
 * folder come in ascending order of UID; nothing is said of the order between folders. The mailbox stays as it is.
 *
 * <p>A lost connection is made again, for ever, with growing waits. What the reader holds back for want of takers is bounded by
 * {@link ReadingPlan#bufferBytes()} and one fetched group of at most 2 MiB a folder; what all readers of a process hold while they
 * read and decode is bounded by {@link ByteBudget#OF_PROCESS}.
 *
 * <p>{@link #take} is called by one thread, {@link #close} by any.
 */
public final class MailboxReader implements AutoCloseable {

    private static final Duration FAREWELL = Duration.ofSeconds(5);

    private final HandoverQueue<FolderEvent, MailboxRefusedException> buffer;
    private final List<MailFolderReader> readers = new ArrayList<>();
    private final List<SupervisedThread> threads = new ArrayList<>();

    private MailboxReader(long bufferBytes) {
        this.buffer = new HandoverQueue<>(bufferBytes);
    }

    /**
     * Starts to read, without waiting for the server.
     *
     * @param folders names of folders with what is known of them; the reader owns the histories from now on
     */
    public static MailboxReader start(
            ImapAccount account,
            ReadingPlan plan,
            Map<String, FolderHistory> folders,
            MailDecoder decoder,
            Clock clock) {
        var mailbox = new MailboxReader(plan.bufferBytes());
        folders.forEach((folder, history) -> {
            var name = "imap-" + account.user() + "-" + folder;
            var scanner = new FolderScanner(
                    account, folder, plan, history, decoder, mailbox.buffer, ByteBudget.OF_PROCESS, clock);
            var reader = new MailFolderReader(account, folder, name, plan, scanner, mailbox.buffer, backoff(plan));
            mailbox.readers.add(reader);
            mailbox.threads.add(SupervisedThread.start(name, reader::run, backoff(plan)));
        });
        return mailbox;
    }

    private static Backoff backoff(ReadingPlan plan) {
        return new Backoff(plan.retryMax(), RandomGenerator.getDefault());
    }

    /**
     * Takes what was read, waiting for the first event.
     *
     * @param most most events to take, at least 1
     * @param wait longest wait
     * @return none if none came in time or the reader was closed
     * @throws MailboxRefusedException if the server refuses login, certificate or folder from the start; no folder is lost by it
     *     that was open once
     * @throws IllegalStateException if the thread of a folder has ended for good
     * @throws InterruptedException if the thread was interrupted while it waited
     */
    public List<FolderEvent> take(int most, Duration wait) throws InterruptedException, MailboxRefusedException {
        threads.forEach(SupervisedThread::check);
        return buffer.take(most, wait);
    }

    /** Lets readers and a waiting {@link #take} go, without waiting for them. */
    public void stop() {
        buffer.close();
        threads.forEach(SupervisedThread::stop);
        readers.forEach(MailFolderReader::stop);
    }

    /** Stops and waits until every thread and connection has ended, at most 5 s. */
    @Override
    public void close() {
        stop();
        long end = System.nanoTime() + FAREWELL.toNanos();
        try {
            for (var thread : threads) {
                thread.join(Duration.ofNanos(end - System.nanoTime()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
