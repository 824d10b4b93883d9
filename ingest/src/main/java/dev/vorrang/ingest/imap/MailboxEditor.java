package dev.vorrang.ingest.imap;

import dev.vorrang.ingest.connection.TimeLimit;
import dev.vorrang.ingest.mail.MailId;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Changes mails in their mailbox. Before anything is done, the bytes of the mail are read and compared with its id, so that no other
 * mail is ever touched: where UIDs have changed, or somebody moved the mail, it is looked for by time and bytes in its folder and in
 * the folders that are given. What is done already is not done again. One thread uses it.
 */
public final class MailboxEditor implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(MailboxEditor.class);
    /** A server may have ended a connection that was silent for so long. */
    private static final Duration FRESH = Duration.ofMinutes(1);

    /** What became of a mail. */
    public enum Outcome {
        /** The mail is as it should be. */
        DONE,
        /** Somebody has put it into another folder, and it stays there: flags and labels are set. */
        MOVED_BY_OTHERS,
        /** It is in none of the folders. */
        GONE
    }

    private record Found(String folder, long uid) {}

    private interface Work<T> {
        T run() throws IOException, CommandRefusedException, ChangeRefusedException;
    }

    private final ImapAccount account;
    private final Duration mostTime;
    private final List<String> searched;
    private final boolean creates;
    private final int mostBytes;
    private EditSession session;
    private long lastUse;
    private boolean toldOfLabels;

    /**
     * Does not connect.
     *
     * @param mostTime that a change may take in all; then the connection is cut
     * @param searched folders to look into besides the mail's own and the targets
     * @param creates whether folders that are missing are made
     * @param mostBytes of a mail that its reader reads, and its id is of
     */
    public MailboxEditor(
            ImapAccount account, Duration mostTime, List<String> searched, boolean creates, int mostBytes) {
        this.account = account;
        this.mostTime = mostTime;
        this.searched = List.copyOf(searched);
        this.creates = creates;
        this.mostBytes = mostBytes;
    }

    /**
     * Changes a mail.
     *
     * @param id of the mail
     * @param location where it was read
     * @param receivedAt when the mailbox took it in
     * @throws ChangeRefusedException if the server refuses it
     * @throws MailboxRefusedException if login or certificate are refused
     * @throws IOException if the server is not reached, or takes too long; worth another try
     */
    public Outcome change(String id, MailLocation location, Instant receivedAt, MailChange change)
            throws ChangeRefusedException, MailboxRefusedException, IOException {
        try {
            return connected(() -> {
                var found = find(id, location, receivedAt, change);
                return found.isEmpty() ? Outcome.GONE : apply(found.get(), id, location, receivedAt, change);
            });
        } catch (CommandRefusedException e) {
            throw new ChangeRefusedException(
                    account + " refuses to change mail " + id + ": " + e.getMessage(), e.isTemporary(), e);
        }
    }

    /** Connects and logs in, to see whether that is possible. */
    public void check() throws ChangeRefusedException, MailboxRefusedException, IOException {
        try {
            connected(() -> {
                session.noop();
                return null;
            });
        } catch (CommandRefusedException e) {
            throw new ChangeRefusedException(account + ": " + e.getMessage(), e.isTemporary(), e);
        }
    }

    /** Over a connection that is there already, or a new one, and not for longer than is allowed. */
    private <T> T connected(Work<T> work)
            throws IOException, CommandRefusedException, ChangeRefusedException, MailboxRefusedException {
        if (session != null && System.nanoTime() - lastUse > FRESH.toNanos()) {
            close();
        }
        if (session == null) {
            session = new EditSession(account);
        }
        var limit = new TimeLimit(mostTime, session::close);
        try (limit) {
            session.open();
            var result = work.run();
            lastUse = System.nanoTime();
            return result;
        } catch (IOException
                | CommandRefusedException
                | ChangeRefusedException
                | MailboxRefusedException
                | RuntimeException e) {
            close();
            if (limit.isOver()) {
                throw new IOException(account + " is cut off: not done within " + mostTime.toMillis() + " ms", e);
            }
            throw e;
        }
    }

    private Optional<Found> find(String id, MailLocation location, Instant receivedAt, MailChange change)
            throws IOException, CommandRefusedException {
        var uidValidity = examine(location.folder());
        if (uidValidity.isPresent()
                && uidValidity.getAsLong() == location.uidValidity()
                && isMail(id, location.uid())) {
            return Optional.of(new Found(location.folder(), location.uid()));
        }
        var folders = new LinkedHashSet<String>();
        folders.add(location.folder());
        change.moveTo().ifPresent(folders::add);
        folders.addAll(searched);
        for (var folder : folders) {
            var uid = findIn(folder, id, receivedAt);
            if (uid.isPresent()) {
                return Optional.of(new Found(folder, uid.get()));
            }
        }
        return Optional.empty();
    }

    private Optional<Long> findIn(String folder, String id, Instant receivedAt)
            throws IOException, CommandRefusedException {
        if (examine(folder).isPresent()) {
            for (long uid : session.receivedAt(receivedAt)) {
                if (isMail(id, uid)) {
                    return Optional.of(uid);
                }
            }
        }
        return Optional.empty();
    }

    /** Opens a folder to look into it; its UIDVALIDITY, or none if there is no such folder. */
    private OptionalLong examine(String folder) throws IOException, CommandRefusedException {
        try {
            return OptionalLong.of(session.select(folder, false));
        } catch (CommandRefusedException e) {
            if (e.isTemporary()) {
                throw e;
            }
            return OptionalLong.empty();
        }
    }

    private boolean isMail(String id, long uid) throws IOException, CommandRefusedException {
        var bytes = session.content(uid, mostBytes);
        return bytes.length > 0 && MailId.isOf(id, bytes);
    }

    private Outcome apply(Found mail, String id, MailLocation location, Instant receivedAt, MailChange change)
            throws IOException, CommandRefusedException, ChangeRefusedException {
        boolean isInTarget = change.moveTo().filter(mail.folder()::equals).isPresent();
        boolean isMovedByOthers = !isInTarget && !mail.folder().equals(location.folder());
        boolean copies = change.copyTo().isPresent()
                && !change.copyTo().get().equals(mail.folder())
                && findIn(change.copyTo().get(), id, receivedAt).isEmpty();
        boolean moves = change.moveTo().isPresent() && !isInTarget && !isMovedByOthers;
        // Only where a move has two steps, the first may be done already.
        boolean isCopied = moves
                && !session.has("MOVE")
                && findIn(change.moveTo().get(), id, receivedAt).isPresent();
        session.select(mail.folder(), true);
        mark(mail.uid(), change);
        if (copies) {
            inFolder(change.copyTo().get(), folder -> session.copy(mail.uid(), folder));
        }
        if (moves) {
            move(mail.uid(), change.moveTo().get(), isCopied);
        }
        return isMovedByOthers ? Outcome.MOVED_BY_OTHERS : Outcome.DONE;
    }

    private void mark(long uid, MailChange change) throws IOException, CommandRefusedException {
        if (!change.flags().isEmpty()) {
            session.addFlags(uid, change.flags());
        }
        if (change.labels().isEmpty()) {
            return;
        }
        if (session.has("X-GM-EXT-1")) {
            session.addLabels(uid, change.labels());
        } else if (!toldOfLabels) {
            toldOfLabels = true;
            log.warn("{}: the server has no labels (X-GM-EXT-1); they are ignored", account);
        }
    }

    private void move(long uid, String target, boolean isCopied)
            throws IOException, CommandRefusedException, ChangeRefusedException {
        if (session.has("MOVE")) {
            inFolder(target, folder -> session.move(uid, folder));
        } else if (session.has("UIDPLUS")) {
            if (!isCopied) {
                inFolder(target, folder -> session.copy(uid, folder));
            }
            session.remove(uid);
        } else {
            throw new ChangeRefusedException(
                    account + " has neither MOVE nor UIDPLUS: a mail cannot be moved without touching others",
                    false,
                    null);
        }
    }

    private interface Command {
        void into(String folder) throws IOException, CommandRefusedException;
    }

    private void inFolder(String folder, Command command) throws IOException, CommandRefusedException {
        try {
            command.into(folder);
        } catch (CommandRefusedException e) {
            // RFC 3501, 7.1: the folder is missing, and could be made.
            if (!creates || !e.getMessage().contains("[TRYCREATE]")) {
                throw e;
            }
            log.info("{}: makes the folder '{}'", account, folder);
            session.create(folder);
            command.into(folder);
        }
    }

    @Override
    public void close() {
        if (session != null) {
            session.close();
            session = null;
        }
    }
}
