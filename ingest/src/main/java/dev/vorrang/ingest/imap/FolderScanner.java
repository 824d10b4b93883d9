package dev.vorrang.ingest.imap;

import dev.vorrang.ingest.connection.HandoverQueue;
import dev.vorrang.ingest.mail.MailDecoder;
import dev.vorrang.ingest.mail.MailId;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Scans a folder and hands over every mail beyond the position, in ascending order of UID. It keeps the position and what
 * was delivered over any number of connections. One thread uses it.
 */
final class FolderScanner {

    private static final Logger log = LoggerFactory.getLogger(FolderScanner.class);
    private static final long HIGHEST_UID = 0xFFFF_FFFFL;
    /** UIDs asked for at first; twice as many after each gap of that width. */
    private static final long SEARCH_WIDTH = 50_000;

    private final String folder;
    private final ReadingPlan plan;
    private final MailSource source;
    private final MailDecoder decoder;
    private final SummaryFinder summaries;
    private final MailFetcher fetcher;
    private final ByteBudget budget;
    private final DeliveredMails delivered;
    private final HandoverQueue<FolderEvent, MailboxRefusedException> buffer;
    private final Clock clock;
    /** Null until the folder was opened for the first time. */
    private FolderPosition position;

    private long read;

    FolderScanner(
            ImapAccount account,
            String folder,
            ReadingPlan plan,
            FolderHistory history,
            MailDecoder decoder,
            HandoverQueue<FolderEvent, MailboxRefusedException> buffer,
            ByteBudget budget,
            Clock clock) {
        this.folder = folder;
        this.plan = plan;
        this.source = new MailSource(account, folder);
        this.decoder = decoder;
        this.summaries = new SummaryFinder(folder);
        this.fetcher = new MailFetcher(folder, plan.maxMessageBytes());
        this.budget = budget;
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
     * @throws IOException if the connection is lost; the next run goes on where this one came to
     * @throws CommandRefusedException if the server refuses to look
     */
    boolean run(FolderSession session, BooleanSupplier stopped)
            throws IOException, CommandRefusedException, InterruptedException {
        var snapshot = session.examine();
        follow(session, snapshot);
        long before = read;
        long end = snapshot.uidNext() > 0 ? snapshot.uidNext() - 1 : HIGHEST_UID;
        long from = position.uid() + 1;
        // In a small folder there is not much to find, however far apart its UIDs are.
        long width = snapshot.mails() <= SEARCH_WIDTH ? HIGHEST_UID : SEARCH_WIDTH;
        while (from <= end && !stopped.getAsBoolean()) {
            long to = Math.min(end, from + width - 1);
            var uids = search(session, from, to);
            readRange(session, from, to, uids, stopped);
            from = to + 1;
            width = uids.length == 0 ? 2 * width : Math.min(width, SEARCH_WIDTH);
        }
        if (read > before) {
            log.info(
                    "{}: {} mails read, {} since the start, up to UID {}", folder, read - before, read, position.uid());
        }
        return read > before;
    }

    private long[] search(FolderSession session, long from, long to) throws IOException {
        try {
            return session.search(from, to);
        } catch (CommandRefusedException e) {
            log.warn(
                    "{}: the server does not search, and is asked for all mails there are: {}", folder, e.getMessage());
            return new long[0];
        }
    }

    /** Pages of mails that were found, and what lies between and after them: a search may leave out what a fetch tells of. */
    private void readRange(FolderSession session, long from, long to, long[] uids, BooleanSupplier stopped)
            throws IOException, InterruptedException {
        long first = from;
        int at = 0;
        do {
            int pageEnd = Math.min(uids.length, at + plan.pageSize());
            long last = pageEnd == uids.length ? to : uids[pageEnd - 1];
            readPage(session, first, last, Arrays.copyOfRange(uids, at, pageEnd), stopped);
            first = last + 1;
            at = pageEnd;
        } while (at < uids.length && !stopped.getAsBoolean());
    }

    /** Begins where the plan says, or compares with what was delivered if the folder was numbered anew. */
    private void follow(FolderSession session, FolderSession.Snapshot snapshot)
            throws IOException, CommandRefusedException, InterruptedException {
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

    private static long last(FolderSession session, FolderSession.Snapshot snapshot)
            throws IOException, CommandRefusedException {
        if (snapshot.uidNext() > 0) {
            return snapshot.uidNext() - 1;
        }
        var uids = session.search(1, HIGHEST_UID);
        return uids.length == 0 ? 0 : uids[uids.length - 1];
    }

    /**
     * Reads the mails in a range of UIDs. The position goes to the last that was read or is gone, and not beyond: what may still come
     * there is looked for again.
     */
    private void readPage(FolderSession session, long from, long to, long[] named, BooleanSupplier stopped)
            throws IOException, InterruptedException {
        var found = summaries.find(session, from, to, named);
        var wanted = found.stream().filter(this::isWanted).toList();
        int at = 0;
        while (at < wanted.size() && !stopped.getAsBoolean()) {
            var group = fetcher.group(wanted.subList(at, wanted.size()));
            readGroup(session, group, stopped);
            at += group.size();
        }
        if (stopped.getAsBoolean()) {
            return;
        }
        long last = Math.max(
                found.isEmpty() ? 0 : found.get(found.size() - 1).uid(),
                named.length == 0 ? 0 : named[named.length - 1]);
        if (last > position.uid()) {
            position = position.at(last);
        }
    }

    /** Memory is leased for as long as mails are read and decoded, and not while one waits for room in the buffer. */
    private void readGroup(FolderSession session, List<FolderSession.Summary> group, BooleanSupplier stopped)
            throws IOException, InterruptedException {
        try (var lease = budget.take(fetcher.weight(group))) {
            var fetched = fetcher.fetch(session, group, lease);
            while (!fetched.isEmpty() && !stopped.getAsBoolean()) {
                var uid = fetched.peek().mail().uid();
                var hand = decode(fetched.remove());
                if (hand.isPresent()
                        && !buffer.offer(hand.get().event(), hand.get().bytes())) {
                    lease.release();
                    buffer.put(hand.get().event(), hand.get().bytes());
                }
                hand.ifPresent(given -> delivered.deliver(given.digest()));
                position = position.at(uid);
                fetcher.done(uid);
                read++;
            }
        }
    }

    private boolean isWanted(FolderSession.Summary mail) {
        if (plan.start() instanceof StartAt.Since since) {
            return isFrom(since.time(), mail);
        }
        return position.since() == 0 || !isRescan(mail.uid()) || isFrom(Instant.ofEpochMilli(position.since()), mail);
    }

    /** A mail of unknown time may be from then on. */
    private static boolean isFrom(Instant time, FolderSession.Summary mail) {
        return mail.receivedAt().map(received -> !received.isBefore(time)).orElse(true);
    }

    private boolean isRescan(long uid) {
        return uid <= position.rescanTo();
    }

    /** @param digest of the mail, to be noted when it is handed over */
    private record Hand(FolderEvent event, long bytes, byte[] digest) {}

    /** A mail, ready to be handed over; empty if it was before. */
    private Optional<Hand> decode(FetchedMail fetched) {
        var mail = fetched.mail();
        try {
            var url = source.url(position.uidValidity(), mail.uid());
            var digest = fetched.isReadable() ? MailId.digest(fetched.bytes()) : source.digest(url);
            if (isRescan(mail.uid()) && delivered.wasDelivered(digest)) {
                return Optional.empty();
            }
            int copy = delivered.copies(digest) + 1;
            var receivedAt = mail.receivedAt().orElseGet(clock::instant);
            var record = decoder.decode(fetched.raw(digest, url, receivedAt, copy));
            var event =
                    new FolderEvent.Received(folder, position.at(mail.uid()), DeliveredMails.hashOf(digest), record);
            return Optional.of(new Hand(event, MailWeight.of(record), digest));
        } catch (RuntimeException | Error e) {
            // The same bytes would fail again and again.
            fetcher.failed(mail.uid(), "decoding it fails: " + e);
            throw e;
        }
    }
}
