package dev.vorrang.ingest.imap;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.eclipse.angus.mail.iap.Argument;
import org.eclipse.angus.mail.iap.ProtocolException;
import org.eclipse.angus.mail.iap.Response;
import org.eclipse.angus.mail.imap.protocol.BASE64MailboxEncoder;
import org.eclipse.angus.mail.imap.protocol.IMAPResponse;

/**
 * One connection to one folder, opened with EXAMINE and read with BODY.PEEK, so that the mailbox stays as it is. Each answer is
 * bounded, see {@link BoundedInput}. Every method throws an IOException when the connection is lost.
 *
 * <p>One thread uses a session; {@link #cut()} may be called by any.
 */
final class FolderSession implements AutoCloseable {

    /** Most bytes of an answer that has no mails, and of what comes besides the mails. */
    static final long MARGIN = 1L << 20;
    /** Most bytes of an answer with UIDs or summaries. */
    private static final long LISTS = 16L << 20;

    /** A folder at one moment; {@code uidNext} is -1 if the server does not tell. */
    record Snapshot(long uidValidity, long uidNext, int mails) {}

    /** What is known of a mail before it is read; {@code size} in bytes, as the server counts. */
    record Summary(long uid, Optional<Instant> receivedAt, OptionalLong size) {

        /** Of a mail of which the server says no more than that it is there. */
        static Summary unknown(long uid) {
            return new Summary(uid, Optional.empty(), OptionalLong.empty());
        }
    }

    /** @param refusal what the server says if it refuses the command, after the responses or instead of them */
    private record Answer(List<IMAPResponse> responses, Optional<String> refusal) {

        List<IMAPResponse> accepted() throws CommandRefusedException {
            if (refusal.isPresent()) {
                throw new CommandRefusedException(refusal.get());
            }
            return responses;
        }
    }

    private final ImapAccount account;
    private final Wire wire;
    private final String folder;
    private final FolderState state = new FolderState();
    private ImapConnection connection;

    FolderSession(ImapAccount account, String folder) {
        this.account = account;
        this.folder = folder;
        this.wire = new Wire(account);
    }

    /**
     * Connects, logs in and opens the folder.
     *
     * @throws MailboxRefusedException if login, certificate or folder are refused
     * @throws IOException if server or credentials cannot be had now
     */
    void open() throws IOException, MailboxRefusedException {
        connection = new Login(account, wire, MARGIN).connect();
        connection.addResponseHandler(state);
        try {
            examine();
        } catch (CommandRefusedException e) {
            var folders = folders();
            if (folders.isPresent() && !folders.get().contains(folder)) {
                throw new MailboxRefusedException("folder '" + folder + "' is not in the mailbox of " + account
                        + "; there are: "
                        + String.join(
                                ", ",
                                folders.get()
                                        .subList(0, Math.min(100, folders.get().size()))));
            }
            throw new IOException("the folder cannot be opened: " + e.getMessage(), e);
        }
    }

    /** Names of all folders, empty if the server does not tell. */
    private Optional<List<String>> folders() throws IOException {
        wire.in().allow(MARGIN);
        try {
            var found = connection.list("", "*");
            return Optional.ofNullable(found)
                    .map(list -> Arrays.stream(list).map(info -> info.name).toList());
        } catch (ProtocolException e) {
            return Optional.empty();
        }
    }

    /** Whether the server can tell at once that a mail came (RFC 2177). */
    boolean hasIdle() {
        return connection.hasCapability("IDLE");
    }

    /** Opens the folder again on the same connection, which shows new mails and a changed UIDVALIDITY alike. */
    Snapshot examine() throws IOException, CommandRefusedException {
        state.beginLook();
        var name = new Argument().writeString(BASE64MailboxEncoder.encode(folder));
        command("EXAMINE", name, MARGIN).accepted();
        return state.endLook();
    }

    /** Whether the server has announced mails since the last {@link #examine()}, with whatever answer. */
    boolean hasNews() {
        return state.hasGrown();
    }

    /** UIDs of the mails in a range, both ends included, in ascending order. */
    long[] search(long from, long to) throws IOException, CommandRefusedException {
        return Arrays.stream(search(from + ":" + to))
                .filter(uid -> uid >= from && uid <= to)
                .toArray();
    }

    /** Those of these mails that the folder still has, in ascending order. */
    long[] present(long[] uids) throws IOException, CommandRefusedException {
        return Arrays.stream(search(UidSet.of(uids)))
                .filter(uid -> Arrays.binarySearch(uids, uid) >= 0)
                .toArray();
    }

    private long[] search(String set) throws IOException, CommandRefusedException {
        var found = new long[16];
        int count = 0;
        for (var response : command("UID SEARCH UID " + set, null, LISTS).accepted()) {
            if (response.keyEquals("SEARCH")) {
                for (long uid = response.readLong(); uid != -1; uid = response.readLong()) {
                    found = count == found.length ? Arrays.copyOf(found, 2 * count) : found;
                    found[count++] = uid;
                }
            }
        }
        return Arrays.stream(found, 0, count).sorted().distinct().toArray();
    }

    /**
     * What is known of the mails in a range, both ends included, by UID. What the server sends before it refuses the rest is here as
     * well.
     */
    Map<Long, FetchedItems> summaries(long from, long to) throws IOException {
        var set = from == to ? Long.toString(from) : from + ":" + to;
        var answer = command("UID FETCH " + set + " (UID INTERNALDATE RFC822.SIZE)", null, LISTS);
        var found = new FetchedMails(answer.responses()).byUid();
        found.keySet().removeIf(uid -> uid < from || uid > to);
        return found;
    }

    /**
     * Mails with all their bytes, by UID; those that the server does not send are left out.
     *
     * @param bytes that the server says they have, all together
     */
    Map<Long, FetchedItems> bodies(long[] uids, long bytes) throws IOException {
        var answer = command("UID FETCH " + UidSet.of(uids) + " (UID BODY.PEEK[])", null, 2 * bytes + MARGIN);
        return new FetchedMails(answer.responses()).byUid();
    }

    /** A part of one mail, or all of it if the server knows no parts. */
    Optional<FetchedItems> part(long uid, int from, int bytes) throws IOException, CommandRefusedException {
        var command = "UID FETCH " + uid + " (UID BODY.PEEK[]<" + from + "." + bytes + ">)";
        return new FetchedMails(command(command, null, bytes + MARGIN).accepted()).only(uid);
    }

    /** One mail with all its bytes. */
    Optional<FetchedItems> whole(long uid, long bytes) throws IOException, CommandRefusedException {
        var command = "UID FETCH " + uid + " (UID BODY.PEEK[])";
        return new FetchedMails(command(command, null, bytes + MARGIN).accepted()).only(uid);
    }

    /**
     * Waits until the server says something or the time is over; not at all if it announces mails before it begins to wait.
     *
     * @return false if the server refuses to IDLE
     */
    boolean idle(Duration longest) throws IOException {
        try {
            wire.in().allow(MARGIN);
            var tag = connection.writeCommand("IDLE", null);
            var begun = read();
            while (!begun.isContinuation()) {
                if (begun.isTagged()) {
                    return false;
                }
                begun = read();
            }
            boolean ended = !hasNews() && ends(waitFor(longest), tag);
            connection.done();
            wire.readTimeout(account.timeout());
            Response last = null;
            while (!ended) {
                last = read();
                ended = ends(Optional.of(last), tag);
            }
            return last == null || CommandRefusedException.refusal(last).isEmpty();
        } catch (ProtocolException e) {
            throw new IOException("IDLE failed: " + e.getMessage(), e);
        }
    }

    private Optional<Response> waitFor(Duration longest) throws IOException, ProtocolException {
        wire.readTimeout(longest);
        try {
            return Optional.of(read());
        } catch (SocketTimeoutException e) {
            if (!wire.in().isBetweenLines()) {
                throw e;
            }
            return Optional.empty();
        }
    }

    private static boolean ends(Optional<Response> response, String tag) {
        return response.isPresent()
                && response.get().isTagged()
                && tag.equals(response.get().getTag());
    }

    /** Outside of a command. */
    private Response read() throws IOException, ProtocolException {
        wire.in().allow(MARGIN);
        var response = connection.readResponse();
        connection.notifyResponseHandlers(new Response[] {response});
        if (response.isBYE()) {
            throw lost(response);
        }
        return response;
    }

    private Answer command(String command, Argument arguments, long allowance) throws IOException {
        wire.in().allow(allowance);
        var all = connection.command(command, arguments);
        var last = all[all.length - 1];
        if (last.isBYE()) {
            throw lost(last);
        }
        connection.notifyResponseHandlers(all);
        if (state.isRenumbered()) {
            throw new IOException("UIDVALIDITY changed while the folder was read");
        }
        var responses = new ArrayList<IMAPResponse>(all.length);
        for (var response : all) {
            if (response instanceof IMAPResponse untagged && untagged.isUnTagged()) {
                responses.add(untagged);
            }
        }
        return new Answer(responses, CommandRefusedException.refusal(last));
    }

    private static IOException lost(Response bye) {
        var cause = bye.getException();
        return cause == null
                ? new IOException("the server ends the connection: " + bye.getRest())
                : new IOException("connection lost: " + cause.getMessage(), cause);
    }

    /** Ends the connection at once, from any thread; a call that waits for the server fails. */
    void cut() {
        wire.cut();
    }

    /** Cuts the connection. A LOGOUT would wait for the server. */
    @Override
    public void close() {
        cut();
    }
}
