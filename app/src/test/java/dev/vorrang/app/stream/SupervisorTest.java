package dev.vorrang.app.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vorrang.ingest.connection.ReaderReports;
import dev.vorrang.scoring.engine.Health;
import java.util.List;
import java.util.Optional;
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

    @Test
    void shouldNotBeLiveWhenAPartHasEnded() {
        var supervisor = new Supervisor(null, null, null, List.of(), null, List.of());
        supervisor.part(new Supervisor.Part("scoring", () -> new Health(Health.State.RUNNING, Optional.empty())));
        assertThat(supervisor.health().live()).isTrue();

        supervisor.part(
                new Supervisor.Part("actions", () -> new Health(Health.State.FAILED, Optional.of("no memory"))));

        assertThat(supervisor.health().live()).isFalse();
        assertThat(supervisor.health().problem()).contains("no memory");
    }
}
