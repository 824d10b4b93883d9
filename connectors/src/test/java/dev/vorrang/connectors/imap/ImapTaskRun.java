package dev.vorrang.connectors.imap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vorrang.connectors.ConnectorConfigs;
import dev.vorrang.connectors.TaskRun;
import dev.vorrang.schemas.EmailMessage;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;

/** One life of the IMAP task. Every record is acknowledged at once. */
final class ImapTaskRun extends TaskRun {

    ImapTaskRun(Map<String, String> config, Map<Map<String, ?>, Map<String, ?>> committed) {
        super(new ImapSourceTask(), config, committed);
    }

    /** Settings for a server of this machine without TLS. */
    static Map<String, String> config(int port, String... more) {
        var settings = Map.of(
                ImapSettings.HOST,
                "127.0.0.1",
                ImapSettings.PORT,
                Integer.toString(port),
                ImapSettings.SECURITY,
                "none",
                ImapSettings.LOGIN.user(),
                "anna",
                ImapSettings.LOGIN.password(),
                "secret");
        return ConnectorConfigs.with(settings, more);
    }

    /** Polls until so many records came in all, each acknowledged and committed at once. */
    ImapTaskRun takeUntil(int count) throws InterruptedException {
        return takeUntil(count, Integer.MAX_VALUE);
    }

    /** Polls until so many records came in all; only the first ones are committed, but all acknowledged. */
    ImapTaskRun takeUntil(int count, int commits) throws InterruptedException {
        while (taken() < count) {
            int before = taken();
            take(before + 1);
            commit(Math.max(0, commits - before));
            acknowledge();
        }
        return this;
    }

    /** Polls as {@link #takeUntil(int, int)} does, but keeps no more of the records than the ids of their mails. */
    Set<String> takeIds(int count, int commits) throws InterruptedException {
        var ids = new HashSet<String>();
        while (taken() < count) {
            takeUntil(taken() + 1, commits);
            ids.addAll(ids());
            records().clear();
        }
        return ids;
    }

    List<String> ids() {
        return mails().stream().map(mail -> mail.getString("id")).toList();
    }

    List<String> subjects() {
        return mails().stream().map(mail -> mail.getString("subject")).toList();
    }

    List<Struct> mails() {
        return records().stream()
                .map(SourceRecord::value)
                .filter(Struct.class::isInstance)
                .map(Struct.class::cast)
                .peek(mail -> assertThat(mail.schema().name()).isEqualTo(EmailMessage.class.getName()))
                .toList();
    }
}
