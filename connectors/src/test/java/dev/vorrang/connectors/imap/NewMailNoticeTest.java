package dev.vorrang.connectors.imap;

import static dev.vorrang.connectors.imap.TestMails.mail;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.concurrent.FutureTask;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A mail is noticed when the server announces it, whenever that is: the next look of its own is minutes away in these tests. */
class NewMailNoticeTest {

    private static final String NINE_MINUTES = "540000";

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.MATCH_ALL, names = "THIRD_.+")
    void shouldNoticeAMailThatIsAnnouncedOutsideOfIdle(ScriptedImapServer.Script script) throws Exception {
        try (var server = new ScriptedImapServer(script)) {
            var config = ImapTaskRun.config(server.port(), ImapSettings.POLL_INTERVAL_MS, NINE_MINUTES);
            try (var run = new ImapTaskRun(config, new HashMap<>())) {
                assertThat(run.takeUntil(3).subjects()).containsExactly("Order 1", "Order 2", "Order 3");
            }
        }
    }

    @Test
    void shouldNoticeEachOfManyMailsThatComeWhileOthersAreRead(@TempDir Path folder) throws Exception {
        int mails = 2_000;
        try (var dovecot = DovecotServer.start(folder)) {
            var config = dovecot.settings(NINE_MINUTES);
            try (var run = new ImapTaskRun(config, new HashMap<>())) {
                var delivery = new FutureTask<Void>(() -> {
                    for (int i = 1; i <= mails; i++) {
                        dovecot.deliver(mail(i));
                    }
                    return null;
                });
                new Thread(delivery).start();
                run.takeUntil(mails);
                delivery.get();
                assertThat(run.subjects())
                        .containsExactlyInAnyOrderElementsOf(IntStream.rangeClosed(1, mails)
                                .mapToObj(i -> "Order " + i)
                                .toList());
            }
        }
    }
}
