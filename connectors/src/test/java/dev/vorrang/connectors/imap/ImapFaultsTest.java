package dev.vorrang.connectors.imap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a server does, each of its five mails comes, or a record that says why it does not; over one connection at a time. */
@Execution(ExecutionMode.CONCURRENT)
class ImapFaultsTest {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final List<String> ALL = IntStream.rangeClosed(1, FaultyImapServer.MAILS)
            .mapToObj(i -> "Order " + i)
            .toList();

    @ParameterizedTest
    @EnumSource
    void shouldGiveEveryMail(HarmlessFault fault) throws Exception {
        try (var server = new FaultyImapServer(fault)) {
            try (var run = new ImapTaskRun(server.settings(), new HashMap<>())) {
                if (fault.hasMailsLater()) {
                    run.takeUntil(3);
                    server.deliver(4);
                    run.takeUntil(4);
                    server.deliver(5);
                }
                run.takeUntil(FaultyImapServer.MAILS);

                assertThat(run.subjects()).containsExactlyElementsOf(ALL);
                assertThat(run.mails())
                        .allMatch(mail -> mail.getString("parseStatus").equals("OK"));
                awaitLooks(server);
                assertThat(run.poll()).as("mails that come twice").isZero();
            }
            assertThatConnectionsAreFew(server);
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldGiveARecordThatSaysWhatIsMissing(HarmfulFault fault) throws Exception {
        try (var server = new FaultyImapServer(fault)) {
            try (var run = new ImapTaskRun(server.settings(), new HashMap<>())) {
                run.takeUntil(FaultyImapServer.MAILS);

                assertThat(run.subjects().get(0)).isEqualTo("Order 1");
                assertThat(run.subjects().subList(3, 5)).containsExactly("Order 4", "Order 5");
                var third = run.mails().get(2);
                assertThat(third.getString("parseStatus")).isEqualTo("DAMAGED");
                assertThat(third.getArray("parseNotes").toString()).contains(fault.reason());
                assertThat(third.getString("source")).endsWith(";UIDVALIDITY=7/;UID=3");
                assertThat(run.mails().get(3).getString("parseStatus")).isEqualTo("OK");
            }
            assertThatConnectionsAreFew(server);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldGoOnAfterAMailThatTheServerSaysIsGone(boolean isBeforeSummary) throws Exception {
        try (var server = new FaultyImapServer(new ExpungesWhileRead(isBeforeSummary));
                var run = new ImapTaskRun(server.settings(), new HashMap<>())) {
            run.takeUntil(FaultyImapServer.MAILS - 1);

            assertThat(run.subjects()).containsExactly("Order 1", "Order 2", "Order 4", "Order 5");
            awaitLooks(server);
            assertThat(run.poll()).isZero();
        }
    }

    /** Three more, by which time a position that passed a mail would show. */
    private static void awaitLooks(FaultyImapServer server) {
        int looks = server.count("EXAMINE");
        await().atMost(LIMIT).until(() -> server.count("EXAMINE") >= looks + 3);
    }

    private static void assertThatConnectionsAreFew(FaultyImapServer server) {
        await().atMost(LIMIT).until(() -> server.count("open") == 0);
        assertThat(server.count("most open")).as("connections at a time").isEqualTo(1);
        assertThat(server.count("LOGIN")).as("logins").isLessThanOrEqualTo(10);
    }
}
