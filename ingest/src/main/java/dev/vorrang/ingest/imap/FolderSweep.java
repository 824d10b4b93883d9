package dev.vorrang.ingest.imap;

import dev.vorrang.ingest.mail.MailDecoder;
import dev.vorrang.ingest.mail.MailId;
import dev.vorrang.ingest.mail.RawMail;
import jakarta.mail.MessagingException;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks into a folder and hands over every mail beyond the position, in ascending order of UID. It keeps the position and what
 * was delivered over any number of connections. One thread uses it.
 */
final class FolderSweep {

    private static final Logger log = LoggerFactory.getLogger(FolderSweep.class);
    private static final long HIGHEST_UID = 0xFFFF_FFFFL;
    /** UIDs asked for at first; twice as many after each gap of that width. */
    private static final long SEARCH_WIDTH = 50_000;

    private final String folder;
    private final ReadingPlan plan;
    private final MailSource source;
    private final MailDecoder decoder;
    private final MailFetcher fetcher;
    private final DeliveredMails delivered;
    private final MailBuffer buffer;
    private final Clock clock;
    /** Null until the folder was opened for the first time. */
    private FolderPosition position;

    private long read;

    FolderSweep(
            ImapAccount account,
            String folder,
            ReadingPlan plan,
            FolderHistory history,
            MailDecoder decoder,
            MailBuffer buffer,
            Clock clock) {
        this.folder = folder;
        this.plan = plan;
        this.source = new MailSource(account, folder);
        this.decoder = decoder;
        this.fetcher = new MailFetcher(folder, plan.maxMessageBytes());
        this.delivered = history.delivered();
        this.position = history.position().orElse(null);
        this.buffer = buffer;
        this.clock = clock;
        if (position != null && position.uid() < position.rescanTo()) {
            // What the rescan had met is forgotten, so it begins anew.
            position = position.at(0);
        }
    }

    /**
     * Reads on to the end of the folder.
     *
     * @return whether there were mails to read
     * @throws MessagingException if the connection is lost; the next run goes on where this one came to
     */
    boolean run(FolderSession session, BooleanSupplier stopped) throws MessagingException, InterruptedException {
        var snapshot = session.look();
        follow(session, snapshot);
        long before = read;
        long end = snapshot.uidNext() > 0 ? snapshot.uidNext() - 1 : HIGHEST_UID;
        long from = position.uid() + 1;
        long width = SEARCH_WIDTH;
        while (from <= end && !stopped.getAsBoolean()) {
            long to = Math.min(end, from + width - 1);
            var uids = session.search(from, to);
            for (int at = 0; at < uids.length && !stopped.getAsBoolean(); at += plan.pageSize()) {
                int pageEnd = Math.min(uids.length, at + plan.pageSize());
                readPage(session, Arrays.copyOfRange(uids, at, pageEnd), stopped);
            }
            from = to + 1;
            width = uids.length == 0 ? 2 * width : SEARCH_WIDTH;
        }
        if (read > before) {
            log.info(
                    "{}: {} mails read, {} since the start, up to UID {}", folder, read - before, read, position.uid());
        }
        return read > before;
    }

    /** Begins where the plan says, or compares with what was delivered if the folder was numbered anew. */
    private void follow(FolderSession session, FolderSession.Snapshot snapshot)
            throws MessagingException, InterruptedException {
        if (position == null) {
            position = new FolderPosition(snapshot.uidValidity(), 0, 0, 0);
            if (plan.start() instanceof StartAt.New) {
                long last = last(session, snapshot);
                position = new FolderPosition(
                        snapshot.uidValidity(), last, 0, clock.instant().toEpochMilli());
                buffer.put(new FolderEvent.Started(folder, position), 1);
                log.info("{}: reading what comes after UID {}", folder, last);
            }
        } else if (position.uidValidity() != snapshot.uidValidity()) {
            log.warn(
                    "{}: UIDVALIDITY changed from {} to {}; its mails are compared with those delivered before",
                    folder,
                    position.uidValidity(),
                    snapshot.uidValidity());
            delivered.beginRescan();
            position = new FolderPosition(snapshot.uidValidity(), 0, last(session, snapshot), position.since());
        }
    }

    private static long last(FolderSession session, FolderSession.Snapshot snapshot) throws MessagingException {
        if (snapshot.uidNext() > 0) {
            return snapshot.uidNext() - 1;
        }
        var uids = session.search(1, HIGHEST_UID);
        return uids.length == 0 ? 0 : uids[uids.length - 1];
    }

    private void readPage(FolderSession session, long[] uids, BooleanSupplier stopped)
            throws MessagingException, InterruptedException {
        var wanted = session.summaries(uids).stream().filter(this::isWanted).toList();
        int at = 0;
        while (at < wanted.size() && !stopped.getAsBoolean()) {
            var group = fetcher.group(wanted.subList(at, wanted.size()));
            for (var fetched : fetcher.fetch(session, group)) {
                hand(fetched);
                if (stopped.getAsBoolean()) {
                    return;
                }
            }
            at += group.size();
        }
        if (!stopped.getAsBoolean()) {
            position = position.at(uids[uids.length - 1]);
        }
    }

    private boolean isWanted(FolderSession.Summary mail) {
        if (plan.start() instanceof StartAt.Since since) {
            return !mail.receivedAt().isBefore(since.time());
        }
        return position.since() == 0
                || !isRescan(mail.uid())
                || !mail.receivedAt().isBefore(Instant.ofEpochMilli(position.since()));
    }

    private boolean isRescan(long uid) {
        return uid <= position.rescanTo();
    }

    private void hand(MailFetcher.Fetched fetched) throws InterruptedException {
        var mail = fetched.mail();
        var url = source.url(position.uidValidity(), mail.uid());
        var digest = fetched.isReadable() ? MailId.digest(fetched.bytes()) : source.digest(url);
        read++;
        if (isRescan(mail.uid()) && delivered.wasDelivered(digest)) {
            position = position.at(mail.uid());
            return;
        }
        int copy = delivered.deliver(digest);
        var decoded = decoder.decode(new RawMail(fetched.bytes(), url, mail.receivedAt(), copy));
        var record = fetched.complete(decoded, MailId.of(digest, copy));
        position = position.at(mail.uid());
        buffer.put(
                new FolderEvent.Received(folder, position, DeliveredMails.hashOf(digest), record),
                MailWeight.of(record));
    }
}
