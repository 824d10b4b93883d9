package dev.vorrang.app.streams.mail.source;

import dev.vorrang.app.kit.Check;
import dev.vorrang.app.kit.ServerAddress;
import dev.vorrang.connectors.imap.ImapSourceConfig;
import dev.vorrang.ingest.imap.FolderHistory;
import dev.vorrang.ingest.imap.MailboxReader;
import dev.vorrang.ingest.imap.MailboxRefusedException;
import dev.vorrang.ingest.imap.ReadingPlan;
import dev.vorrang.ingest.imap.StartAt;
import dev.vorrang.ingest.mail.DecoderLimits;
import dev.vorrang.ingest.mail.MailDecoder;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;

/** Tries a mailbox without changing it. */
public final class MailboxCheck {

    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final String ADVICE = "check host, port and security of the mailbox, and the network";

    private MailboxCheck() {}

    /** Logs in, and waits for the first answer. */
    public static Check of(MailboxSettings mailbox) {
        var where = mailbox.name() + " (" + mailbox.user() + " at " + mailbox.host() + ":" + mailbox.port() + ")";
        var problem = new ServerAddress(mailbox.host(), mailbox.port()).problem(LIMIT);
        if (problem.isPresent()) {
            return Check.bad("mailbox", where + ": " + problem.get(), ADVICE);
        }
        try {
            var config = new ImapSourceConfig(ImapConnector.config(mailbox, "none", Map.of()));
            var folders = new HashMap<String, FolderHistory>();
            config.folders().forEach(folder -> folders.put(folder, FolderHistory.none()));
            var plan = new ReadingPlan(
                    new StartAt.New(), 1, 1 << 20, 1 << 20, false, Duration.ofMinutes(1), Duration.ofSeconds(5));
            var decoder = new MailDecoder(DecoderLimits.defaults(), Clock.systemUTC());
            try (var reader = MailboxReader.start(config.account(), plan, folders, decoder, Clock.systemUTC())) {
                return reader.take(1, LIMIT).isEmpty()
                        ? Check.bad("mailbox", where + " gives no answer within " + LIMIT.toSeconds() + " s", ADVICE)
                        : Check.good("mailbox", where + " can be read");
            }
        } catch (MailboxRefusedException | ConfigException e) {
            return Check.bad("mailbox", where + ": " + e.getMessage(), "check user, login and folders of the mailbox");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Check.bad("mailbox", "interrupted", "run it again");
        }
    }
}
