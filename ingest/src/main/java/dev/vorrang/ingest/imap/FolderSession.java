package dev.vorrang.ingest.imap;

import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.Folder;
import jakarta.mail.FolderNotFoundException;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocketFactory;
import org.eclipse.angus.mail.iap.ProtocolException;
import org.eclipse.angus.mail.iap.Response;
import org.eclipse.angus.mail.imap.IMAPFolder;
import org.eclipse.angus.mail.imap.IMAPStore;
import org.eclipse.angus.mail.imap.protocol.BODY;
import org.eclipse.angus.mail.imap.protocol.FetchResponse;
import org.eclipse.angus.mail.imap.protocol.IMAPProtocol;
import org.eclipse.angus.mail.imap.protocol.IMAPResponse;
import org.eclipse.angus.mail.imap.protocol.INTERNALDATE;
import org.eclipse.angus.mail.imap.protocol.RFC822SIZE;
import org.eclipse.angus.mail.imap.protocol.UID;

/**
 * One connection to one folder, opened with EXAMINE and read with BODY.PEEK, so that the mailbox stays as it is.
 *
 * <p>The commands are given through {@link IMAPFolder#doCommand}: the mail library's own messages would keep something for each
 * mail of a large folder, and its IDLE never notices that a connection is dead. One thread uses a session; {@link #cut()} may be
 * called by any.
 */
final class FolderSession implements AutoCloseable {

    /** A folder at one moment; {@code uidNext} is -1 if the server does not tell. */
    record Snapshot(long uidValidity, long uidNext) {}

    /** What is known of a mail before it is read; {@code size} in bytes, as the server counts. */
    record Summary(long uid, Instant receivedAt, long size) {}

    private final ImapAccount account;
    private final Sockets sockets;
    private final String folderName;
    private final MailCount count = new MailCount();
    private IMAPStore store;
    private IMAPFolder folder;

    FolderSession(ImapAccount account, String folderName) {
        this.account = account;
        this.folderName = folderName;
        this.sockets =
                new Sockets(account.tls().map(tls -> tls.getSocketFactory()).orElseGet(() ->
                        (SSLSocketFactory) SSLSocketFactory.getDefault()));
    }

    /**
     * Connects, logs in and opens the folder.
     *
     * @throws MailboxRefusedException if login, certificate or folder are refused
     * @throws MessagingException if the server cannot be reached now
     * @throws IOException if the credentials cannot be had now
     */
    void open() throws MessagingException, IOException, MailboxRefusedException {
        login();
        try {
            folder = (IMAPFolder) store.getFolder(folderName);
            folder.open(Folder.READ_ONLY);
            folder.doCommand(protocol -> {
                protocol.addResponseHandler(count);
                return null;
            });
        } catch (FolderNotFoundException e) {
            throw new MailboxRefusedException(
                    "folder '" + folderName + "' is not in the mailbox of " + account + "; there are: " + folders());
        }
    }

    private void login() throws MessagingException, IOException, MailboxRefusedException {
        var secret = account.credentials().secret();
        try {
            connect(secret);
        } catch (AuthenticationFailedException e) {
            if (isTemporary(e)) {
                throw new MessagingException("login not possible at the moment: " + e.getMessage(), e);
            }
            account.credentials().refused(secret);
            var other = account.credentials().isToken() ? account.credentials().secret() : secret;
            if (other.equals(secret)) {
                throw refused(e);
            }
            try {
                connect(other);
            } catch (AuthenticationFailedException again) {
                account.credentials().refused(other);
                throw refused(again);
            }
        }
    }

    private void connect(String secret) throws MessagingException, MailboxRefusedException {
        store = (IMAPStore) Session.getInstance(properties()).getStore("imap");
        try {
            store.connect(account.host(), account.port(), account.user(), secret);
        } catch (AuthenticationFailedException e) {
            throw e;
        } catch (MessagingException e) {
            for (Throwable cause = e; cause != null; cause = cause.getCause()) {
                if (cause instanceof SSLException) {
                    throw new MailboxRefusedException(
                            "no trusted TLS connection to " + account.host() + ":" + account.port() + ": "
                                    + cause.getMessage(),
                            e);
                }
                if (String.valueOf(cause.getMessage()).contains("STARTTLS required")) {
                    throw new MailboxRefusedException(
                            account.host() + ":" + account.port()
                                    + " offers no STARTTLS; another way to connect is TLS",
                            e);
                }
            }
            throw e;
        }
    }

    private MailboxRefusedException refused(AuthenticationFailedException e) {
        return new MailboxRefusedException(
                "login of " + account + " refused: " + e.getMessage() + "; check user and "
                        + (account.credentials().isToken() ? "the OAuth 2 settings" : "password"),
                e);
    }

    /** RFC 5530: the server cannot check the login now, which says nothing about the login. */
    private static boolean isTemporary(AuthenticationFailedException e) {
        var message = String.valueOf(e.getMessage());
        return message.contains("[UNAVAILABLE]") || message.contains("[INUSE]") || message.contains("[LIMIT]");
    }

    private Properties properties() {
        var properties = new Properties();
        var timeout = Long.toString(account.timeout().toMillis());
        properties.put("mail.imap.connectiontimeout", timeout);
        properties.put("mail.imap.timeout", timeout);
        properties.put("mail.imap.socketFactory.fallback", "false");
        properties.put("mail.imap.ssl.checkserveridentity", "true");
        properties.put("mail.imap.ssl.enable", Boolean.toString(account.security() == Security.TLS));
        properties.put("mail.imap.starttls.enable", Boolean.toString(account.security() == Security.STARTTLS));
        properties.put("mail.imap.starttls.required", Boolean.toString(account.security() == Security.STARTTLS));
        properties.put("mail.imap.ssl.socketFactory", sockets);
        properties.put("mail.imap.socketFactory", sockets.plain());
        properties.put("mail.imap.auth.mechanisms", account.credentials().isToken() ? "XOAUTH2" : "PLAIN LOGIN");
        return properties;
    }

    private String folders() throws MessagingException {
        return Arrays.stream(store.getDefaultFolder().list("*"))
                .map(Folder::getFullName)
                .limit(100)
                .collect(Collectors.joining(", "));
    }

    /** Whether the server can tell at once that a mail came (RFC 2177). */
    boolean hasIdle() throws MessagingException {
        return store.hasCapability("IDLE");
    }

    /** Opens the folder again on the same connection, which shows new mails and a changed UIDVALIDITY alike. */
    Snapshot look() throws MessagingException {
        return (Snapshot) folder.doCommand(protocol -> {
            var info = protocol.examine(folderName);
            count.covered(info.total);
            return new Snapshot(info.uidvalidity, info.uidnext);
        });
    }

    /** Whether the server has announced mails since the last {@link #look()}, with whatever answer. */
    boolean hasNews() {
        return count.hasGrown();
    }

    /** UIDs of the mails in a range, both ends included, in ascending order. */
    long[] search(long from, long to) throws MessagingException {
        return (long[]) folder.doCommand(protocol -> {
            var found = new long[16];
            int count = 0;
            for (var response : command(protocol, "UID SEARCH UID " + from + ":" + to)) {
                if (response.keyEquals("SEARCH")) {
                    for (long uid = response.readLong(); uid != -1; uid = response.readLong()) {
                        if (uid >= from && uid <= to) {
                            found = count == found.length ? Arrays.copyOf(found, 2 * count) : found;
                            found[count++] = uid;
                        }
                    }
                }
            }
            return Arrays.stream(found, 0, count).sorted().distinct().toArray();
        });
    }

    /** What is known of these mails, in ascending order; those that are gone are left out. */
    @SuppressWarnings("unchecked")
    List<Summary> summaries(long[] uids) throws MessagingException {
        return (List<Summary>) folder.doCommand(protocol -> {
            var summaries = new ArrayList<Summary>();
            for (var response : command(protocol, "UID FETCH " + UidSet.of(uids) + " (UID INTERNALDATE RFC822.SIZE)")) {
                if (response instanceof FetchResponse fetched) {
                    var uid = fetched.getItem(UID.class);
                    var date = fetched.getItem(INTERNALDATE.class);
                    var size = fetched.getItem(RFC822SIZE.class);
                    if (uid != null && date != null && size != null) {
                        var time = date.getDate() == null
                                ? Instant.EPOCH
                                : date.getDate().toInstant();
                        summaries.add(new Summary(uid.uid, time, size.size));
                    }
                }
            }
            summaries.sort((one, other) -> Long.compare(one.uid(), other.uid()));
            return summaries;
        });
    }

    /**
     * The bytes of mails; those that the server does not send are left out.
     *
     * @param most 0 for all bytes, else the first bytes only
     */
    @SuppressWarnings("unchecked")
    Map<Long, byte[]> bodies(long[] uids, int most) throws MessagingException {
        var section = most == 0 ? "BODY.PEEK[]" : "BODY.PEEK[]<0." + most + ">";
        return (Map<Long, byte[]>) folder.doCommand(protocol -> {
            var bodies = new HashMap<Long, byte[]>();
            for (var response : command(protocol, "UID FETCH " + UidSet.of(uids) + " (UID " + section + ")")) {
                if (response instanceof FetchResponse fetched) {
                    var uid = fetched.getItem(UID.class);
                    var body = fetched.getItem(BODY.class);
                    if (uid != null && body != null && body.getByteArray() != null) {
                        bodies.put(uid.uid, body.getByteArray().getNewBytes());
                    }
                }
            }
            return bodies;
        });
    }

    /**
     * Waits until the server says something or the time is over; not at all if it announces mails before it begins to wait.
     *
     * @throws MessagingException if the connection is dead
     */
    void idle(Duration longest) throws MessagingException {
        folder.doCommand(protocol -> {
            try {
                protocol.idleStart();
                boolean running = true;
                if (!hasNews()) {
                    sockets.readTimeout(longest);
                    running = takes(protocol, protocol.readIdleResponse());
                }
                protocol.idleAbort();
                sockets.readTimeout(account.timeout());
                while (running) {
                    var response = protocol.readIdleResponse();
                    if (isSilence(response)) {
                        throw new ProtocolException("no answer to the end of IDLE within " + account.timeout());
                    }
                    running = takes(protocol, response);
                }
            } catch (IOException e) {
                throw new ProtocolException("IDLE failed: " + e.getMessage(), e);
            }
            return null;
        });
    }

    private static boolean takes(IMAPProtocol protocol, Response response) throws ProtocolException {
        return isSilence(response) || protocol.processIdleResponse(response);
    }

    /** The library turns a read that timed out into a BYE of its own. */
    private static boolean isSilence(Response response) {
        return response.isBYE()
                && response.isSynthetic()
                && response.getException() instanceof java.net.SocketTimeoutException timeout
                && timeout.bytesTransferred == 0;
    }

    private static List<IMAPResponse> command(IMAPProtocol protocol, String command) throws ProtocolException {
        var responses = protocol.command(command, null);
        var wanted = new ArrayList<IMAPResponse>();
        for (int i = 0; i < responses.length - 1; i++) {
            if (responses[i] instanceof IMAPResponse response
                    && (response instanceof FetchResponse || response.keyEquals("SEARCH"))) {
                wanted.add(response);
                responses[i] = null;
            }
        }
        protocol.notifyResponseHandlers(responses);
        protocol.handleResult(responses[responses.length - 1]);
        return wanted;
    }

    /** Ends the connection at once, from any thread; a call that waits for the server fails. */
    void cut() {
        sockets.cut();
    }

    /** Cuts the connection. A LOGOUT would wait for the server, and the library would even connect again to send it. */
    @Override
    public void close() {
        cut();
    }
}
