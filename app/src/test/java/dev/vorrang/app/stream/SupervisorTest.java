package dev.vorrang.app.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vorrang.ingest.connection.ReaderReports;
import java.util.List;
import org.junit.jupiter.api.Test;

class SupervisorTest {

    @Test
    void shouldNotBeReadyWhileAReaderDoesNotRead() {
        var supervisor = new Supervisor(null, null, null, List.of(), null, List.of());
        assertThat(supervisor.health().ready()).isTrue();
        ReaderReports.trouble("imap-anna-INBOX", "ended: java.lang.OutOfMemoryError");
        try {
            assertThat(supervisor.health().ready()).isFalse();
            assertThat(supervisor.health().live()).isTrue();
            assertThat(supervisor.health().problem()).contains("imap-anna-INBOX: ended: java.lang.OutOfMemoryError");
        } finally {
            ReaderReports.well("imap-anna-INBOX");
        }
        assertThat(supervisor.health().ready()).isTrue();
    }
}
