package dev.vorrang.connectors.imap;

import static dev.vorrang.connectors.imap.TestMails.mail;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * 10,000 mails, or as many as the system property {@code vorrang.mails} says, with a kill in the middle and a new numbering at the
 * end. With 100,000 and {@code _JAVA_OPTIONS=-Xmx512m}, which outweighs the build's own setting, it shows that memory does not grow
 * with the folder.
 */
class ImapLargeFolderTest {

    private static final int MAILS = Integer.getInteger("vorrang.mails", 10_000);

    @TempDir
    Path folder;

    @Test
    void shouldReadEveryMailOnceMoreOnlyWhatWasNotCommitted() throws Exception {
        var offsets = new HashMap<Map<String, ?>, Map<String, ?>>();
        try (var dovecot = DovecotServer.start(folder)) {
            for (int i = 1; i <= MAILS; i++) {
                dovecot.deliver(mail(i));
            }
            var config = dovecot.settings("1000");
            var ids = new HashSet<String>();
            int committed = MAILS / 2 - 679;
            try (var run = new ImapTaskRun(config, offsets)) {
                ids.addAll(run.takeIds(committed + 1_679, committed));
            }
            try (var run = new ImapTaskRun(config, offsets)) {
                var others = run.takeIds(MAILS - committed, Integer.MAX_VALUE);
                assertThat(others).hasSize(MAILS - committed);
                ids.addAll(others);
            }
            assertThat(ids).hasSize(MAILS);

            dovecot.renumber();
            dovecot.deliver(mail(MAILS + 1));
            try (var run = new ImapTaskRun(config, offsets)) {
                assertThat(run.takeUntil(1).subjects()).containsExactly("Order " + (MAILS + 1));
            }
        }
    }
}
