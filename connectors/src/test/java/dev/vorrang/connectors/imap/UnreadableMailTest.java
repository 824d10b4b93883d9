package dev.vorrang.connectors.imap;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A mail that the server never gives must not stop the others, nor be left out. */
class UnreadableMailTest {

    @ParameterizedTest
    @EnumSource(names = {"REFUSES_SECOND", "DROPS_SECOND"})
    void shouldGiveARecordWithoutContentForAMailThatCannotBeRead(ScriptedImapServer.Script script) throws Exception {
        try (var server = new ScriptedImapServer(script)) {
            var config = ImapTaskRun.config(server.port(), ImapSettings.RETRY_MAX_MS, "1000");
            try (var run = new ImapTaskRun(config, new HashMap<>())) {
                run.takeUntil(3);

                assertThat(run.subjects()).containsExactly("Order 1", "", "Order 3");
                var unreadable = run.mails().get(1);
                assertThat(unreadable.getString("parseStatus")).isEqualTo("DAMAGED");
                assertThat(unreadable.getArray("parseNotes").toString()).contains("not readable from the server");
                assertThat(unreadable.getString("source")).endsWith(";UIDVALIDITY=7/;UID=2");
                assertThat(unreadable.getString("id")).matches("[0-9a-f]{32}");
            }
        }
    }
}
