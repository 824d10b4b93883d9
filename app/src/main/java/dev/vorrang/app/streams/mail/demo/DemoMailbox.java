package dev.vorrang.app.streams.mail.demo;

import com.icegreen.greenmail.imap.ImapConstants;
import com.icegreen.greenmail.store.MailFolder;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.Flags;
import jakarta.mail.MessagingException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An IMAP server with one mailbox, in this program and reachable from this machine alone, into which the demo's mails arrive
 * over time. Safe for use by many threads; {@link #deliver} is called once, by one.
 */
final class DemoMailbox implements AutoCloseable {

    static final String USER = "service";
    static final String PASSWORD = "demo";
    private static final String HOST = "127.0.0.1";

    private final GreenMail server;
    private final MailFolder inbox;
    private final Clock clock;
    private final ConcurrentMap<Long, Instant> deliveredAt = new ConcurrentHashMap<>();

    private DemoMailbox(GreenMail server, MailFolder inbox, Clock clock) {
        this.server = server;
        this.inbox = inbox;
        this.clock = clock;
    }

    /** Starts the server on a free port. */
    static DemoMailbox start(Clock clock) {
        var server = CompletableFuture.supplyAsync(
                        () -> {
                            var greenMail = new GreenMail(new ServerSetup(0, HOST, ServerSetup.PROTOCOL_IMAP));
                            greenMail.start();
                            return greenMail;
                        },
                        work -> new Thread(new Connections(), work, "demo-mailbox").start())
                .join();
        var user = server.setUser(DemoMime.RECIPIENT, USER, PASSWORD);
        try {
            return new DemoMailbox(
                    server, server.getManagers().getImapHostManager().getInbox(user), clock);
        } catch (com.icegreen.greenmail.store.FolderException e) {
            server.stop();
            throw new IllegalStateException("the demo's mailbox has no " + ImapConstants.INBOX_NAME, e);
        }
    }

    String host() {
        return HOST;
    }

    int port() {
        return server.getImap().getPort();
    }

    /**
     * Delivers the mails one after the other and returns when the last is there, or early when the wait says so.
     *
     * @param enough waits as long as told, and tells whether to deliver no more
     */
    void deliver(List<DemoMail> mails, Predicate<Duration> enough) {
        var mime = new DemoMime(mails);
        for (var mail : mails) {
            if (enough.test(mail.after())) {
                return;
            }
            var now = clock.instant();
            try {
                var uid = inbox.appendMessage(mime.message(mail, now), new Flags(), Date.from(now));
                deliveredAt.put(uid, now);
            } catch (MessagingException e) {
                throw new IllegalStateException("demo mail " + mail.id(), e);
            }
        }
    }

    /** When the mail with this IMAP UID was delivered; to the millisecond, where INTERNALDATE knows only seconds. */
    Optional<Instant> deliveredAt(long uid) {
        return Optional.ofNullable(deliveredAt.get(uid));
    }

    @Override
    public void close() {
        server.stop();
    }

    /** GreenMail ends the thread of a connection that its client cuts by an exception, which Java would print. */
    private static final class Connections extends ThreadGroup {

        private static final Logger LOG = LoggerFactory.getLogger(DemoMailbox.class);

        Connections() {
            super("demo-mailbox");
        }

        @Override
        public void uncaughtException(Thread thread, Throwable cause) {
            LOG.debug("{} ended", thread.getName(), cause);
        }
    }
}
