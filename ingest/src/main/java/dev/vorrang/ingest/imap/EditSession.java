package dev.vorrang.ingest.imap;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.eclipse.angus.mail.iap.Argument;
import org.eclipse.angus.mail.imap.protocol.BASE64MailboxEncoder;
import org.eclipse.angus.mail.imap.protocol.IMAPResponse;

/**
 * One connection to a mailbox whose mails are changed. Every command names mails by UID within the folder that is open, and a
 * command fails if the folder was numbered anew meanwhile. One thread uses it; {@link #close()} may be called by any.
 */
final class EditSession implements AutoCloseable {

    private static final long MARGIN = 1L << 20;
    private static final long LISTS = 16L << 20;
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d-MMM-yyyy", Locale.ROOT);
    /** INTERNALDATE has seconds. */
    private static final Duration SAME_TIME = Duration.ofSeconds(1);

    private final ImapAccount account;
    private final Wire wire;
    private final FolderState state = new FolderState();
    private ImapConnection connection;

    /** Does not connect. */
    EditSession(ImapAccount account) {
        this.account = account;
        this.wire = new Wire(account);
    }

    /** Connects and logs in, if that is not done. */
    void open() throws IOException, MailboxRefusedException {
        if (connection == null) {
            connection = new Login(account, wire, MARGIN).connect();
            connection.addResponseHandler(state);
        }
    }

    boolean has(String capability) {
        return connection.hasCapability(capability);
    }

    /**
     * Opens a folder.
     *
     * @param toChange else only to look into it
     * @return its UIDVALIDITY
     */
    long select(String folder, boolean toChange) throws IOException, CommandRefusedException {
        state.beginLook();
        try {
            command(toChange ? "SELECT" : "EXAMINE", name(folder), MARGIN);
        } finally {
            state.endLook();
        }
        return state.uidValidity();
    }

    /** First bytes of a mail, at most so many; none if it is not in the folder. */
    byte[] content(long uid, int most) throws IOException, CommandRefusedException {
        var answer = command("UID FETCH " + uid + " (UID BODY.PEEK[]<0." + most + ">)", null, most + MARGIN);
        return new FetchedMails(answer).only(uid).flatMap(FetchedItems::body).orElse(new byte[0]);
    }

    /** UIDs of mails that the mailbox took in at a time. A copy has the time of its original (RFC 3501, 6.4.7). */
    List<Long> receivedAt(Instant time) throws IOException, CommandRefusedException {
        // Servers compare days in a time zone of their own.
        var day = LocalDate.ofInstant(time, ZoneOffset.UTC);
        var days = "SINCE " + DAY.format(day.minusDays(1)) + " BEFORE " + DAY.format(day.plusDays(2));
        var uids = search(days);
        if (uids.isEmpty()) {
            return uids;
        }
        var set = UidSet.of(uids.stream().mapToLong(Long::longValue).sorted().toArray());
        Map<Long, FetchedItems> times =
                new FetchedMails(command("UID FETCH " + set + " (UID INTERNALDATE)", null, LISTS)).byUid();
        return uids.stream()
                .filter(uid -> times.containsKey(uid)
                        && times.get(uid)
                                .receivedAt()
                                .filter(received ->
                                        Duration.between(received, time).abs().compareTo(SAME_TIME) <= 0)
                                .isPresent())
                .toList();
    }

    private List<Long> search(String criteria) throws IOException, CommandRefusedException {
        var uids = new ArrayList<Long>();
        for (var response : command("UID SEARCH " + criteria, null, LISTS)) {
            if (response.keyEquals("SEARCH")) {
                for (long uid = response.readLong(); uid != -1; uid = response.readLong()) {
                    uids.add(uid);
                }
            }
        }
        return uids;
    }

    void addFlags(long uid, List<String> flags) throws IOException, CommandRefusedException {
        command("UID STORE " + uid + " +FLAGS.SILENT (" + String.join(" ", flags) + ")", null, MARGIN);
    }

    /** https://developers.google.com/workspace/gmail/imap/imap-extensions#access_to_gmail_labels_x-gm-labels. */
    void addLabels(long uid, List<String> labels) throws IOException, CommandRefusedException {
        var list = new Argument();
        labels.forEach(label -> list.writeString(BASE64MailboxEncoder.encode(label)));
        command("UID STORE " + uid + " +X-GM-LABELS", new Argument().writeArgument(list), MARGIN);
    }

    void copy(long uid, String folder) throws IOException, CommandRefusedException {
        command("UID COPY " + uid, name(folder), MARGIN);
    }

    /** RFC 6851. */
    void move(long uid, String folder) throws IOException, CommandRefusedException {
        command("UID MOVE " + uid, name(folder), MARGIN);
    }

    /** Removes one mail and no other (RFC 4315): an EXPUNGE would remove all that are marked. */
    void remove(long uid) throws IOException, CommandRefusedException {
        addFlags(uid, List.of("\\Deleted"));
        command("UID EXPUNGE " + uid, null, MARGIN);
    }

    void create(String folder) throws IOException, CommandRefusedException {
        command("CREATE", name(folder), MARGIN);
    }

    void noop() throws IOException, CommandRefusedException {
        command("NOOP", null, MARGIN);
    }

    private static Argument name(String folder) {
        return new Argument().writeString(BASE64MailboxEncoder.encode(folder));
    }

    private List<IMAPResponse> command(String command, Argument arguments, long allowance)
            throws IOException, CommandRefusedException {
        wire.in().allow(allowance);
        var all = connection.command(command, arguments);
        var last = all[all.length - 1];
        if (last.isBYE()) {
            throw new IOException("connection lost: " + last.getRest(), last.getException());
        }
        connection.notifyResponseHandlers(all);
        if (state.isRenumbered()) {
            throw new IOException("UIDVALIDITY changed while a mail was changed");
        }
        var refusal = CommandRefusedException.refusal(last);
        if (refusal.isPresent()) {
            throw new CommandRefusedException(refusal.get());
        }
        var responses = new ArrayList<IMAPResponse>(all.length);
        for (var response : all) {
            if (response instanceof IMAPResponse untagged && untagged.isUnTagged()) {
                responses.add(untagged);
            }
        }
        return responses;
    }

    /** Ends the connection at once, from any thread. */
    @Override
    public void close() {
        wire.cut();
    }
}
