package dev.vorrang.connectors.imap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.vorrang.ingest.connection.ReaderReports;
import dev.vorrang.ingest.imap.Credentials;
import dev.vorrang.ingest.imap.FolderEvent;
import dev.vorrang.ingest.imap.FolderHistory;
import dev.vorrang.ingest.imap.ImapAccount;
import dev.vorrang.ingest.imap.MailboxReader;
import dev.vorrang.ingest.imap.ReadingPlan;
import dev.vorrang.ingest.imap.Security;
import dev.vorrang.ingest.imap.StartAt;
import dev.vorrang.ingest.mail.DecoderLimits;
import dev.vorrang.ingest.mail.MailDecoder;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** An Error in the thread of a folder: it goes on after some, and fails whoever takes mails if it comes again and again. */
class ReaderErrorTest {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    /** A password that cannot be had without an Error so many times. */
    private static Credentials failing(int times) {
        var asked = new AtomicInteger();
        return new Credentials() {
            @Override
            public String secret() {
                if (asked.incrementAndGet() <= times) {
                    throw new OutOfMemoryError("injected");
                }
                return "secret";
            }

            @Override
            public boolean isToken() {
                return false;
            }

            @Override
            public void refused(String secret) {
                throw new AssertionError("the server takes every login");
            }
        };
    }

    private static MailboxReader start(FaultyImapServer server, String user, Credentials credentials) {
        var account = new ImapAccount(
                "127.0.0.1",
                Integer.parseInt(server.settings().get(ImapSettings.PORT)),
                Security.NONE,
                Optional.empty(),
                user,
                credentials,
                Duration.ofSeconds(30));
        var second = Duration.ofSeconds(1);
        var plan = new ReadingPlan(new StartAt.All(), 200, 1 << 20, 1 << 20, true, second, second);
        var decoder = new MailDecoder(DecoderLimits.defaults(), Clock.systemUTC());
        return MailboxReader.start(account, plan, Map.of("INBOX", FolderHistory.none()), decoder, Clock.systemUTC());
    }

    @Test
    void shouldReadOnAfterAnError() throws Exception {
        try (var server = new FaultyImapServer(new ImapFault() {});
                var reader = start(server, "berta", failing(2))) {
            var events = new ArrayList<FolderEvent>();
            await().atMost(LIMIT).until(() -> {
                events.addAll(reader.take(10, Duration.ofMillis(100)));
                return events.size() == FaultyImapServer.MAILS;
            });
        }
    }

    @Test
    void shouldFailWhoTakesWhenErrorsDoNotEnd() throws Exception {
        try (var server = new FaultyImapServer(new ImapFault() {});
                var reader = start(server, "clara", failing(Integer.MAX_VALUE))) {
            await().atMost(LIMIT)
                    .until(() -> ReaderReports.troubles().toString().contains("imap-clara-INBOX: ended: "));
            await().atMost(LIMIT).untilAsserted(() -> assertThatThrownBy(() -> reader.take(10, Duration.ofMillis(10)))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("imap-clara-INBOX has ended: java.lang.OutOfMemoryError: injected"));
        }
        assertThat(ReaderReports.troubles().toString()).doesNotContain("clara");
    }
}
