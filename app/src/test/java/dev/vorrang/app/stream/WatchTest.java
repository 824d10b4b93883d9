package dev.vorrang.app.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vorrang.ingest.connection.ReaderReports;
import java.util.List;
import org.junit.jupiter.api.Test;

class WatchTest {

    @Test
    void shouldNotBeReadyWhileAReaderDoesNotRead() {
        var watch = new Watch(null, null, null, List.of(), null);
        assertThat(watch.health().ready()).isTrue();
        ReaderReports.trouble("imap-anna-INBOX", "ended: java.lang.OutOfMemoryError");
        try {
            assertThat(watch.health().ready()).isFalse();
            assertThat(watch.health().live()).isTrue();
            assertThat(watch.health().problem()).contains("imap-anna-INBOX: ended: java.lang.OutOfMemoryError");
        } finally {
            ReaderReports.well("imap-anna-INBOX");
        }
        assertThat(watch.health().ready()).isTrue();
    }
}
